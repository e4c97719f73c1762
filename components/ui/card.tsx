import { clsx } from 'clsx';
import type { ComponentProps, ReactNode } from 'react';
import { Activity, useId } from 'react';

/** A raised surface. */
export function Card({ className, ...props }: ComponentProps<'div'>) {
  return <div className={clsx('card', className)} {...props} />;
}

/**
 * A card with a heading, an optional line under it, and actions. `flush` lets a list touch the edges. What is
 * in it is taken over by React on its own, before the rest where somebody touches it (decision 63).
 */
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
    <section aria-labelledby={id} className={clsx('card min-w-0', className)}>
      <div data-section-head="" className="section-head">
        <div className="min-w-0">
          <h2 id={id} className="font-semibold text-[0.9375rem] text-text">
            {title}
          </h2>
          {description ? <div className="text-[0.8125rem] text-text-muted">{description}</div> : null}
        </div>
        {actions ? <div className="no-print flex flex-wrap gap-2">{actions}</div> : null}
      </div>
      <div className={clsx(!flush && 'p-4 sm:p-5')}>
        <Activity>{children}</Activity>
      </div>
    </section>
  );
}
