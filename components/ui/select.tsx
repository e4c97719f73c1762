import { ChevronDown } from 'lucide-react';
import type { ComponentProps } from 'react';
import { cn } from './cn';
import { controlClasses } from './input';

export type SelectOption = { value: string; label: string; disabled?: boolean };

/** The browser's own select: best on a phone, by keyboard and for typing ahead. */
export function Select({ className, options, placeholder, ...props }: ComponentProps<'select'> & { options: readonly SelectOption[]; placeholder?: string }) {
  return (
    <span className="relative block">
      <select className={cn(controlClasses, 'h-9 appearance-none pr-9', className)} {...props}>
        {placeholder === undefined ? null : <option value="">{placeholder}</option>}
        {options.map((option) => (
          <option key={option.value} value={option.value} disabled={option.disabled}>
            {option.label}
          </option>
        ))}
      </select>
      <ChevronDown className="pointer-events-none absolute right-3 top-2.5 size-4 text-text-subtle" aria-hidden />
    </span>
  );
}
