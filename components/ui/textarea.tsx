import type { ComponentProps } from 'react';
import { cn } from './cn';
import { controlClass } from './control';

/** Several lines of text; grows with what is typed where the browser can. */
export function Textarea({ className, rows = 3, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={rows}
      className={cn(controlClass, 'field-sizing-content min-h-20 py-2', className)}
      {...props}
    />
  );
}
