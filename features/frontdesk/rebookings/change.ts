import 'server-only';
import type { ClientSession } from 'mongoose';
import { type AppointmentRow, toAppointment } from '@/features/frontdesk/appointments/dto';
import { appointmentModel } from '@/features/frontdesk/appointments/model';
import { strandedIn } from '@/features/frontdesk/appointments/slots';
import type { Absence, DoctorWeek } from '@/features/frontdesk/schedules/dto';
import { EVERYBODY, WEEKDAY_NUMBERS } from '@/features/frontdesk/schedules/policy';
import { Plans } from '@/features/frontdesk/schedules/queries';
import type { AbsenceInput, ScheduleInput } from '@/features/frontdesk/schedules/schema';
import { branchIdOf } from '@/lib/branches';
import { AppError } from '@/lib/errors';
import { groupBy } from '@/lib/group-by';
import { objectId, op } from '@/lib/mongo';
import { revisionOf } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, today } from '@/lib/time';

/** A change of what doctors do, before it is written. */
export type PlanChange = {
  /** Whose; null is everybody's. */
  doctorId: string | null;
  fromDay: Day;
  toDay?: Day;
  after: (before: Plans) => Plans;
};

/** The fields of a form as a doctor's week. */
export const weekOf = (input: ScheduleInput) => ({
  fromDay: input.fromDay,
  hours: WEEKDAY_NUMBERS.flatMap((weekday) => input[`hours${weekday}`].map((span) => ({ weekday, ...span }))),
  breaks: input.breaks,
  slotMinutes: input.slotMinutes,
  capacity: input.capacity,
  walkInPercent: input.walkInPercent,
});

const isOf =
  ({ doctorId, branchId, fromDay }: Pick<DoctorWeek, 'doctorId' | 'branchId' | 'fromDay'>) =>
  (week: DoctorWeek): boolean =>
    week.doctorId === doctorId && week.branchId === branchId && week.fromDay === fromDay;

/** @param branchId where, also where the form names none */
export function scheduleChange(input: ScheduleInput, branchId: string): PlanChange {
  const { doctorId, fromDay } = input;
  const week = { id: '', doctorId, branchId, savedByName: '', ...weekOf(input) };
  const isSame = isOf(week);
  return {
    doctorId,
    fromDay,
    after: ({ weeks, absences }) => new Plans([...weeks.filter((each) => !isSame(each)), week], absences),
  };
}

export const scheduleEnd = ({ id, doctorId, fromDay }: DoctorWeek): PlanChange => ({
  doctorId,
  fromDay,
  after: ({ weeks, absences }) =>
    new Plans(
      weeks.filter((each) => each.id !== id),
      absences,
    ),
});

export function absenceChange(input: AbsenceInput): PlanChange {
  const { fromDay, toDay, from = null, to = null, reason } = input;
  const doctorId = input.doctorId === EVERYBODY ? null : input.doctorId;
  const absence: Absence = {
    ...{
      id: '',
      doctorId,
      isHoliday: !doctorId,
      onlyAt: doctorId ? null : (input.branchId ?? null),
      fromDay,
      toDay,
      from,
      to,
      reason,
    },
    savedByName: '',
  };
  return {
    doctorId,
    fromDay,
    toDay,
    after: ({ weeks, absences }) => new Plans(weeks, [...absences, absence]),
  };
}

export const absenceEnd = ({ id, doctorId, fromDay, toDay }: Absence): PlanChange => ({
  doctorId,
  fromDay,
  toDay,
  after: ({ weeks, absences }) =>
    new Plans(
      weeks,
      absences.filter((each) => each.id !== id),
    ),
});

/** What a change touches is read whole, or not at all; of a large hospital a year of bookings. */
const MOST_READ = 50_000;

/** The find behind what a change touches: booked and to come, in order of time. */
export function findBooked(ctx: TenantContext, { doctorId, fromDay, toDay }: PlanChange, now: Date) {
  const since = today(ctx.timeZone, now);
  return appointmentModel(ctx)
    .find({
      ...(doctorId ? { doctorId: objectId(doctorId, 'doctor') } : {}),
      day: op({ $gte: fromDay > since ? fromDay : since, ...(toDay ? { $lte: toDay } : {}) }),
      status: 'booked',
      startsAt: op({ $gt: now }),
    })
    .sort({ day: 1, startsAt: 1, _id: 1 })
    .limit(MOST_READ + 1);
}

/** @throws AppError CONFLICT where there are more than can be looked at: none is left out unseen. */
export function assertReadWhole(count: number, most = MOST_READ): void {
  if (count > most)
    throw new AppError(
      'CONFLICT',
      `More than ${most.toLocaleString('en-GB')} appointments are booked in these days. Nothing was saved; enter the days in parts.`,
      { field: 'toDay' },
    );
}

/**
 * Whom a change leaves without their time, the soonest first, and who has a doctor again.
 * @returns `seen`, a short text of who is left, for the form to say that it has shown them
 */
export async function effectOf(
  ctx: TenantContext,
  change: PlanChange,
  before: Plans,
  now: Date,
  session?: ClientSession,
) {
  const rows: AppointmentRow[] = await findBooked(ctx, change, now)
    .session(session ?? null)
    .lean();
  assertReadWhole(rows.length);
  const after = change.after(before);
  const stranded = new Set<string>();
  for (const [key, own] of groupBy(inOrderOfBooking(rows), (row) => `${row.doctorId} ${branchIdOf(row)}`)) {
    const [doctorId = '', branchId = ''] = key.split(' ');
    const found = strandedIn(
      own.map(({ _id, startsAt, endsAt, day, overbookReason, strandedAt }) => ({
        ...{ id: _id.toString(), startsAt, endsAt, day },
        isOverbooked: Boolean(overbookReason),
        isStranded: Boolean(strandedAt),
      })),
      {
        before: (day) => before.of(doctorId, day, branchId),
        after: (day) => after.of(doctorId, day, branchId),
        timeZone: ctx.timeZone,
      },
    );
    for (const id of found) stranded.add(id);
  }
  const left = rows
    .filter(({ _id, strandedAt }) => stranded.has(_id.toString()) && !strandedAt)
    .sort((a, b) => a.startsAt.getTime() - b.startsAt.getTime());
  return {
    left: left.map((row) => toAppointment(row, ctx.timeZone)),
    found: rows.filter(({ _id, strandedAt }) => strandedAt && !stranded.has(_id.toString())),
    seen: left.length === 0 ? '' : revisionOf(left.map(({ _id }) => _id.toString()).sort()),
  };
}

/** An id begins with its second; who was booked first keeps the place. */
const inOrderOfBooking = (rows: readonly AppointmentRow[]): AppointmentRow[] =>
  [...rows].sort((a, b) => (a._id.toString() < b._id.toString() ? -1 : 1));
