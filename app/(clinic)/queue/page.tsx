import { clsx } from 'clsx';
import type { Metadata } from 'next';
import { ConfirmAction } from '@/components/forms/confirm-action';
import { AddressSelect } from '@/components/ui/address-select';
import { Alert } from '@/components/ui/alert';
import { Button } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Stat } from '@/components/ui/stat';
import { feesOfVisits } from '@/features/cashier/bills/queries';
import { getAppointment } from '@/features/frontdesk/appointments/queries';
import { closeEarlierVisitsAction } from '@/features/frontdesk/queue/actions';
import {
  ANY_DOCTOR,
  durationText,
  ofDoctor,
  ownStation,
  STATION_LABEL,
  STATIONS,
  VISIT_LABEL,
  waitingMinutes,
} from '@/features/frontdesk/queue/policy';
import { listEndedToday, listQueue } from '@/features/frontdesk/queue/queries';
import { queueQuery } from '@/features/frontdesk/queue/schema';
import { queueHref } from '@/features/frontdesk/queue/ui/addresses';
import { CheckInDialog } from '@/features/frontdesk/queue/ui/check-in-dialog';
import { NewDay } from '@/features/frontdesk/queue/ui/new-day';
import { QueueList } from '@/features/frontdesk/queue/ui/queue-list';
import { QueueLive } from '@/features/frontdesk/queue/ui/queue-live';
import { listDoctors } from '@/features/identity/staff/directory';
import { getPatient } from '@/features/patients/patients/queries';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, timeOf } from '@/lib/time';

export const metadata: Metadata = { title: 'Queue' };

/** Paid or due, without sums: for the counter, and for the doctor who decides whether to go on. */
async function readFees(ctx: TenantContext, entries: readonly { visitId: string }[]) {
  if (!ctx.can('bills:read') && !ctx.can('diagnoses:write')) return undefined;
  const fees = await feesOfVisits(ctx, [...new Set(entries.map(({ visitId }) => visitId))]);
  return Object.fromEntries([...fees].map(([visitId, { state }]) => [visitId, state]));
}

