import 'server-only';
import type { ClientSession } from 'mongoose';
import { notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import type { Day } from '@/lib/time';
import { type Absence, type DoctorWeek, toAbsence, toDoctorWeek } from './dto';
import { absenceModel, scheduleModel } from './model';
import { type DayPlan, planOn } from './policy';

type Db = { db: TenantDatabase };

/**
 * The find behind the weeks; of all doctors without any. Whole: a week that is left out would be a doctor
 * without hours. What one doctor may have is bounded where it is written.
 */
export const findWeeks = (ctx: Db, doctorIds?: readonly string[]) =>
  scheduleModel(ctx)
    .find(doctorIds ? { doctorId: op({ $in: doctorIds.map((id) => objectId(id, 'doctor')) }) } : {})
    .sort({ doctorId: 1, fromDay: -1 });

/** The find behind what has not ended before a day. Whole, as the weeks are. */
export const findAbsences = (ctx: Db, since: Day) =>
  absenceModel(ctx)
    .find({ toDay: op({ $gte: since }) })
    .sort({ toDay: 1, fromDay: 1, _id: 1 });

export async function listWeeks(
  ctx: Db,
  doctorIds?: readonly string[],
  session?: ClientSession,
): Promise<DoctorWeek[]> {
  const rows = await findWeeks(ctx, doctorIds)
    .session(session ?? null)
    .lean();
  return rows.map(toDoctorWeek);
}

/** @throws AppError NOT_FOUND */
export async function getWeek(ctx: Db, scheduleId: string): Promise<DoctorWeek> {
  const row = await scheduleModel(ctx).findById(objectId(scheduleId, 'schedule')).lean();
  if (!row) throw notFoundError('schedule');
  return toDoctorWeek(row);
}

/** Leave and holidays that have not ended before a day, the soonest to end first. */
export async function listAbsences(ctx: Db, since: Day, session?: ClientSession): Promise<Absence[]> {
  const rows = await findAbsences(ctx, since)
    .session(session ?? null)
    .lean();
  return rows.map(toAbsence);
}

/** What doctors do on days: the weeks and the absences, read once. */
export class Plans {
  readonly #plans = new Map<string, DayPlan>();
  readonly #weeks = new Map<string, DoctorWeek[]>();

  constructor(
    readonly weeks: readonly DoctorWeek[],
    readonly absences: readonly Absence[],
  ) {
    for (const week of weeks)
      this.#weeks.set(week.doctorId, [...(this.#weeks.get(week.doctorId) ?? []), week]);
  }

  of(doctorId: string, day: Day): DayPlan {
    const key = `${doctorId} ${day}`;
    const known = this.#plans.get(key);
    if (known) return known;
    const plan = planOn(
      day,
      this.#weeks.get(doctorId) ?? [],
      this.absences.filter((each) => each.isHoliday || each.doctorId === doctorId),
    );
    this.#plans.set(key, plan);
    return plan;
  }
}

/** The plans of doctors from a day on; of all of them where none are named. */
export async function readPlans(
  ctx: Db,
  {
    doctorIds,
    since,
    session,
  }: { doctorIds?: readonly string[]; since: Day; session?: ClientSession | undefined },
): Promise<Plans> {
  // One after the other: a session takes one command at a time.
  const weeks = await listWeeks(ctx, doctorIds, session);
  return new Plans(weeks, await listAbsences(ctx, since, session));
}

/** The plan of one doctor's day. */
export const readDayPlan = async (
  ctx: Db,
  doctorId: string,
  day: Day,
  session?: ClientSession,
): Promise<DayPlan> =>
  (await readPlans(ctx, { doctorIds: [doctorId], since: day, session })).of(doctorId, day);
