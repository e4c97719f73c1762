import { clsx } from 'clsx';
import type { ComponentProps } from 'react';

/** Several lines of text; grows with what is typed where the browser can. */
export function Textarea({ className, rows = 3, ...props }: ComponentProps<'textarea'>) {
  return (
    <textarea
      rows={rows}
      className={clsx('control field-sizing-content min-h-20 py-2', className)}
      {...props}
    />
  );
}
