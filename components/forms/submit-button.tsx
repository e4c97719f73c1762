'use client';

import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Button, type ButtonProps } from '../ui/button';
import { useFormProgress } from './form-context';

/** Sends the form around it; waits with a spinner and takes no second click. */
export function SubmitButton({
  children,
  pendingLabel,
  variant = 'primary',
  ...props
}: ButtonProps & { pendingLabel?: ReactNode }) {
  const { isPending } = useFormProgress();
  return (
    <Button type="submit" variant={variant} pending={isPending} {...props}>
      {isPending && pendingLabel ? pendingLabel : children}
    </Button>
  );
}

/** The row of buttons at the end of a form; on a phone each takes the width. */
export function FormActions({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className={clsx('flex flex-wrap gap-2 pt-1 max-sm:flex-col [&>*]:max-sm:h-11', className)}>
      {children}
    </div>
  );
}
