import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { buttonClass } from './button';

/** Both ways through a list that is paged by cursor; an end is shown, not hidden, so that nothing jumps. */
export function Pagination({
  previousHref,
  nextHref,
  previousLabel = 'Previous',
  nextLabel = 'Next',
  summary,
  label = 'Pages',
  className,
}: {
  previousHref?: string | null | undefined;
  nextHref?: string | null | undefined;
  previousLabel?: string;
  nextLabel?: string;
  /** "1-25 of 312" or "25 shown". */
  summary?: ReactNode;
  label?: string;
  className?: string;
}) {
  return (
    <nav aria-label={label} className={clsx('no-print flex items-center justify-between gap-4', className)}>
      <p className="text-[0.8125rem] text-text-subtle tabular-nums">{summary}</p>
      <div className="flex gap-2">
        <Step href={previousHref} rel="prev">
          <Icon of="chevron-left" />
          {previousLabel}
        </Step>
        <Step href={nextHref} rel="next">
          {nextLabel}
          <Icon of="chevron-right" />
        </Step>
      </div>
    </nav>
  );
}

function Step({
  href,
  rel,
  children,
}: {
  href: string | null | undefined;
  rel: 'prev' | 'next';
  children: ReactNode;
}) {
  const className = buttonClass({ variant: 'secondary', size: 'sm' });
  if (href) {
    return (
      <Link href={href} rel={rel} scroll={false} className={className}>
        {children}
      </Link>
    );
  }
  return (
    // A link without an address: read aloud as present and not available.
    // biome-ignore lint/a11y/useSemanticElements: see above
    <span role="link" aria-disabled="true" tabIndex={-1} className={className}>
      {children}
    </span>
  );
}
