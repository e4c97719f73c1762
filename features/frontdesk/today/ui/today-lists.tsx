import Link from 'next/link';
import type { ReactNode } from 'react';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import type { Appointment } from '@/features/frontdesk/appointments/dto';
import { durationText, STATION_LABEL, waitLevel } from '@/features/frontdesk/queue/policy';
import type { QueueSummary } from '@/features/frontdesk/queue/queries';
import { EXPIRY_NOTICE_DAYS } from '@/features/pharmacy/medicines/policy';
import type { StockAlerts } from '@/features/pharmacy/medicines/queries';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';

function Panel({
  title,
  more,
  empty,
  children,
}: {
  title: string;
  more: { label: string; href: string };
  empty: ReactNode | null;
  children: ReactNode;
}) {
  return (
    <Section
      title={title}
      flush
      actions={
        <Link href={more.href} className={buttonClass({ variant: 'ghost', size: 'sm' })}>
          {more.label}
        </Link>
      }
    >
      {empty ? <div className="px-4 py-6 text-text-muted sm:px-5">{empty}</div> : children}
    </Section>
  );
}

const rowClass = 'relative flex items-center gap-3 px-4 py-2.5 hover:bg-surface-hover sm:px-5';
const linkClass = 'font-medium text-text after:absolute after:inset-0';

/** Who is expected next. */
export function NextAppointments({
  appointments,
  title,
  canBook,
}: {
  appointments: readonly Appointment[];
  title: string;
  canBook: boolean;
}) {
  return (
    <Panel
      title={title}
      more={{ label: 'All of today', href: paths.appointments }}
      empty={
        appointments.length > 0 ? null : (
          <>
            Nobody else is expected today.{' '}
            {canBook ? (
              <Link href={paths.newAppointment} className="text-accent underline underline-offset-4">
                Book an appointment
              </Link>
            ) : null}
          </>
        )
      }
    >
      <ul className="divide-y divide-border">
        {appointments.map((one) => (
          <li key={one.id} className={rowClass}>
            <time dateTime={one.startsAt} className="w-12 shrink-0 font-medium text-text tabular-nums">
              {one.time}
            </time>
            <div className="min-w-0 flex-1">
              <Link href={paths.patient(one.patientId)} className={linkClass}>
                {one.patientName}
              </Link>
              <p className="truncate text-text-muted">
                {[one.doctorName, one.reason].filter(Boolean).join(', ')}
              </p>
            </div>
            <span className="shrink-0 text-text-subtle tabular-nums max-sm:hidden">{one.patientNumber}</span>
          </li>
        ))}
      </ul>
    </Panel>
  );
}

const WAIT_TONE: Record<ReturnType<typeof waitLevel>, BadgeTone> = {
  green: 'success',
  amber: 'warning',
  red: 'danger',
};

/** Who has waited longest, whatever the station. */
export function LongestWaits({
  waits,
  canOpenVisit,
}: {
  waits: QueueSummary['longest'];
  canOpenVisit: boolean;
}) {
  return (
    <Panel
      title="Waiting longest"
      more={{ label: 'Open the queue', href: paths.queue }}
      empty={waits.length > 0 ? null : 'Nobody is waiting.'}
    >
      <ol className="divide-y divide-border">
        {waits.map((one) => (
          <li key={one.visitId} className={rowClass}>
            <span className="w-12 shrink-0 font-semibold text-text tabular-nums">
              <span className="sr-only">Token </span>
              {one.token}
            </span>
            <div className="min-w-0 flex-1">
              <Link href={canOpenVisit ? paths.visit(one.visitId) : paths.queue} className={linkClass}>
                {one.patientName}
              </Link>
              <p className="text-text-muted">{STATION_LABEL[one.station]}</p>
            </div>
            <Badge tone={WAIT_TONE[waitLevel(one.waitingMinutes)]}>{durationText(one.waitingMinutes)}</Badge>
          </li>
        ))}
      </ol>
    </Panel>
  );
}

/** What runs out or expires. */
export function StockList({ alerts }: { alerts: StockAlerts }) {
  const { lowStock, expiring } = alerts;
  const isQuiet = lowStock.length + expiring.length === 0;
  return (
    <Panel
      title="Medicines to look after"
      more={{ label: 'All medicines', href: paths.medicines }}
      empty={isQuiet ? `Nothing is low, and nothing expires within ${EXPIRY_NOTICE_DAYS} days.` : null}
    >
      <ul className="divide-y divide-border">
        {lowStock.map((one) => (
          <StockRow
            key={`low-${one.id}`}
            href={paths.medicine(one.id)}
            name={one.name}
            detail={`${one.onHand} left, reorder at ${one.reorderLevel}`}
            mark={one.onHand === 0 ? 'Out of stock' : 'Low'}
            isUrgent={one.onHand === 0}
          />
        ))}
        {expiring.map((one) => (
          <StockRow
            key={`expiry-${one.batchId}`}
            href={paths.medicine(one.id)}
            name={one.name}
            detail={`${one.quantity} of lot ${one.lotNumber}, ${one.isExpired ? 'expired' : 'until'} ${formatDay(one.expiresOn)}`}
            mark={one.isExpired ? 'Expired' : 'Expiring'}
            isUrgent={one.isExpired}
          />
        ))}
      </ul>
    </Panel>
  );
}

function StockRow({
  href,
  name,
  detail,
  mark,
  isUrgent,
}: {
  href: string;
  name: string;
  detail: string;
  mark: string;
  isUrgent: boolean;
}) {
  return (
    <li className={rowClass}>
      <div className="min-w-0 flex-1">
        <Link href={href} className={linkClass}>
          {name}
        </Link>
        <p className="text-text-muted tabular-nums">{detail}</p>
      </div>
      <Badge tone={isUrgent ? 'danger' : 'warning'}>{mark}</Badge>
    </li>
  );
}
