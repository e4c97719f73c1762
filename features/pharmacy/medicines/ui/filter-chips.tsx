import { clsx } from 'clsx';
import Link from '@/components/ui/link';
import { EXPIRY_SPANS, FILTERS, type MedicineFilter } from '../policy';
import { medicinesHref, withinOf } from './addresses';

/** What the list shows, with how many there are of each. */
export function FilterChips({
  show,
  search,
  counts,
  within,
  asked,
}: {
  show: MedicineFilter;
  search: string;
  counts: Record<MedicineFilter, number>;
  /** Of what expires soon: within how many days. */
  within: number;
  /** What else stands in the address and stays. */
  asked: Record<string, string>;
}) {
  // What was taken out of the list is rare: a chip for it only where there is something behind it.
  const filters = (Object.keys(FILTERS) as MedicineFilter[]).filter(
    (filter) => filter !== 'inactive' || counts.inactive > 0 || show === 'inactive',
  );
  return (
    <nav aria-label="Show" className="no-print -mx-1 flex max-w-full gap-1.5 overflow-x-auto px-1 py-1">
      {filters.map((filter) => (
        <Link
          key={filter}
          href={medicinesHref({ ...asked, q: search, show: filter })}
          scroll={false}
          {...(filter === show ? { 'aria-current': 'true' as const } : {})}
          className={clsx(
            'inline-flex h-8 shrink-0 items-center gap-2 rounded-full border px-3 text-[0.8125rem] max-sm:h-10',
            filter === show
              ? 'border-accent bg-accent-soft font-medium text-accent'
              : 'border-border bg-surface-raised text-text-muted hover:border-border-strong hover:text-text',
          )}
        >
          {FILTERS[filter]}
          <span className="tabular-nums">{counts[filter]}</span>
        </Link>
      ))}
      {show === 'expiring'
        ? EXPIRY_SPANS.map((days) => (
            <Link
              key={days}
              href={medicinesHref({ ...asked, q: search, show, ...withinOf(days) })}
              scroll={false}
              {...(days === within ? { 'aria-current': 'true' as const } : {})}
              className={clsx(
                'inline-flex h-8 shrink-0 items-center rounded-full border px-3 text-[0.8125rem] max-sm:h-10',
                days === within
                  ? 'border-warning font-medium text-text'
                  : 'border-border border-dashed text-text-muted hover:border-border-strong hover:text-text',
              )}
            >
              Within {days} days
            </Link>
          ))
        : null}
    </nav>
  );
}
