import { clsx } from 'clsx';
import Link from '@/components/ui/link';
import { APPOINTMENT_STATUSES, type AppointmentStatus, STATUS_LABEL } from '../policy';
import { appointmentsHref } from './addresses';
import type { DayQuery } from './day-toolbar';
import { StatusIcon } from './status-icon';

/** How many appointments have each status; a press shows only those. */
export function StatusFilter({
  query,
  counts,
}: {
  query: DayQuery;
  counts: Record<AppointmentStatus, number>;
}) {
  const all = APPOINTMENT_STATUSES.reduce((sum, status) => sum + counts[status], 0);
  const items = [
    { status: undefined, label: 'All', count: all },
    ...APPOINTMENT_STATUSES.map((status) => ({ status, label: STATUS_LABEL[status], count: counts[status] })),
  ];
  return (
    <nav aria-label="Status" className="no-print -mx-1 flex gap-1.5 overflow-x-auto px-1 py-1">
      {items.map(({ status, label, count }) => {
        const isCurrent = query.status === status;
        return (
          <Link
            key={label}
            href={appointmentsHref({ ...query, status })}
            scroll={false}
            {...(isCurrent ? { 'aria-current': 'true' as const } : {})}
            className={clsx(
              'inline-flex h-8 shrink-0 items-center gap-2 rounded-full border px-3 text-[0.8125rem] max-sm:h-10',
              isCurrent
                ? 'border-accent bg-accent-soft font-medium text-accent'
                : 'border-border bg-surface-raised text-text-muted hover:border-border-strong hover:text-text',
            )}
          >
            {status ? <StatusIcon status={status} /> : null}
            {label}
            <span className="tabular-nums">{count}</span>
          </Link>
        );
      })}
    </nav>
  );
}
