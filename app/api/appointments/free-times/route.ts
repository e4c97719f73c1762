import { freeTimes, listDayOfPatient, nextFreeTimes } from '@/features/frontdesk/appointments/queries';
import { freeTimesQuery } from '@/features/frontdesk/appointments/schema';
import { awayText } from '@/features/frontdesk/schedules/policy';
import { readPlans } from '@/features/frontdesk/schedules/queries';
import { staffRoute } from '@/lib/actions/staff';
import { AppError } from '@/lib/errors';

/**
 * The free times of a doctor's day, the next one when there are none, and what the patient has on that day.
 */
export const GET = staffRoute('appointments:read', async (ctx, request) => {
  const parsed = freeTimesQuery.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!parsed.success) throw new AppError('INVALID_INPUT', 'Choose a doctor, a date and a length.');
  const { date, patientId, ...rest } = parsed.data;
  const now = new Date();
  const plans = await readPlans(ctx, { doctorIds: [rest.doctorId], since: date });
  const plan = plans.of(rest.doctorId, date, rest.branchId);
  const [times, ofPatient] = await Promise.all([
    freeTimes(ctx, { ...rest, day: date, now, plans }),
    patientId ? listDayOfPatient(ctx, patientId, date) : [],
  ]);
  const [next] =
    times.length === 0 ? await nextFreeTimes(ctx, { ...rest, from: date, now, count: 1, plans }) : [];
  return Response.json({
    times,
    next: next ?? null,
    note: awayText(plan),
    slotMinutes: plan.isSet ? plan.slotMinutes : null,
    ofPatient: ofPatient
      .filter(({ id }) => id !== rest.except)
      .map(({ time, endTime, doctorName }) => ({ time, endTime, doctorName })),
  });
});
