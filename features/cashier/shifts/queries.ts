import 'server-only';
import { keyAt } from '@/lib/branches';
import { notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import { hereOnly } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import { type Shift, toShift } from './dto';
import { moneyDayModel, openShiftModel, shiftModel } from './model';
import { cashLeft } from './policy';

const MOST = 50;

export const actorIdOf = ({ actor }: TenantContext): string =>
  actor.kind === 'staff' ? actor.userId : 'system';

/** The open shift of the person who asks, whatever day it is from; null without one. */
export async function findOwnShift(ctx: TenantContext): Promise<Shift | null> {
  const open = await openShiftModel(ctx).findById(actorIdOf(ctx)).lean();
  const row = open ? await shiftModel(ctx).findById(open.shiftId).lean() : null;
  return row ? toShift(row) : null;
}

/** One's own shifts, newest first. At most 50. */
export async function listOwnShifts(ctx: TenantContext): Promise<Shift[]> {
  const rows = await shiftModel(ctx)
    .find({ cashierId: actorIdOf(ctx) })
    .sort({ openedAt: -1, _id: -1 })
    .limit(MOST)
    .lean();
  return rows.map(toShift);
}

/** Everybody's shifts of a day at the branch, newest first. At most 50. */
export async function listShiftsOf(ctx: TenantContext, day: Day): Promise<Shift[]> {
  const rows = await shiftModel(ctx)
    .find({ day, ...hereOnly(ctx) })
    .sort({ openedAt: -1, _id: -1 })
    .limit(MOST)
    .lean();
  return rows.map(toShift);
}

/** Shifts that nobody has closed, the oldest first. At most 50. */
export async function listOpenShifts(ctx: TenantContext): Promise<Shift[]> {
  const rows = await shiftModel(ctx)
    .find({ status: 'open', ...hereOnly(ctx) })
    .sort({ openedAt: 1, _id: 1 })
    .limit(MOST)
    .lean();
  return rows.map(toShift);
}

/** The find behind the closed shifts whose takings are still here. */
export const findShiftsToDeposit = (ctx: TenantContext) =>
  shiftModel(ctx)
    .find({ isToDeposit: true, ...hereOnly(ctx) })
    .sort({ openedAt: 1, _id: 1 })
    .limit(MOST);

/** What of each is here, and how much of that is more than its float. At most 50. */
export async function listShiftsToDeposit(ctx: TenantContext) {
  const rows = await findShiftsToDeposit(ctx).lean();
  return rows.map((row) => {
    const leftMinor = cashLeft(row);
    const takingsMinor = leftMinor - row.floatMinor;
    return { id: row._id.toString(), cashierName: row.cashierName, day: row.day, leftMinor, takingsMinor };
  });
}

/** A shift by its id. @throws AppError NOT_FOUND */
export async function getShift(ctx: TenantContext, shiftId: string): Promise<Shift> {
  const row = await shiftModel(ctx).findById(objectId(shiftId, 'shift')).lean();
  if (!row) throw notFoundError('shift');
  return toShift(row);
}

export type ClosedDay = { at: string; byName: string; billedMinor: number; collectedMinor: number };

/** Who closed a day and with what; null while it is open. */
export async function findClosedDay(ctx: TenantContext, day: Day): Promise<ClosedDay | null> {
  const row = await moneyDayModel(ctx).findById(keyAt(day, ctx.branch)).lean();
  if (!row?.isClosed) return null;
  return {
    at: row.closedAt?.toISOString() ?? '',
    byName: row.closedByName ?? '',
    billedMinor: row.billedMinor ?? 0,
    collectedMinor: row.collectedMinor ?? 0,
  };
}
