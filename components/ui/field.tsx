import { clsx } from 'clsx';
import { type ReactNode, useId } from 'react';
import { Icon } from '@/components/ui/icon';
import type { ControlProps } from './control';

export type FieldProps = {
  label: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  id?: string;
  /** Beside the label: a link such as "Forgot your password?". */
  aside?: ReactNode;
  hideLabel?: boolean;
  className?: string;
  children: (control: ControlProps) => ReactNode;
};

/**
 * Label above, help under, error beside: `<Field label="Phone">{(control) => <Input {...control} name="phone"
 * />}</Field>`.
 */
export function Field({
  label,
  help,
  error,
  required,
  id,
  aside,
  hideLabel,
  className,
  children,
}: FieldProps) {
  const ownId = useId();
  const controlId = id ?? ownId;
  const describedBy = [help ? `${controlId}-help` : '', error ? `${controlId}-error` : '']
    .filter(Boolean)
    .join(' ');
  return (
    <div className={clsx('grid content-start gap-1.5', className)}>
      <div className={clsx('flex items-baseline justify-between gap-3', hideLabel && 'sr-only')}>
        <label htmlFor={controlId} className="font-medium text-sm text-text">
          {label}
          {required ? <RequiredMark /> : null}
        </label>
        {aside ? <span className="text-[0.8125rem]">{aside}</span> : null}
      </div>
      {children({
        id: controlId,
        ...(required ? { required } : {}),
        ...(describedBy ? { 'aria-describedby': describedBy } : {}),
        ...(error ? { 'aria-invalid': true as const } : {}),
      })}
      <FieldNotes id={controlId} help={help} error={error} />
    </div>
  );
}

/**
 * The star is for the eye; `required` on the control says it to everyone else, and the label's name stays as
 * it is.
 */
function RequiredMark() {
  return <span aria-hidden="true" className="ml-0.5 select-none text-danger before:content-['*']" />;
}

/** Help and error of one control, under the ids that a Field gives. */
export function FieldNotes({
  id,
  help,
  error,
}: {
  id: string;
  help?: ReactNode;
  error?: string | undefined;
}) {
  return (
    <>
      {error ? (
        <p id={`${id}-error`} className="flex items-start gap-1.5 text-[0.8125rem] text-danger">
          <Icon of="circle-exclamation-point" className="mt-0.5 size-3.5 shrink-0" />
          <span>{error}</span>
        </p>
      ) : null}
      {help ? (
        <p id={`${id}-help`} className="text-[0.8125rem] text-text-subtle">
          {help}
        </p>
      ) : null}
    </>
  );
}

/** A group of controls with one question above: radios, checkboxes, address parts. */
export function FieldGroup({
  legend,
  help,
  error,
  required,
  id,
  className,
  children,
}: {
  legend: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
  required?: boolean;
  id?: string;
  className?: string;
  children: ReactNode;
}) {
  const ownId = useId();
  const groupId = id ?? ownId;
  const describedBy = [help ? `${groupId}-help` : '', error ? `${groupId}-error` : '']
    .filter(Boolean)
    .join(' ');
  return (
    <fieldset
      id={groupId}
      tabIndex={-1}
      className={clsx('grid min-w-0 gap-2', className)}
      {...(describedBy ? { 'aria-describedby': describedBy } : {})}
    >
      <legend className="mb-1.5 font-medium text-sm text-text">
        {legend}
        {required ? <RequiredMark /> : null}
      </legend>
      {children}
      <FieldNotes id={groupId} help={help} error={error} />
    </fieldset>
  );
}
