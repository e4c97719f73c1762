import type { Metadata } from 'next';
import { ActionButton } from '@/components/forms/action-button';
import { SettingsFrame } from '@/components/layout/settings-frame';
import { Alert } from '@/components/ui/alert';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import Link from '@/components/ui/link';
import { PageHeader } from '@/components/ui/page-header';
import { countStranded } from '@/features/frontdesk/appointments/queries';
import { deleteAbsenceAction } from '@/features/frontdesk/rebookings/actions';
import { AbsenceForm } from '@/features/frontdesk/rebookings/ui/absence-form';
import { DeleteWeek } from '@/features/frontdesk/rebookings/ui/delete-week';
import { ScheduleForm } from '@/features/frontdesk/rebookings/ui/schedule-form';
import { type Absence, type DoctorWeek, revisionOfWeeks } from '@/features/frontdesk/schedules/dto';
import { spansText, WORKING_HOURS, weekOn, weekText } from '@/features/frontdesk/schedules/policy';
import { listAbsences, listWeeks } from '@/features/frontdesk/schedules/queries';
import { schedulesQuery } from '@/features/frontdesk/schedules/schema';
import { listDoctors } from '@/features/identity/staff/directory';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { formatDay, today as todayIn } from '@/lib/time';

export const metadata: Metadata = { title: 'Schedules' };

type Person = { id: string; name: string };

/** When each doctor sees patients, and when not. */
export default async function SchedulesPage({ searchParams }: PageProps<'/settings/schedules'>) {
  const ctx = await staffPage('schedules:write');
  const today = todayIn(ctx.timeZone);
  const [query, doctors, weeks, absences, toCall] = await load(
    Promise.all([
      searchParams.then((asked) => schedulesQuery.parse(asked)),
      listDoctors(ctx),
      listWeeks(ctx),
      listAbsences(ctx, today),
      countStranded(ctx),
    ]),
  );
  const chosen = doctors.find(({ id }) => id === query.doctor);
  const ofDoctor = ({ id }: Person) => weeks.filter(({ doctorId }) => doctorId === id);
  const isHere = ({ branchId }: DoctorWeek) => branchId === ctx.branch.id;
  const where = ctx.branches.length > 1 ? ctx.branch.name : null;
  return (
    <>
      <PageHeader
        title="Schedules"
        description="Hours of each doctor, leave and holidays. Booking, the day and the reports follow them."
      />
      <SettingsFrame hasOrganization={ctx.can('settings:read')}>
        <div className="grid gap-5">
          {toCall > 0 ? (
            <Alert
              tone="warning"
              title={`${toCall === 1 ? 'One patient has' : `${toCall} patients have`} an appointment when the doctor is not there`}
              action={
                ctx.can('appointments:write') ? (
                  <Link href={paths.rebook} className={buttonClass({ size: 'sm' })}>
                    Patients to call
                  </Link>
                ) : null
              }
            >
              Until somebody has called them they keep what was booked.
            </Alert>
          ) : null}
          {chosen ? (
            <Hours
              doctor={chosen}
              branch={{ id: ctx.branch.id, name: where }}
              weeks={ofDoctor(chosen).filter(isHere)}
              version={revisionOfWeeks(ofDoctor(chosen))}
              today={today}
            />
          ) : null}
          <Section title={where ? `Doctors at ${where}` : 'Doctors'} flush>
            {doctors.length === 0 ? (
              <p className="px-5 py-4 text-sm text-text-muted">
                Nobody sees patients yet. Invite a doctor on the staff page.
              </p>
            ) : (
              <ul aria-label="Doctors">
                {doctors.map((doctor) => {
                  const here = ofDoctor(doctor).filter(isHere);
                  const now = weekOn(today, here);
                  const next = here.findLast(({ fromDay }) => fromDay > today);
                  const elsewhere = ctx.branches.flatMap(({ id, name }) => {
                    const there = ofDoctor(doctor).filter(({ branchId }) => branchId === id);
                    const week = id === ctx.branch.id ? undefined : weekOn(today, there);
                    return week ? [`${name}: ${describe(week)}`] : [];
                  });
                  return (
                    <li key={doctor.id} className={ROW}>
                      <div className="min-w-0 flex-1">
                        <p className="font-medium text-text">{doctor.name}</p>
                        <p className="text-[0.8125rem] text-text-muted">
                          {now ? describe(now) : ofDoctor(doctor).length > 0 ? NOT_HERE : NOT_SET}
                        </p>
                        {next ? (
                          <p className="text-[0.8125rem] text-text-muted">
                            From {formatDay(next.fromDay)}: {describe(next)}
                          </p>
                        ) : null}
                        {elsewhere.map((one) => (
                          <p key={one} className="text-[0.8125rem] text-text-muted">
                            {one}
                          </p>
                        ))}
                      </div>
                      <Link
                        href={withQuery(paths.schedules, { doctor: doctor.id })}
                        aria-label={`Hours of ${doctor.name}`}
                        className={buttonClass({ size: 'sm' })}
                      >
                        {now || next ? 'Change' : 'Set hours'}
                      </Link>
                    </li>
                  );
                })}
              </ul>
            )}
          </Section>
          <Section title="Leave and holidays">
            <AbsenceForm
              key={chosen?.id ?? ''}
              doctors={doctors}
              branches={ctx.ownBranches.map(({ id, name }) => ({ id, name }))}
              doctorId={chosen?.id ?? ''}
              today={today}
            />
          </Section>
          <Section title="To come" flush>
            <Absences absences={absences} doctors={doctors} branches={ctx.branches} />
          </Section>
        </div>
      </SettingsFrame>
    </>
  );
}

