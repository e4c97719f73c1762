import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import { Card } from '@/components/ui/card';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton, TableSkeleton } from '@/components/ui/skeleton';
import type { Appointment } from '@/features/frontdesk/appointments/dto';
import { STATUS_LABEL, timesOf } from '@/features/frontdesk/appointments/policy';
import {
  countDay,
  countStranded,
  listAppointments,
  listDay,
  weekLoads,
} from '@/features/frontdesk/appointments/queries';
import { type AppointmentsQuery, appointmentsQuery } from '@/features/frontdesk/appointments/schema';
import { appointmentsHref, newAppointmentHref } from '@/features/frontdesk/appointments/ui/addresses';
import type { SheetFacts } from '@/features/frontdesk/appointments/ui/appointment-sheet';
import { AppointmentsTable } from '@/features/frontdesk/appointments/ui/appointments-table';
import { DayBoard } from '@/features/frontdesk/appointments/ui/day-board';
import { type DayQuery, DayToolbar } from '@/features/frontdesk/appointments/ui/day-toolbar';
import { StatusFilter } from '@/features/frontdesk/appointments/ui/status-filter';
import { WeekStrip } from '@/features/frontdesk/appointments/ui/week-strip';
import { placesOn } from '@/features/frontdesk/schedules/policy';
import { type Plans, readPlans } from '@/features/frontdesk/schedules/queries';
import { listDoctors } from '@/features/identity/staff/directory';
import { load, staffPage } from '@/lib/actions/staff';
import { minutesOf } from '@/lib/clock';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, shiftDay, timeOf, today as todayIn } from '@/lib/time';

export const metadata: Metadata = { title: 'Appointments' };

type Doctors = Awaited<ReturnType<typeof listDoctors>>;
type Query = AppointmentsQuery & DayQuery;

export default async function AppointmentsPage({ searchParams }: PageProps<'/appointments'>) {
  const ctx = await staffPage('appointments:read');
  const asked = appointmentsQuery.parse(await searchParams);
  const today = todayIn(ctx.timeZone);
  const query: Query = { ...asked, date: asked.date ?? today };
  // Of the whole week, in which this day may be the last.
  const since = shiftDay(query.date, -6);
  const canWrite = ctx.can('appointments:write');
  const [doctors, plans, toCall] = await load(
    Promise.all([
      listDoctors(ctx),
      readPlans(ctx, { since }),
      // It stands above the board: later it would push it away from under the finger.
      canWrite ? countStranded(ctx) : 0,
    ]),
  );
  const facts: SheetFacts = {
    day: query.date,
    today,
    timeZone: ctx.timeZone,
    doctors: doctors.map(({ id, name }) => ({ id, name })),
    branches: ctx.ownBranches.map(({ id, name }) => ({ id, name })),
    canWrite,
    canCheckIn: ctx.can('queue:write'),
    canOverbook: ctx.can('overbookings:write'),
  };
  const { date, doctor, status, view } = query;
  const bookHref = newAppointmentHref({
    ...(date > today ? { date } : {}),
    ...(doctor ? { doctorId: doctor } : {}),
  });
  return (
    <>
      <PageHeader
        title="Appointments"
        description={date === today ? `Today, ${formatDay(date)}` : formatDay(date)}
        actions={
          canWrite ? (
            <Link href={bookHref} className={buttonClass({ variant: 'primary' })}>
              <Icon of="calendar-plus" />
              Book appointment
            </Link>
          ) : null
        }
      />
      <div className="grid gap-4">
        <DayToolbar query={{ date, doctor, status, view }} today={today} doctors={facts.doctors} />
        {toCall > 0 ? <ToCall count={toCall} /> : null}
        <Suspense fallback={<Skeleton className="h-12 max-sm:h-[5.375rem]" />}>
          <Week ctx={ctx} query={query} today={today} doctors={doctors} plans={plans} />
        </Suspense>
        <Suspense key={JSON.stringify(query)} fallback={<TableSkeleton label="Loading appointments" />}>
          <Day ctx={ctx} query={query} doctors={doctors} plans={plans} facts={facts} bookHref={bookHref} />
        </Suspense>
      </div>
    </>
  );
}

/** Whom a change of hours has left without their time, until each of them is moved or cancelled. */
function ToCall({ count }: { count: number }) {
  return (
    <Alert
      tone="warning"
      title={`${count === 1 ? 'One patient has' : `${count} patients have`} an appointment when the doctor is not there`}
      action={
        <Link href={paths.rebook} className={buttonClass({ size: 'sm' })}>
          Patients to call
        </Link>
      }
    >
      Hours were changed after they were booked. Call them and move each with one press.
    </Alert>
  );
}

async function Week({
  ctx,
  query,
  today,
  doctors,
  plans,
}: {
  ctx: TenantContext;
  query: Query;
  today: string;
  doctors: Doctors;
  plans: Plans;
}) {
  const loads = await load(weekLoads(ctx, query.date, query.doctor));
  const ids = query.doctor ? [query.doctor] : doctors.map(({ id }) => id);
  const capacityOn = (day: string) => ids.reduce((sum, id) => sum + placesOn(plans.of(id, day)), 0);
  const withCapacity = loads.map((each) => ({ ...each, capacity: capacityOn(each.day) }));
  return <WeekStrip query={query} today={today} loads={withCapacity} />;
}

