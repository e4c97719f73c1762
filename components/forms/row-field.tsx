'use client';
import { Field } from '../ui/field';
import { Input, type InputProps } from '../ui/input';
import { useField } from './form-field';

type RowFieldProps = Omit<InputProps, 'id' | 'value' | 'onChange'> & {
  /** Under which the server answers for this row, such as `parts.2.cut`. */
  of: string;
  /** Its accessible name, with what the row is about. */
  label: string;
  /** Shown above it; without one the row says enough. */
  caption?: string;
  value: string;
  /** What is wrong with it while it is typed. */
  problem?: string | null;
  onChange: (typed: string) => void;
  fieldClassName?: string;
};

/** A text of a row of a list, as it is typed. What is wrong with it stands beside it, not under the list. */
export function RowField({
  of,
  label,
  caption,
  value,
  problem,
  onChange,
  fieldClassName,
  ...input
}: RowFieldProps) {
  const { id, error } = useField(of, label);
  return (
    <Field
      label={caption ?? label}
      hideLabel={!caption}
      id={id}
      error={problem ?? error}
      {...(fieldClassName ? { className: fieldClassName } : {})}
    >
      {(control) => (
        <Input
          {...control}
          aria-label={label}
          data-field={of}
          autoComplete="off"
          value={value}
          onChange={({ target }) => onChange(target.value)}
          {...input}
        />
      )}
    </Field>
  );
}
