import { clsx } from 'clsx';
import { type ComponentProps, type ReactNode, useId } from 'react';
import { FieldNotes } from './field';

type ToggleProps = Omit<ComponentProps<'input'>, 'type' | 'role'> & {
  label: ReactNode;
  help?: ReactNode;
  error?: string | undefined;
};

/** One yes-or-no with its label. */
export function Checkbox({ label, help, error, id, className, ...props }: ToggleProps) {
  return (
    <Toggle label={label} help={help} error={error} id={id} className={className}>
      {(control) => <input type="checkbox" className="control-check mt-px" {...props} {...control} />}
    </Toggle>
  );
}

/** A setting that is on or off. */
export function Switch({ label, help, error, id, className, ...props }: ToggleProps) {
  return (
    <Toggle label={label} help={help} error={error} id={id} className={className}>
      {(control) => (
        // biome-ignore lint/a11y/useAriaPropsForRole: a native checkbox says by itself whether it is checked
        <input type="checkbox" role="switch" className="control-switch" {...props} {...control} />
      )}
    </Toggle>
  );
}

type ToggleFrame = Pick<ToggleProps, 'label' | 'help' | 'error' | 'id' | 'className'> & {
  children: (control: { id: string; 'aria-describedby'?: string; 'aria-invalid'?: true }) => ReactNode;
};

function Toggle({ label, help, error, id, className, children }: ToggleFrame) {
  const ownId = useId();
  const controlId = id ?? ownId;
  const describedBy = [help ? `${controlId}-help` : '', error ? `${controlId}-error` : '']
    .filter(Boolean)
    .join(' ');
  return (
    <div className={clsx('grid gap-1', className)}>
      <div className="flex items-start gap-2.5">
        {children({
          id: controlId,
          ...(describedBy ? { 'aria-describedby': describedBy } : {}),
          ...(error ? { 'aria-invalid': true as const } : {}),
        })}
        <label htmlFor={controlId} className="text-sm text-text">
          {label}
        </label>
      </div>
      {help || error ? (
        <div className="grid gap-1 pl-7">
          <FieldNotes id={controlId} help={help} error={error} />
        </div>
      ) : null}
    </div>
  );
}