type DayProps = {
  ctx: TenantContext;
  query: Query;
  doctors: Doctors;
  plans: Plans;
  facts: SheetFacts;
  bookHref: string;
};

async function Day(props: DayProps) {
  const { ctx, query } = props;
  const counts = await load(countDay(ctx, query.date, query.doctor));
  return (
    <>
      <StatusFilter query={query} counts={counts} />
      {query.view === 'list' ? <DayList {...props} /> : <DayColumns {...props} />}
    </>
  );
}

async function DayList({ ctx, query, facts, bookHref }: DayProps) {
  const { date, doctor, status, sort, view, after, before } = query;
  const page = await load(
    listAppointments(ctx, { day: date, doctorId: doctor, status, sort, after, before }),
  );
  const rest = { date, doctor, status, sort, view };
  const { length } = page.appointments;
  return (
    <AppointmentsTable
      rows={page.appointments}
      sort={sort}
      summary={`${length} ${length === 1 ? 'appointment' : 'appointments'} shown`}
      previousHref={page.before ? appointmentsHref({ ...rest, before: page.before }) : null}
      nextHref={page.after ? appointmentsHref({ ...rest, after: page.after }) : null}
      facts={facts}
      emptyState={<NoAppointments query={query} facts={facts} bookHref={bookHref} />}
    />
  );
}

const MOST_SHOWN = 500;

async function DayColumns({ ctx, query, doctors, plans, facts, bookHref }: DayProps) {
  const { date, doctor, status } = query;
  const all = await load(listDay(ctx, date, { doctorId: doctor, status }));
  // What was cancelled would cover what was booked in its place; its own filter shows it.
  const shown = status ? all : all.filter((appointment) => appointment.status !== 'cancelled');
  const columns = columnsOf(doctors, shown, doctor).map((column) => ({
    ...column,
    ...timesOf(plans.of(column.id, date)),
  }));
  if (doctors.length === 0 && shown.length === 0) return <NoDoctors canInvite={ctx.can('staff:write')} />;
  const empty = <NoAppointments query={query} facts={facts} bookHref={bookHref} />;
  if (shown.length === 0 && status) return <Card>{empty}</Card>;
  return (
    <>
      {shown.length === 0 ? <Card className="lg:hidden">{empty}</Card> : null}
      {all.length === MOST_SHOWN ? (
        <Alert tone="info">The first {MOST_SHOWN} appointments are shown. The list has them all.</Alert>
      ) : null}
      <DayBoard
        key={`${date}-${query.open ?? ''}`}
        appointments={shown}
        columns={columns}
        nowMinutes={date === facts.today ? minutesOf(timeOf(new Date(), ctx.timeZone)) : null}
        facts={facts}
        openId={query.open}
      />
    </>
  );
}

/** The doctors of today's directory, and those who have since left but have appointments on that day. */
function columnsOf(doctors: Doctors, appointments: Appointment[], doctor: string | undefined): Doctors {
  const columns = new Map<string, Doctors[number]>(doctors.map((each) => [each.id, each]));
  for (const { doctorId, doctorName } of appointments) {
    if (!columns.has(doctorId)) columns.set(doctorId, { id: doctorId, name: doctorName, room: null });
  }
  return [...columns.values()].filter(({ id }) => !doctor || id === doctor);
}

function NoAppointments({ query, facts, bookHref }: { query: Query; facts: SheetFacts; bookHref: string }) {
  const { date, status, doctor } = query;
  const isNarrowed = Boolean(status || doctor);
  return (
    <EmptyState
      icon={<Icon of="calendar-plus" />}
      title={
        status ? `No appointment is ${STATUS_LABEL[status].toLowerCase()}` : 'No appointments on this day'
      }
      action={
        isNarrowed ? (
          <Link href={appointmentsHref({ date, view: query.view })} className={buttonClass()}>
            Show all of the day
          </Link>
        ) : facts.canWrite && date >= facts.today ? (
          <Link href={bookHref} className={buttonClass({ variant: 'primary' })}>
            Book the first one
          </Link>
        ) : null
      }
    >
      {isNarrowed ? 'There may be others on this day.' : 'What is booked for this day appears here.'}
    </EmptyState>
  );
}

function NoDoctors({ canInvite }: { canInvite: boolean }) {
  return (
    <Card>
      <EmptyState
        icon={<Icon of="calendar-plus" />}
        title="Nobody sees patients yet"
        action={
          canInvite ? (
            <Link href={paths.staff} className={buttonClass({ variant: 'primary' })}>
              Open staff
            </Link>
          ) : null
        }
      >
        Appointments are booked with a doctor. Invite one, or mark somebody on the staff page as seeing
        patients.
      </EmptyState>
    </Card>
  );
}
