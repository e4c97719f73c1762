import { clsx } from 'clsx';
import type { ComponentProps } from 'react';
import { Icon } from '@/components/ui/icon';
import { SelectControl } from './select-control';

export type SelectOption = { value: string; label: string; disabled?: boolean };

/** Choices of a table of words: `{ open: 'Open' }`. */
export const optionsOf = (words: Readonly<Record<string, string>>): SelectOption[] =>
  Object.entries(words).map(([value, label]) => ({ value, label }));

export type SelectProps = ComponentProps<'select'> & {
  options?: readonly SelectOption[];
  /** A first choice with an empty value. */
  placeholder?: string;
};

/** The browser's own select, in the product's look: phones and keyboards know it. */
export function Select({ className, options, placeholder, children, ...props }: SelectProps) {
  return (
    <span className={clsx('relative block', className)}>
      <SelectControl className="control control-line appearance-none pr-9" {...props}>
        {placeholder === undefined ? null : <option value="">{placeholder}</option>}
        {options?.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
        {children}
      </SelectControl>
      <Icon
        of="chevron-down"
        className="pointer-events-none absolute top-1/2 right-3 size-4 -translate-y-1/2 text-text-subtle"
      />
    </span>
  );
}
