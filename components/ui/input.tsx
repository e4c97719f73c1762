import type { ComponentProps } from 'react';
import { cn } from './cn';

export const controlClasses =
  'w-full rounded-md border border-border-strong/60 bg-surface-raised px-3 text-sm text-text shadow-raised transition-colors hover:border-border-strong focus-visible:border-ring aria-invalid:border-danger disabled:cursor-not-allowed disabled:bg-surface-sunken disabled:text-text-subtle';

export function Input({ className, ...props }: ComponentProps<'input'>) {
  return <input className={cn(controlClasses, 'h-9', className)} {...props} />;
}

export function Textarea({ className, ...props }: ComponentProps<'textarea'>) {
  return <textarea className={cn(controlClasses, 'min-h-20 py-2', className)} {...props} />;
}
