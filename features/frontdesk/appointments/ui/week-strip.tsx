import { clsx } from 'clsx';
import Link from '@/components/ui/link';
import { formatDay } from '@/lib/time';
import { appointmentsHref } from './addresses';
import type { DayQuery } from './day-toolbar';

/** The week around a day with how full each day is; `capacity` is what the hours of each day hold. */
export function WeekStrip({
  query,
  today,
  loads,
}: {
  query: DayQuery;
  today: string;
  loads: readonly { day: string; count: number; capacity: number }[];
}) {
  return (
    <nav aria-label="Week" className="no-print grid grid-cols-7 gap-1 sm:gap-2">
      {loads.map(({ day, count, capacity }) => {
        const [weekday = '', date = ''] = formatDay(day).split(' ');
        const isCurrent = day === query.date;
        const share = Math.min(100, capacity > 0 ? (count / capacity) * 100 : 0);
        return (
          <Link
            key={day}
            href={appointmentsHref({ ...query, date: day })}
            scroll={false}
            aria-label={`${formatDay(day)}${day === today ? ', today' : ''}: ${count} ${count === 1 ? 'appointment' : 'appointments'}`}
            {...(isCurrent ? { 'aria-current': 'date' as const } : {})}
            className={clsx(
              'grid gap-1.5 rounded-lg border px-1.5 py-2 text-center sm:px-3 sm:text-left',
              isCurrent
                ? 'border-accent bg-accent-soft'
                : 'border-border bg-surface-raised hover:border-border-strong',
            )}
          >
            <span className="flex flex-wrap items-baseline justify-center gap-x-1.5 sm:justify-between">
              <span
                className={clsx(
                  'text-[0.8125rem]',
                  day === today ? 'font-semibold text-accent' : 'text-text-muted',
                )}
              >
                {weekday} <span className="tabular-nums">{date}</span>
              </span>
              <span className="font-semibold text-text tabular-nums max-sm:w-full">{count}</span>
            </span>
            <span aria-hidden="true" className="h-1 overflow-hidden rounded-full bg-surface-sunken">
              <span className="block h-full rounded-full bg-accent" style={{ width: `${share}%` }} />
            </span>
          </Link>
        );
      })}
    </nav>
  );
}
