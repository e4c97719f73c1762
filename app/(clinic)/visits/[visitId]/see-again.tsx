import { examinationOf } from '@/app/(clinic)/_shell/read-once';
import { ActionButton } from '@/components/forms/action-button';
import { buttonClass } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { bookAppointmentAction } from '@/features/frontdesk/appointments/actions';
import { listAppointmentsOfPatient, nextFreeTimes } from '@/features/frontdesk/appointments/queries';
import { appointmentsHref, newAppointmentHref } from '@/features/frontdesk/appointments/ui/addresses';
import type { VisitDetails } from '@/features/frontdesk/queue/queries';
import { readPlans } from '@/features/frontdesk/schedules/queries';
import { listDoctors } from '@/features/identity/staff/directory';
import { load } from '@/lib/actions/staff';
import { withQuery } from '@/lib/query-words';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, shiftDay, today as todayIn } from '@/lib/time';

/** The column is narrow, and a review is at most a year away. */
const withoutYear = (day: string): string => formatDay(day).replace(/ \d{4}$/, '');

/** When the doctor wants the patient back, with the first free times from that day on; one press books. */
export async function SeeAgain({ ctx, visit }: { ctx: TenantContext; visit: VisitDetails }) {
  const weeks = (await load(examinationOf(ctx, visit.id)))?.assessment.reviewWeeks;
  if (!weeks) return null;
  const today = todayIn(ctx.timeZone);
  const asked = shiftDay(visit.day, weeks * 7);
  const from = asked > today ? asked : today;
  const all = await load(listAppointmentsOfPatient(ctx, visit.patientId));
  const booked = all.findLast(({ status, day }) => status === 'booked' && day >= today);
  const doctors = booked ? [] : await load(listDoctors(ctx));
  // Of a visit that is nobody's, the doctor who looks at it.
  const self = ctx.actor.kind === 'staff' ? ctx.actor.userId : null;
  const doctor = doctors.find(({ id }) => id === (visit.doctorId ?? self));
  const plans =
    doctor && !booked ? await load(readPlans(ctx, { doctorIds: [doctor.id], since: from })) : null;
  const plan = doctor ? plans?.of(doctor.id, from) : null;
  const durationMinutes = plan?.isSet ? plan.slotMinutes : undefined;
  const free =
    doctor && plan
      ? await load(
          nextFreeTimes(ctx, {
            doctorId: doctor.id,
            from,
            ...(plans ? { plans } : {}),
            ...(durationMinutes ? { durationMinutes } : {}),
          }),
        )
      : [];
  return (
    <Section title="See again" description={`From ${formatDay(asked)} on`}>
      {booked ? (
        <p className="text-sm">
          Booked:{' '}
          <Link
            href={withQuery(appointmentsHref({ date: booked.day }), { open: booked.id })}
            className="text-accent underline underline-offset-4"
          >
            {formatDay(booked.day)} at {booked.time} with {booked.doctorName}
          </Link>
        </p>
      ) : (
        <div className="grid gap-2">
          {free.map(({ day, time }) => (
            <ActionButton
              key={`${day} ${time}`}
              action={bookAppointmentAction}
              size="sm"
              fields={{
                patientId: visit.patientId,
                doctorId: doctor?.id ?? '',
                date: day,
                time,
                ...(durationMinutes ? { durationMinutes: String(durationMinutes) } : {}),
                reason: 'Seen again, as asked',
              }}
            >
              Book {withoutYear(day)} at {time}
            </ActionButton>
          ))}
          {doctor && free.length === 0 ? (
            <p className="text-sm text-text-muted">
              Nothing is free with {doctor.name} in the two weeks from then on.
            </p>
          ) : null}
          <Link
            href={newAppointmentHref({
              patientId: visit.patientId,
              date: from,
              ...(doctor ? { doctorId: doctor.id } : {}),
            })}
            className={buttonClass({ variant: 'ghost' })}
          >
            <Icon of="calendar-plus" />
            {free.length > 0 ? 'Another time' : 'Choose a time'}
          </Link>
        </div>
      )}
    </Section>
  );
}
