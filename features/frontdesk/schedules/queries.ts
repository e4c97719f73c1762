import 'server-only';
import type { ClientSession } from 'mongoose';
import { FIRST_BRANCH_ID } from '@/lib/branches';
import { notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import type { Day } from '@/lib/time';
import { type Absence, type DoctorWeek, toAbsence, toDoctorWeek } from './dto';
import { absenceModel, scheduleModel } from './model';
import { type DayPlan, NOT_HERE, planOn } from './policy';

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

/** Whether anybody's hours are set. */
export const hasHours = async (ctx: Db): Promise<boolean> => (await scheduleModel(ctx).exists({})) !== null;

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

  /** @param here the branch that is meant where none is named */
  constructor(
    readonly weeks: readonly DoctorWeek[],
    readonly absences: readonly Absence[],
    readonly here: string = FIRST_BRANCH_ID,
  ) {
    for (const week of weeks)
      this.#weeks.set(week.doctorId, [...(this.#weeks.get(week.doctorId) ?? []), week]);
  }

  /** What the doctor does at a branch. Who has hours elsewhere alone is not there. */
  of(doctorId: string, day: Day, branchId = this.here): DayPlan {
    const key = `${doctorId} ${day} ${branchId}`;
    const known = this.#plans.get(key);
    if (known) return known;
    const all = this.#weeks.get(doctorId) ?? [];
    const there = all.filter((week) => week.branchId === branchId);
    const plan = planOn(
      day,
      there.length === 0 && all.length > 0 ? [NOT_HERE] : there,
      this.absences.filter((each) =>
        each.isHoliday ? each.onlyAt === null || each.onlyAt === branchId : each.doctorId === doctorId,
      ),
    );
    this.#plans.set(key, plan);
    return plan;
  }

  /** At every branch at which the doctor has hours; without hours, the usual day. */
  everywhere(doctorId: string, day: Day): DayPlan[] {
    const places = [...new Set((this.#weeks.get(doctorId) ?? []).map(({ branchId }) => branchId))];
    return (places.length === 0 ? [this.here] : places).map((branchId) => this.of(doctorId, day, branchId));
  }
}

/** Where somebody is who asks; a job is at the first branch. */
type At = Db & { branch?: { id: string } };

/** The plans of doctors from a day on; of all of them where none are named. */
export async function readPlans(
  ctx: At,
  {
    doctorIds,
    since,
    session,
  }: { doctorIds?: readonly string[]; since: Day; session?: ClientSession | undefined },
): Promise<Plans> {
  // One after the other: a session takes one command at a time.
  const weeks = await listWeeks(ctx, doctorIds, session);
  return new Plans(weeks, await listAbsences(ctx, since, session), ctx.branch?.id);
}

/** The plan of one doctor's day at a branch. */
export const readDayPlan = async (
  ctx: Db,
  { doctorId, day, branchId }: { doctorId: string; day: Day; branchId: string },
  session?: ClientSession,
): Promise<DayPlan> =>
  (await readPlans(ctx, { doctorIds: [doctorId], since: day, session })).of(doctorId, day, branchId);
