'use client';

import { type ComponentProps, type ReactNode, useEffect } from 'react';
import { Checkbox, Switch } from '../ui/checkbox';
import { Field, FieldGroup } from '../ui/field';
import { Input, type InputProps } from '../ui/input';
import { Radio, RadioCard } from '../ui/radio-group';
import { Select, type SelectProps } from '../ui/select';
import { Textarea } from '../ui/textarea';
import { useFormState } from './form-context';

export type FrameProps = {
  name: string;
  label: string;
  help?: ReactNode;
  aside?: ReactNode;
  required?: boolean;
  hideLabel?: boolean;
  fieldClassName?: string;
};

/** Id, error and kept value of a field, by its name. */
export function useField(name: string, label: string) {
  const { formId, errorFor, valueFor, restored, registerLabel } = useFormState();
  useEffect(() => registerLabel(name, label), [registerLabel, name, label]);
  // A box that is not ticked posts nothing: among what was brought back, absent means off.
  const ticked = restored ? restored[name] === 'on' : valueFor(name) ? valueFor(name) === 'on' : undefined;
  const list = restored?.[name];
  return {
    id: `${formId}-${name}`,
    error: errorFor(name),
    kept: valueFor(name),
    ticked,
    /** Of a field with several values that was brought back. */
    keptList: Array.isArray(list) ? list : restored ? [] : undefined,
  };
}

/** Lets the summary of the form say of a field what the field says of itself. */
export function useProblem(name: string, problem: string | null) {
  const { registerProblem } = useFormState();
  useEffect(
    () => (problem === null ? undefined : registerProblem(name, problem)),
    [registerProblem, name, problem],
  );
}

/** Label, one line of text, error: `<FormField name="phone" label="Phone" type="tel" required />`. */
export function FormField({
  name,
  label,
  help,
  aside,
  required,
  hideLabel,
  fieldClassName,
  defaultValue,
  ...input
}: FrameProps & Omit<InputProps, 'name' | 'id' | 'required'>) {
  const { id, error, kept } = useField(name, label);
  return (
    <Field {...frame({ label, help, aside, required, hideLabel, fieldClassName })} id={id} error={error}>
      {(control) => <Input {...control} name={name} defaultValue={kept ?? defaultValue} {...input} />}
    </Field>
  );
}

/** Label, several lines of text, error. */
export function FormTextarea({
  name,
  label,
  help,
  aside,
  required,
  hideLabel,
  fieldClassName,
  defaultValue,
  ...textarea
}: FrameProps & Omit<ComponentProps<'textarea'>, 'name' | 'id' | 'required'>) {
  const { id, error, kept } = useField(name, label);
  return (
    <Field {...frame({ label, help, aside, required, hideLabel, fieldClassName })} id={id} error={error}>
      {(control) => <Textarea {...control} name={name} defaultValue={kept ?? defaultValue} {...textarea} />}
    </Field>
  );
}

/** Label, one choice of a list, error. */
export function FormSelect({
  name,
  label,
  help,
  aside,
  required,
  hideLabel,
  fieldClassName,
  defaultValue,
  ...select
}: FrameProps & Omit<SelectProps, 'name' | 'id' | 'required'>) {
  const { id, error, kept } = useField(name, label);
  return (
    <Field {...frame({ label, help, aside, required, hideLabel, fieldClassName })} id={id} error={error}>
      {(control) => <Select {...control} name={name} defaultValue={kept ?? defaultValue} {...select} />}
    </Field>
  );
}

type ToggleProps = Omit<ComponentProps<'input'>, 'type' | 'role' | 'id' | 'name'> & {
  name: string;
  label: string;
  help?: ReactNode;
};

/** One yes-or-no; posts `on`, or nothing. */
export function FormCheckbox({ name, label, defaultChecked, ...props }: ToggleProps) {
  const { id, error, ticked } = useField(name, label);
  return (
    <Checkbox
      id={id}
      name={name}
      label={label}
      error={error}
      defaultChecked={ticked ?? defaultChecked}
      {...props}
    />
  );
}

/** A setting that is on or off; posts `on`, or nothing. */
export function FormSwitch({ name, label, defaultChecked, ...props }: ToggleProps) {
  const { id, error, ticked } = useField(name, label);
  return (
    <Switch
      id={id}
      name={name}
      label={label}
      error={error}
      defaultChecked={ticked ?? defaultChecked}
      {...props}
    />
  );
}

export type RadioOption = {
  value: string;
  label: string;
  description?: ReactNode;
  aside?: ReactNode;
  badge?: ReactNode;
  disabled?: boolean;
  details?: ReactNode;
};

/** One question with a few answers, in lines or as cards. */
export function FormRadioGroup({
  name,
  label,
  help,
  required,
  options,
  defaultValue,
  appearance = 'line',
  onChange,
  className,
}: {
  name: string;
  label: string;
  help?: ReactNode;
  required?: boolean;
  options: readonly RadioOption[];
  defaultValue?: string;
  appearance?: 'line' | 'card';
  onChange?: (value: string) => void;
  className?: string;
}) {
  const { id, error, kept } = useField(name, label);
  const chosen = kept ?? defaultValue;
  return (
    <FieldGroup
      id={id}
      legend={label}
      error={error}
      {...(help ? { help } : {})}
      {...(required ? { required } : {})}
      {...(className ? { className } : {})}
    >
      {options.map(({ details, aside, badge, ...option }) => {
        const shared = {
          ...option,
          name,
          required,
          defaultChecked: option.value === chosen,
          onChange: () => onChange?.(option.value),
        };
        return appearance === 'card' ? (
          <RadioCard key={option.value} {...shared} aside={aside} badge={badge}>
            {details}
          </RadioCard>
        ) : (
          <Radio key={option.value} {...shared} />
        );
      })}
    </FieldGroup>
  );
}

// With exactOptionalPropertyTypes an absent prop and an undefined one are two things.
export function frame(props: {
  label: string;
  help: ReactNode;
  aside: ReactNode;
  required: boolean | undefined;
  hideLabel: boolean | undefined;
  fieldClassName: string | undefined;
}) {
  return {
    label: props.label,
    help: props.help,
    aside: props.aside,
    ...(props.required ? { required: true } : {}),
    ...(props.hideLabel ? { hideLabel: true } : {}),
    ...(props.fieldClassName ? { className: props.fieldClassName } : {}),
  };
}

/** One question with any number of answers; posts each that is ticked under `name[]`. */
export function FormCheckboxes({
  name,
  label,
  help,
  options,
  defaultValue = [],
  className,
}: {
  name: string;
  label: string;
  help?: ReactNode;
  options: readonly { value: string; label: string }[];
  defaultValue?: readonly string[];
  className?: string;
}) {
  const { id, error, keptList } = useField(name, label);
  return (
    <FieldGroup id={id} legend={label} help={help} error={error} {...(className ? { className } : {})}>
      <div className="grid gap-2 sm:grid-cols-2">
        {options.map((option) => (
          <Checkbox
            key={option.value}
            id={`${id}-${option.value}`}
            name={`${name}[]`}
            value={option.value}
            label={option.label}
            defaultChecked={keptList?.includes(option.value) ?? defaultValue.includes(option.value)}
          />
        ))}
      </div>
    </FieldGroup>
  );
}
