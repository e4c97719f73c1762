import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { TextLink } from '@/components/ui/text-link';
import { Timeline } from '@/components/ui/timeline';
import type { Appointment } from '@/features/frontdesk/appointments/dto';
import { StatusBadge } from '@/features/frontdesk/appointments/ui/status-badge';
import { VISIT_LABEL, type VisitStatus } from '@/features/frontdesk/queue/policy';
import { paths } from '@/lib/paths';
import { type Day, formatDay } from '@/lib/time';

type UpcomingProps = {
  appointments: readonly Appointment[];
  /** For when the doctor asked them back, where nothing is booked yet; and where that is booked. */
  asked: Day | null;
  bookHref: string | null;
};

/** What is booked from now on, and the way to change it; or what is to be booked. */
export function UpcomingAppointments({ appointments, asked, bookHref }: UpcomingProps) {
  return (
    <Section title="Next appointments" flush>
      {appointments.length === 0 ? (
        <div className="flex flex-wrap items-center justify-between gap-3 p-4 sm:p-5">
          <p className="text-text-muted">
            {asked ? `The doctor asks them back for ${formatDay(asked)}. ` : null}Nothing is booked.
          </p>
          {asked && bookHref ? <TextLink href={bookHref}>Book it</TextLink> : null}
        </div>
      ) : (
        <ul className="divide-y divide-border">
          {appointments.map((one) => (
            <li
              key={one.id}
              className="relative flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-3 hover:bg-surface-hover sm:px-5"
            >
              <div className="min-w-0">
                <Link
                  href={`${paths.appointments}?${new URLSearchParams({ date: one.day, open: one.id })}`}
                  className="font-medium text-text tabular-nums after:absolute after:inset-0"
                >
                  {formatDay(one.day)}, {one.time}
                </Link>
                <p className="text-text-muted">{[one.doctorName, one.reason].filter(Boolean).join(', ')}</p>
              </div>
              <StatusBadge status={one.status} />
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

export type HistoryItem = {
  id: string;
  at: string;
  day: string;
  time: string;
  title: string;
  detail: string;
  href?: string;
} & ({ kind: 'visit'; status: VisitStatus } | { kind: 'appointment'; status: Appointment['status'] });

const VISIT_TONE = { 'in-progress': 'info', finished: 'success', cancelled: 'neutral' } as const;
const DOT = {
  'in-progress': 'info',
  finished: 'success',
  completed: 'success',
  cancelled: 'neutral',
  'no-show': 'warning',
  booked: 'accent',
  'checked-in': 'info',
} as const;

/** Visits and past appointments together, newest first. */
export function PatientTimeline({ items }: { items: readonly HistoryItem[] }) {
  return (
    <Section title="History">
      {items.length === 0 ? (
        <p className="text-text-muted">No visits yet. The first one appears here after check-in.</p>
      ) : (
        <Timeline
          items={items.map((item) => ({
            id: item.id,
            tone: DOT[item.status],
            title: (
              <span className="flex flex-wrap items-center gap-x-2 gap-y-1">
                {item.href ? <TextLink href={item.href}>{item.title}</TextLink> : item.title}
                {item.kind === 'visit' ? (
                  <Badge tone={VISIT_TONE[item.status]}>{VISIT_LABEL[item.status]}</Badge>
                ) : (
                  <StatusBadge status={item.status} />
                )}
              </span>
            ),
            time: `${formatDay(item.day)}, ${item.time}`,
            description: item.detail,
          }))}
        />
      )}
    </Section>
  );
}
