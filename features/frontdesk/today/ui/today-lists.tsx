import { Badge, type BadgeTone } from '@/components/ui/badge';
import Link from '@/components/ui/link';
import { ListPanel, panelLinkClass, panelRowClass } from '@/components/ui/list-panel';
import type { Appointment } from '@/features/frontdesk/appointments/dto';
import { durationText, STATION_LABEL, waitLevel } from '@/features/frontdesk/queue/policy';
import type { QueueSummary } from '@/features/frontdesk/queue/queries';
import { paths } from '@/lib/paths';

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
    <ListPanel
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
          <li key={one.id} className={panelRowClass}>
            <time dateTime={one.startsAt} className="w-12 shrink-0 font-medium text-text tabular-nums">
              {one.time}
            </time>
            <div className="min-w-0 flex-1">
              <Link href={paths.patient(one.patientId)} className={panelLinkClass}>
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
    </ListPanel>
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
    <ListPanel
      title="Waiting longest"
      more={{ label: 'Open the queue', href: paths.queue }}
      empty={waits.length > 0 ? null : 'Nobody is waiting.'}
    >
      <ol className="divide-y divide-border">
        {waits.map((one) => (
          <li key={one.visitId} className={panelRowClass}>
            <span className="w-12 shrink-0 font-semibold text-text tabular-nums">
              <span className="sr-only">Token </span>
              {one.token}
            </span>
            <div className="min-w-0 flex-1">
              <Link href={canOpenVisit ? paths.visit(one.visitId) : paths.queue} className={panelLinkClass}>
                {one.patientName}
              </Link>
              <p className="text-text-muted">{STATION_LABEL[one.station]}</p>
            </div>
            <Badge tone={WAIT_TONE[waitLevel(one.waitingMinutes)]}>{durationText(one.waitingMinutes)}</Badge>
          </li>
        ))}
      </ol>
    </ListPanel>
  );
}
