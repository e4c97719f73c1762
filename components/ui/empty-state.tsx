import { clsx } from 'clsx';
import type { ReactNode } from 'react';

/** Nothing here yet: what would be here, and the way to make the first one. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  className,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  className?: string;
}) {
  return (
    <div className={clsx('empty-state', className)}>
      {icon ? (
        <span
          aria-hidden="true"
          className="mb-4 grid size-11 place-items-center rounded-xl bg-accent-soft text-accent [&_svg]:size-5"
        >
          {icon}
        </span>
      ) : null}
      <p className="font-semibold text-base text-text">{title}</p>
      {children ? <div className="mt-1 max-w-md text-pretty text-text-muted">{children}</div> : null}
      {action ? <div className="mt-5 flex flex-wrap justify-center gap-2">{action}</div> : null}
    </div>
  );
}
