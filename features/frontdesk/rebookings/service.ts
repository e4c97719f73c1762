import 'server-only';
import type { ClientSession } from 'mongoose';
import { lockPlan, openPlan } from '@/features/frontdesk/appointments/doctor-day';
import { appointmentModel } from '@/features/frontdesk/appointments/model';
import { type DoctorWeek, revisionOfWeeks, toAbsence } from '@/features/frontdesk/schedules/dto';
import { absenceModel, scheduleModel } from '@/features/frontdesk/schedules/model';
import {
  clashOf,
  EVERYBODY,
  MOST_ABSENCES,
  MOST_WEEKS,
  WEEKDAYS,
  type WeeklyHours,
  weeksBeside,
  weekText,
} from '@/features/frontdesk/schedules/policy';
import { getWeek, listWeeks, readPlans } from '@/features/frontdesk/schedules/queries';
import type { AddAbsenceInput, SaveScheduleInput } from '@/features/frontdesk/schedules/schema';
import { branchFor } from '@/features/identity/branches/service';
import { findDoctor, listDoctors } from '@/features/identity/staff/directory';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { branchNameOf } from '@/lib/branches';
import { AppError, notFoundError } from '@/lib/errors';
import { newObjectId, objectId, op } from '@/lib/mongo';
import type { FromForm } from '@/lib/revision';
import { movedTo } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, today } from '@/lib/time';
import {
  absenceChange,
  absenceEnd,
  effectOf,
  type PlanChange,
  scheduleChange,
  scheduleEnd,
  weekOf,
} from './change';

/** What was changed, and how many patients are to be called because of it. */
export type Changed<T> = { data: T; left: number };

/**
 * Sets a doctor's week from a day on; the one before holds until then.
 * @throws AppError NOT_FOUND for somebody who sees no patients, CONFLICT where a colleague has changed the
 * doctor's hours meanwhile or patients would be left whom the form has not shown.
 */
export async function saveSchedule(
  ctx: TenantContext,
  { seen, version, ...input }: FromForm<SaveScheduleInput>,
  now = new Date(),
): Promise<Changed<{ doctorName: string; fromDay: string }>> {
  const doctor = await findDoctor(ctx, input.doctorId);
  const week = weekOf(input);
  const branch = branchFor(ctx, input.branchId);
  const place = { branchId: branch.id, fromDay: input.fromDay };
  const change = scheduleChange(input, branch.id);
  return applyChange(ctx, { change, seen, now }, async (session) => {
    const weeks = await listWeeks(ctx, [doctor.id], session);
    if (version !== undefined && version !== revisionOfWeeks(weeks)) throw changedMeanwhile();
    for (const other of weeksBeside(place, weeks)) assertApart(ctx, week, other);
    const before = weeks.find((one) => one.branchId === branch.id && one.fromDay === input.fromDay);
    if (!before && weeks.length >= MOST_WEEKS) throw tooMany(`${MOST_WEEKS} sets of hours of one doctor`);
    const at = movedTo(branch);
    const of = { doctorId: objectId(doctor.id, 'doctor'), ...at, fromDay: input.fromDay };
    await scheduleModel(ctx).updateOne(
      of,
      { $set: { ...week, ...at, savedByName: ctx.actor.name } },
      { upsert: true, session },
    );
    ctx.audit?.about(`doctor:${doctor.id}`);
    noteChange(ctx, before ? factsOf(before) : null, factsOf(week), [
      ...(['fromDay', 'hours', 'slotMinutes', 'capacity', 'walkInPercent'] as const),
    ]);
    return { doctorName: doctor.name, fromDay: input.fromDay };
  });
}

/** Takes a week of a doctor away: the one before it holds again. @throws AppError NOT_FOUND, CONFLICT. */
export async function deleteSchedule(
  ctx: TenantContext,
  { scheduleId, seen }: { scheduleId: string; seen: string },
  now = new Date(),
): Promise<Changed<null>> {
  const _id = objectId(scheduleId, 'schedule');
  const week = await getWeek(ctx, scheduleId);
  return applyChange(ctx, { change: scheduleEnd(week), seen, now }, async (session) => {
    const { deletedCount } = await scheduleModel(ctx).deleteOne({ _id }, { session });
    if (deletedCount === 0) throw notFoundError('schedule');
    return null;
  });
}

/** Enters leave of a doctor, or a holiday of all. @throws AppError NOT_FOUND, INVALID_INPUT, CONFLICT. */
export async function addAbsence(
  ctx: TenantContext,
  { seen, ...input }: AddAbsenceInput,
  now = new Date(),
): Promise<Changed<{ who: string }>> {
  if (input.toDay < today(ctx.timeZone, now))
    throw new AppError('INVALID_INPUT', 'These days have passed.', { field: 'toDay' });
  const doctor = input.doctorId === EVERYBODY ? null : await findDoctor(ctx, input.doctorId);
  const { fromDay, toDay, from, to, reason } = input;
  const row = {
    _id: newObjectId(),
    ...(doctor ? { doctorId: objectId(doctor.id, 'doctor') } : {}),
    ...(!doctor && input.branchId ? { onlyAt: branchFor(ctx, input.branchId).id } : {}),
    ...{ fromDay, toDay, reason, savedByName: ctx.actor.name },
    ...(from && to ? { from, to } : {}),
  };
  return applyChange(ctx, { change: absenceChange(input), seen, now }, async (session) => {
    const open = await absenceModel(ctx).countDocuments(
      { toDay: op({ $gte: today(ctx.timeZone, now) }) },
      { session },
    );
    if (open >= MOST_ABSENCES) throw tooMany(`${MOST_ABSENCES} absences to come`);
    await absenceModel(ctx).create([row], { session });
    ctx.audit?.about(`absence:${row._id}`);
    noteChange(ctx, null, { fromDay, toDay, doctor: doctor?.name ?? 'Everybody' }, [
      ...(['fromDay', 'toDay', 'doctor'] as const),
    ]);
    return { who: doctor?.name ?? reason };
  });
}

