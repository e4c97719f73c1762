'use client';

import { Combobox, type ComboboxProps } from '../ui/combobox';
import { Field } from '../ui/field';
import { useFormState } from './form-context';
import { type FrameProps, frame, useField } from './form-field';
import { WORDS } from './form-values';

/** Label, a text box that proposes, error. The chosen value is posted under `name`. */
export function FormCombobox({
  name,
  label,
  help,
  aside,
  required,
  hideLabel,
  fieldClassName,
  ...combobox
}: FrameProps & Omit<ComboboxProps, 'name' | 'id' | 'required'>) {
  const { id, error } = useField(name, label);
  const { restored } = useFormState();
  const [value, words] = [restored?.[name], restored?.[`${name}${WORDS}`]];
  const option =
    typeof value === 'string' && value && typeof words === 'string'
      ? { defaultOption: { value, label: words } }
      : {};
  return (
    <Field {...frame({ label, help, aside, required, hideLabel, fieldClassName })} id={id} error={error}>
      {(control) => <Combobox {...control} name={name} {...combobox} {...option} />}
    </Field>
  );
}