export default async function QueuePage({ searchParams }: PageProps<'/queue'>) {
  const ctx = await staffPage('queue:read');
  const query = queueQuery.parse(await searchParams);
  const { checkIn, doctor, appointment: appointmentId } = query;
  const own = ctx.actor.kind === 'staff' ? ownStation(ctx.actor.role) : null;
  const station = query.station ?? own ?? 'all';
  const canWrite = ctx.can('queue:write');
  const [queue, doctors, patient, appointment, ended] = await load(
    Promise.all([
      listQueue(ctx),
      listDoctors(ctx),
      checkIn && checkIn !== 'new' && ctx.can('patients:read') ? getPatient(ctx, checkIn) : null,
      appointmentId && ctx.can('appointments:read') ? getAppointment(ctx, appointmentId) : null,
      station === 'seen' ? listEndedToday(ctx) : [],
    ]),
  );
  const entries = ofDoctor(queue.entries, doctor);
  const fees = await load(readFees(ctx, entries));
  const waiting = entries.filter(({ status }) => status !== 'in-progress');
  const now = new Date(queue.now).getTime();
  const longest = Math.max(0, ...waiting.map((entry) => waitingMinutes(entry, now)));
  const tabs = [
    { id: 'all' as const, label: 'Everybody', count: entries.length },
    ...STATIONS.map((id) => ({
      id,
      label: STATION_LABEL[id],
      count: entries.filter((entry) => entry.station === id).length,
    })),
    { id: 'seen' as const, label: 'Left today', count: queue.seenToday },
  ];
  const shown = station === 'all' ? entries : entries.filter((entry) => entry.station === station);
  return (
    <>
      <PageHeader
        title="Queue"
        description={
          <>
            <QueueLive version={queue.version} />
            <NewDay day={queue.day} now={queue.now} timeZone={ctx.timeZone} />
          </>
        }
        actions={
          <>
            <Button asChild>
              <Link href={paths.queueBoard}>
                <Icon of="monitor" /> Board
              </Link>
            </Button>
            {ctx.can('visits:read') ? (
              <Button asChild>
                <Link href={paths.orders}>
                  <Icon of="list-checks" /> Tests to do
                </Link>
              </Button>
            ) : null}
            {canWrite ? (
              <CheckInDialog
                key={patient?.id ?? 'none'}
                doctors={doctors}
                patient={patient ? { id: patient.id, name: patient.name } : null}
                appointment={
                  appointment && appointment.patientId === patient?.id
                    ? { id: appointment.id, doctorId: appointment.doctorId }
                    : null
                }
              />
            ) : null}
          </>
        }
      />
      <div className="mb-5 grid grid-cols-3 gap-3">
        <Stat label="Waiting" value={waiting.length} />
        <Stat label="With somebody" value={entries.length - waiting.length} />
        <Stat label="Longest wait" value={durationText(longest)} />
      </div>
      {queue.openFromBefore > 0 && canWrite ? (
        <Alert
          tone="warning"
          className="mb-5"
          title={`${queue.openFromBefore} ${queue.openFromBefore === 1 ? 'visit is' : 'visits are'} still open from an earlier day`}
          action={
            <ConfirmAction
              trigger={<Button size="sm">Close them</Button>}
              title="Close the visits of earlier days?"
              description="Who was seen by a doctor is finished; the others have left without being seen. Who came in the last six hours stays open."
              confirm="Close them"
              action={closeEarlierVisitsAction}
              fields={{}}
            />
          }
        >
          <ul className="flex flex-wrap gap-x-4 gap-y-1">
            {queue.leftOpen.map((visit) => (
              <li key={visit.id}>
                <Link href={paths.visit(visit.id)} className="underline">
                  {visit.patientName}
                </Link>
                , since {formatDay(visit.day)}
              </li>
            ))}
            {queue.openFromBefore > queue.leftOpen.length ? (
              <li>and {queue.openFromBefore - queue.leftOpen.length} more</li>
            ) : null}
          </ul>
        </Alert>
      ) : null}
      {doctors.length > 1 ? (
        <div className="mb-3 flex justify-end">
          <AddressSelect
            name="doctor"
            label="Doctor"
            all="All doctors"
            options={[
              ...doctors.map(({ id, name }) => ({ value: id, label: name })),
              { value: ANY_DOCTOR, label: 'Whoever is free' },
            ]}
          />
        </div>
      ) : null}
      <Card>
        <nav aria-label="Stations" className="flex gap-1 overflow-x-auto border-border border-b px-2">
          {tabs.map((tab) => (
            <Link
              key={tab.id}
              href={queueHref({ station: tab.id, own, doctor })}
              aria-current={tab.id === station ? 'page' : undefined}
              className={clsx(
                '-mb-px inline-flex h-11 items-center gap-2 whitespace-nowrap border-b-2 px-3 font-medium text-sm',
                tab.id === station
                  ? 'border-accent text-text'
                  : 'border-transparent text-text-muted hover:text-text',
              )}
            >
              {tab.label}
              <span className="rounded-full bg-surface-sunken px-1.5 text-xs tabular-nums">{tab.count}</span>
            </Link>
          ))}
        </nav>
        {station === 'seen' ? (
          <ul className="divide-y divide-border">
            {ended.length === 0 ? (
              <li className="px-5 py-10 text-center text-text-muted">Nobody has left yet.</li>
            ) : null}
            {ended.map((visit) => (
              <li key={visit.id} className="flex items-center gap-4 px-5 py-3">
                <span className="w-8 text-right font-semibold tabular-nums">{visit.token}</span>
                <Link href={paths.visit(visit.id)} className="flex-1 font-medium hover:underline">
                  {visit.patientName}
                </Link>
                <span className="text-text-muted">{VISIT_LABEL[visit.status]}</span>
                <span className="text-text-muted tabular-nums">
                  {visit.finishedAt ? timeOf(new Date(visit.finishedAt), ctx.timeZone) : ''}
                </span>
              </li>
            ))}
          </ul>
        ) : (
          <QueueList
            entries={shown}
            now={queue.now}
            showStation={station === 'all'}
            canWrite={canWrite}
            canExamine={ctx.can('visits:read')}
            fees={fees}
            canBill={ctx.can('bills:write')}
            empty={
              station === 'all' ? 'Nobody waits. Check a patient in to begin.' : 'Nobody is at this station.'
            }
          />
        )}
      </Card>
    </>
  );
}
