import type { ReactNode } from 'react';
import { Badge } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { TextLink } from '@/components/ui/text-link';
import { Timeline } from '@/components/ui/timeline';
import type { Appointment } from '@/features/frontdesk/appointments/dto';
import { StatusBadge } from '@/features/frontdesk/appointments/ui/status-badge';
import type { Visit } from '@/features/frontdesk/queue/dto';
import { VISIT_LABEL, type VisitStatus } from '@/features/frontdesk/queue/policy';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, timeOf } from '@/lib/time';

/** What is booked from now on, and the way to change it. */
export function UpcomingAppointments({ appointments }: { appointments: readonly Appointment[] }) {
  return (
    <Section title="Next appointments" flush>
      {appointments.length === 0 ? (
        <p className="p-4 text-text-muted sm:p-5">Nothing is booked.</p>
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

type HistoryItem = {
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

const visitItem = (visit: Visit, timeZone: string, canOpen: boolean): HistoryItem => ({
  kind: 'visit',
  id: visit.id,
  at: visit.startedAt,
  day: visit.day,
  time: timeOf(new Date(visit.startedAt), timeZone),
  status: visit.status,
  title: `Visit, token ${visit.token}`,
  detail: [visit.doctorName, visit.leaveReason].filter(Boolean).join(', '),
  ...(canOpen ? { href: paths.visit(visit.id) } : {}),
});

const appointmentItem = (one: Appointment): HistoryItem => ({
  kind: 'appointment',
  id: one.id,
  at: one.startsAt,
  day: one.day,
  time: one.time,
  status: one.status,
  title: 'Appointment',
  detail: [one.doctorName, one.reason, one.cancelReason].filter(Boolean).join(', '),
});

/** Visits, and the appointments that led to none, newest first. */
export function historyOf(
  ctx: TenantContext,
  { visits, appointments }: { visits: readonly Visit[]; appointments: readonly Appointment[] },
): HistoryItem[] {
  const canOpen = ctx.can('visits:read');
  // A visit says all that its appointment would.
  const seen = new Set(visits.map(({ appointmentId }) => appointmentId));
  return [
    ...visits.map((visit) => visitItem(visit, ctx.timeZone, canOpen)),
    ...appointments.filter(({ id }) => !seen.has(id)).map(appointmentItem),
  ].sort((a, b) => b.at.localeCompare(a.at));
}

/** Visits and past appointments together, newest first. */
export function PatientTimeline({
  items,
  title = 'History',
  empty = 'No visits yet. The first one appears here after check-in.',
  actions,
}: {
  items: readonly HistoryItem[];
  title?: string;
  empty?: string;
  actions?: ReactNode;
}) {
  return (
    <Section title={title} actions={actions}>
      {items.length === 0 ? (
        <p className="text-text-muted">{empty}</p>
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

/** The way to what a list no longer shows. */
export const AllYears = ({ patientId }: { patientId: string }) => (
  <Link href={paths.patientYears(patientId)} className={buttonClass({ size: 'sm' })}>
    All years
  </Link>
);
