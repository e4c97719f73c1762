import { clsx } from 'clsx';
import { Activity, type ReactNode } from 'react';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';

export type Breadcrumb = { label: string; href?: string };

/** The way up from a page. */
export function Breadcrumbs({ items }: { items: readonly Breadcrumb[] }) {
  return (
    <nav aria-label="Breadcrumb" className="no-print">
      <ol className="flex flex-wrap items-center gap-1 text-[0.8125rem] text-text-subtle">
        {items.map((crumb, index) => (
          <li key={`${crumb.href ?? ''}${crumb.label}`} className="flex items-center gap-1">
            {index > 0 ? <Icon of="chevron-right" className="size-3.5" /> : null}
            {crumb.href ? (
              <Link href={crumb.href} className="rounded-sm py-1 hover:text-text hover:underline">
                {crumb.label}
              </Link>
            ) : (
              <span aria-current="page">{crumb.label}</span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** Where I am, what this is, what I can do here. */
export function PageHeader({
  title,
  description,
  actions,
  breadcrumbs,
  badge,
  className,
}: {
  title: ReactNode;
  description?: ReactNode;
  actions?: ReactNode;
  breadcrumbs?: readonly Breadcrumb[];
  badge?: ReactNode;
  className?: string;
}) {
  return (
    <header className={clsx('mb-6 grid gap-2', className)}>
      {breadcrumbs?.length ? <Breadcrumbs items={breadcrumbs} /> : null}
      <div className="flex flex-wrap items-start justify-between gap-x-6 gap-y-3">
        <div className="min-w-0">
          <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <h1 className="font-semibold text-2xl text-text leading-tight">{title}</h1>
            {badge}
          </div>
          {description ? (
            <div className="mt-1 max-w-2xl text-pretty text-text-muted">{description}</div>
          ) : null}
        </div>
        {actions ? (
          <div className="no-print flex flex-wrap items-center gap-2">
            <Activity>{actions}</Activity>
          </div>
        ) : null}
      </div>
    </header>
  );
}
