import type { ComponentProps, ReactNode } from 'react';
import { useId } from 'react';
import { cn } from './cn';

/** A raised surface. */
export function Card({ className, ...props }: ComponentProps<'div'>) {
  return (
    <div
      className={cn('rounded-lg border border-border bg-surface-raised shadow-raised', className)}
      {...props}
    />
  );
}

/** A card with a heading, an optional line under it, and actions. `flush` lets a list touch the edges. */
export function Section({
  title,
  description,
  actions,
  flush = false,
  className,
  children,
}: {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  flush?: boolean;
  className?: string;
  children: ReactNode;
}) {
  const id = useId();
  return (
    <section
      aria-labelledby={id}
      className={cn('min-w-0 rounded-lg border border-border bg-surface-raised shadow-raised', className)}
    >
      <div
        data-section-head=""
        className="flex flex-wrap items-center justify-between gap-3 border-border border-b px-4 py-3 sm:px-5"
      >
        <div className="min-w-0">
          <h2 id={id} className="font-semibold text-[0.9375rem] text-text">
            {title}
          </h2>
          {description ? <div className="text-[0.8125rem] text-text-muted">{description}</div> : null}
        </div>
        {actions ? <div className="no-print flex flex-wrap gap-2">{actions}</div> : null}
      </div>
      <div className={cn(!flush && 'p-4 sm:p-5')}>{children}</div>
    </section>
  );
}
