import type { ReactNode } from 'react';
import { cn } from './cn';

type FieldProps = {
  id: string;
  label: string;
  help?: ReactNode;
  error?: string | undefined;
  isOptional?: boolean;
  className?: string;
  children: ReactNode;
};

/** Label above, help under, error beside the control. The control carries `id` and `describedBy(...)`. */
export function Field({ id, label, help, error, isOptional, className, children }: FieldProps) {
  return (
    <div className={cn('flex min-w-0 flex-col gap-1.5', className)}>
      <div className="flex items-baseline justify-between gap-2">
        <label htmlFor={id} className="text-[13px] font-medium text-text">
          {label}
        </label>
        {isOptional ? <span className="text-xs text-text-subtle">Optional</span> : null}
      </div>
      {children}
      {help ? (
        <p id={`${id}-help`} className="text-xs text-text-muted">
          {help}
        </p>
      ) : null}
      {error ? (
        <p id={`${id}-error`} className="text-[13px] font-medium text-danger-text">
          {error}
        </p>
      ) : null}
    </div>
  );
}

export const describedBy = (id: string, facts: { help?: ReactNode; error?: string | undefined }): string | undefined =>
  [facts.error ? `${id}-error` : '', facts.help ? `${id}-help` : ''].filter(Boolean).join(' ') || undefined;