/**
 * The days are worked again; who has been left by it and was not moved yet has the time back. Nothing is
 * asked: who does not fit even so did not fit before, and comes onto the list.
 */
export async function deleteAbsence(
  ctx: TenantContext,
  absenceId: string,
  now = new Date(),
): Promise<Changed<null>> {
  const _id = objectId(absenceId, 'absence');
  const row = await absenceModel(ctx).findById(_id).lean();
  if (!row) throw notFoundError('absence');
  return applyChange(ctx, { change: absenceEnd(toAbsence(row)), seen: null, now }, async (session) => {
    const { deletedCount } = await absenceModel(ctx).deleteOne({ _id }, { session });
    if (deletedCount === 0) throw notFoundError('absence');
    return null;
  });
}

/** `seen`: whom the form has shown as left without their time; null where it asks nothing. */
type Pending = { change: PlanChange; seen: string | null; now: Date };

/**
 * Writes a change of what doctors do, with a mark on each appointment that it leaves and without it on those
 * that have their time again; nobody can book with these doctors meanwhile.
 */
async function applyChange<T>(
  ctx: TenantContext,
  { change, seen, now }: Pending,
  write: (session: ClientSession) => Promise<T>,
): Promise<Changed<T>> {
  const doctorIds = change.doctorId ? [change.doctorId] : await everybody(ctx, now);
  await Promise.all(doctorIds.map((id) => openPlan(ctx, id)));
  return auditedWrite(ctx, async (session) => {
    for (const id of doctorIds) await lockPlan(ctx, id, session);
    const since = today(ctx.timeZone, now);
    const before = await readPlans(ctx, {
      ...(change.doctorId ? { doctorIds } : {}),
      since,
      session,
    });
    const effect = await effectOf(ctx, change, before, now, session);
    if (seen !== null && effect.seen !== seen) throw notShown(effect.left.length);
    const data = await write(session);
    const ids = effect.left.map(({ id }) => objectId(id));
    if (ids.length > 0)
      await appointmentModel(ctx).updateMany(
        { _id: op({ $in: ids }) },
        { $set: { strandedAt: now } },
        { session },
      );
    if (effect.found.length > 0)
      await appointmentModel(ctx).updateMany(
        { _id: op({ $in: effect.found.map(({ _id }) => objectId(_id.toString())) }) },
        { $unset: { strandedAt: '' } },
        { session },
      );
    return { data, left: ids.length };
  });
}

/** Whose patients a holiday may concern: also of those who have left and are still booked. */
async function everybody(ctx: TenantContext, now: Date): Promise<string[]> {
  const booked = await appointmentModel(ctx).distinct('doctorId', {
    day: op({ $gte: today(ctx.timeZone, now) }),
    status: 'booked',
  });
  const doctors = await listDoctors(ctx);
  return [...new Set([...doctors.map(({ id }) => id), ...booked.map(String)])].sort();
}

/** A doctor is at one place at a time. @throws AppError CONFLICT. */
function assertApart(ctx: TenantContext, week: Pick<WeeklyHours, 'hours'>, other: DoctorWeek): void {
  const clash = clashOf(week, other);
  if (!clash) return;
  const where = branchNameOf(ctx, other.branchId) ?? 'another branch';
  throw new AppError(
    'CONFLICT',
    `On ${WEEKDAYS[clash.weekday]} the doctor is at ${where} from ${clash.from} to ${clash.to}. Change the hours there first.`,
    { field: `hours${clash.weekday}` },
  );
}

const factsOf = (week: WeeklyHours) => ({
  fromDay: formatDay(week.fromDay),
  hours: weekText(week),
  slotMinutes: week.slotMinutes,
  capacity: week.capacity,
  walkInPercent: week.walkInPercent,
});

const tooMany = (what: string): AppError =>
  new AppError('LIMIT_REACHED', `More than ${what} cannot be kept. Delete what is over first.`);

const notShown = (count: number): AppError =>
  new AppError(
    'CONFLICT',
    count === 0
      ? 'Who is booked has changed meanwhile: nobody is left without a time any more. Press again to save.'
      : `${count === 1 ? 'One patient is' : `${count} patients are`} booked in this time. Look at the list below, then press again: they will be on the list of patients to call.`,
    { field: 'seen' },
  );

const changedMeanwhile = (): AppError =>
  new AppError(
    'CONFLICT',
    'A colleague has changed the hours of this doctor meanwhile. Nothing was overwritten, and what you typed is still here.',
  );
