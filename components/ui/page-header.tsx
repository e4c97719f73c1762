import Link from 'next/link';
import type { ReactNode } from 'react';

type PageHeaderProps = {
  title: string;
  description?: ReactNode;
  actions?: ReactNode;
  breadcrumbs?: { label: string; href: string }[];
};

export function PageHeader({ title, description, actions, breadcrumbs }: PageHeaderProps) {
  return (
    <header className="mb-6 flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
      <div className="min-w-0">
        {breadcrumbs ? (
          <nav aria-label="Breadcrumb" className="mb-1 flex gap-1.5 text-[13px] text-text-muted">
            {breadcrumbs.map((crumb) => (
              <span key={crumb.href} className="flex gap-1.5">
                <Link href={crumb.href} className="hover:text-text hover:underline">
                  {crumb.label}
                </Link>
                <span aria-hidden>/</span>
              </span>
            ))}
          </nav>
        ) : null}
        <h1 className="text-[22px] font-semibold tracking-tight">{title}</h1>
        {description ? <div className="mt-0.5 text-text-muted">{description}</div> : null}
      </div>
      {actions ? <div className="no-print flex flex-wrap items-center gap-2">{actions}</div> : null}
    </header>
  );
}
