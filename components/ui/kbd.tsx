import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** A key of the keyboard. */
export function Kbd({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <kbd
      className={clsx(
        'inline-flex h-5 min-w-5 items-center justify-center rounded-sm border border-border bg-surface px-1 font-medium font-sans text-[0.6875rem] text-text-subtle',
        className,
      )}
    >
      {children}
    </kbd>
  );
}
