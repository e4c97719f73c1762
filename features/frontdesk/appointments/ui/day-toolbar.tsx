'use client';
import { clsx } from 'clsx';
import { useRouter } from 'next/navigation';
import { useTransition } from 'react';
import { buttonClass } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { Input } from '@/components/ui/input';
import Link from '@/components/ui/link';
import { Select } from '@/components/ui/select';
import { Spinner } from '@/components/ui/spinner';
import { shiftDay } from '@/lib/time';
import { appointmentsHref } from './addresses';
import type { DoctorChoice } from './slot-fields';

export type DayQuery = {
  date: string;
  doctor?: string | undefined;
  status?: string | undefined;
  view: 'day' | 'list';
};

/** Which day, whose, and as what. Everything is in the address. */
export function DayToolbar({
  query,
  today,
  doctors,
}: {
  query: DayQuery;
  today: string;
  doctors: readonly DoctorChoice[];
}) {
  const router = useRouter();
  const [pending, start] = useTransition();
  const go = (change: Partial<DayQuery>) =>
    start(() => router.push(appointmentsHref({ ...query, ...change }), { scroll: false }));
  const step = (days: number) => appointmentsHref({ ...query, date: shiftDay(query.date, days) });
  return (
    <div className="no-print flex flex-wrap items-center gap-2">
      <nav aria-label="Days" className="flex items-center gap-1">
        <Link
          href={step(-1)}
          scroll={false}
          aria-label="Previous day"
          className={buttonClass({ size: 'icon' })}
        >
          <Icon of="chevron-left" />
        </Link>
        <Link
          href={appointmentsHref({ ...query, date: undefined })}
          scroll={false}
          {...(query.date === today ? { 'aria-current': 'date' as const } : {})}
          className={buttonClass()}
        >
          Today
        </Link>
        <Link href={step(1)} scroll={false} aria-label="Next day" className={buttonClass({ size: 'icon' })}>
          <Icon of="chevron-right" />
        </Link>
      </nav>
      <Input
        key={query.date}
        type="date"
        aria-label="Date"
        defaultValue={query.date}
        className="w-40"
        onChange={(event) => {
          // While a year is being typed the box holds days of the first century.
          const { value } = event.target;
          if (value >= '2000-01-01' && value <= '2100-01-01') go({ date: value });
        }}
      />
      {doctors.length > 1 ? (
        <Select
          aria-label="Doctor"
          className="w-48 max-sm:flex-1"
          placeholder="All doctors"
          options={doctors.map(({ id, name }) => ({ value: id, label: name }))}
          value={query.doctor ?? ''}
          onChange={(event) => go({ doctor: event.target.value || undefined })}
        />
      ) : null}
      {pending ? <Spinner className="text-text-subtle" /> : null}
      <nav aria-label="View" className="ml-auto flex rounded-md border border-border bg-surface-sunken p-0.5">
        <ViewLink query={query} view="day" label="Day">
          <Icon of="calendar-days" className="size-4" />
        </ViewLink>
        <ViewLink query={query} view="list" label="List">
          <Icon of="list" className="size-4" />
        </ViewLink>
      </nav>
    </div>
  );
}

function ViewLink({
  query,
  view,
  label,
  children,
}: {
  query: DayQuery;
  view: 'day' | 'list';
  label: string;
  children: React.ReactNode;
}) {
  const isCurrent = query.view === view;
  return (
    <Link
      href={appointmentsHref({ ...query, view })}
      scroll={false}
      {...(isCurrent ? { 'aria-current': 'page' as const } : {})}
      className={clsx(
        'inline-flex h-8 items-center gap-1.5 rounded-sm px-3 font-medium text-[0.8125rem] max-sm:h-10',
        isCurrent ? 'bg-surface-raised text-text shadow-raised' : 'text-text-muted hover:text-text',
      )}
    >
      {children}
      {label}
    </Link>
  );
}