const ROW =
  'flex items-center justify-between gap-3 border-border border-t px-4 py-3 text-sm first:border-t-0 sm:px-5';
const NOT_HERE = 'Sees nobody here.';
const NOT_SET = `No hours are set: every day is offered from ${WORKING_HOURS.start} to ${WORKING_HOURS.end}, and any other time may be booked.`;

const describe = (week: DoctorWeek): string =>
  [
    weekText(week),
    week.breaks.length > 0 ? `breaks ${spansText(week.breaks)}` : '',
    `slots of ${week.slotMinutes} minutes`,
    week.capacity > 1 ? `${week.capacity} patients each` : '',
    week.walkInPercent > 0 ? `${week.walkInPercent} % kept for walk-ins` : '',
  ]
    .filter(Boolean)
    .join('; ');

function Hours({
  doctor,
  branch,
  weeks,
  version,
  today,
}: {
  doctor: Person;
  branch: { id: string; name: string | null };
  /** At this branch. */
  weeks: DoctorWeek[];
  version: string;
  today: string;
}) {
  const now = weekOn(today, weeks);
  const [newest] = weeks;
  return (
    <Section
      title={branch.name ? `Hours of ${doctor.name} at ${branch.name}` : `Hours of ${doctor.name}`}
      actions={
        <Link href={paths.schedules} className={buttonClass({ size: 'sm' })}>
          Close
        </Link>
      }
    >
      <ScheduleForm
        key={doctor.id}
        doctor={doctor}
        branchId={branch.id}
        week={now ?? newest ?? null}
        version={version}
        fromDay={today}
      />
      {weeks.length > 0 ? (
        <ul aria-label={`All hours of ${doctor.name}`} className="mt-6 border-border border-t">
          {weeks.map((week) => (
            <li
              key={week.id}
              className="flex items-center justify-between gap-3 border-border border-t py-3 text-sm first:border-t-0"
            >
              <div className="min-w-0 flex-1">
                <p className="font-medium text-text">
                  From {formatDay(week.fromDay)}
                  {week === now ? ', now' : ''}
                </p>
                <p className="text-[0.8125rem] text-text-muted">
                  {describe(week)}; saved by {week.savedByName}
                </p>
              </div>
              <DeleteWeek id={week.id} label={`from ${formatDay(week.fromDay)}`} />
            </li>
          ))}
        </ul>
      ) : null}
    </Section>
  );
}

function Absences({
  absences,
  doctors,
  branches,
}: {
  absences: readonly Absence[];
  doctors: readonly Person[];
  branches: readonly Person[];
}) {
  if (absences.length === 0)
    return <p className="px-5 py-4 text-sm text-text-muted">No leave and no holiday is entered.</p>;
  const nameOf = ({ doctorId, onlyAt }: Absence) => {
    if (doctorId) return doctors.find(({ id }) => id === doctorId)?.name ?? 'Somebody who has left';
    const branch = onlyAt ? branches.find(({ id }) => id === onlyAt) : null;
    return branch ? `Everybody at ${branch.name}` : 'Everybody';
  };
  return (
    <ul aria-label="Leave and holidays to come">
      {absences.map((absence) => {
        const { id, fromDay, toDay, from, to, reason } = absence;
        const days = fromDay === toDay ? formatDay(fromDay) : `${formatDay(fromDay)} to ${formatDay(toDay)}`;
        return (
          <li key={id} className={ROW}>
            <div className="min-w-0 flex-1">
              <p className="font-medium text-text">{[nameOf(absence), reason].filter(Boolean).join(': ')}</p>
              <p className="text-[0.8125rem] text-text-muted">
                {days}
                {from && to ? `, ${from} to ${to}` : ''}
              </p>
            </div>
            <ActionButton
              action={deleteAbsenceAction}
              fields={{ absenceId: id }}
              size="sm"
              aria-label={`Delete: ${nameOf(absence)}, ${days}`}
            >
              Delete
            </ActionButton>
          </li>
        );
      })}
    </ul>
  );
}
