import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { branchIdOf, branchNameOf } from '@/lib/branches';
import { AppError } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, formatDay } from '@/lib/time';
import { openShiftModel, shiftModel } from '../model';
import { type DrawerMethod, expectedCash } from '../policy';
import { actorIdOf } from '../queries';

export const noShift = (): AppError =>
  new AppError('CONFLICT', 'Open your shift first, with the cash that is in the drawer.');

/** @throws AppError CONFLICT while a colleague is asked to take it over. */
export function assertNotHandedOver({
  handoverId,
}: {
  handoverId?: Types.ObjectId | null | undefined;
}): void {
  if (handoverId)
    throw new AppError(
      'CONFLICT',
      'This drawer is being handed over. Wait for the answer, or take the handover back first.',
    );
}

/** Money by method that moves through a drawer; less than nothing is paid out. */
export type DrawerMovement = Partial<Record<DrawerMethod, number>>;

/**
 * Puts money into the open shift of the person who works, in the transaction of the receipt.
 * @throws AppError CONFLICT without a shift of today at the branch where they are, or when more cash would
 * leave than the drawer holds.
 */
export async function moveThroughShift(
  ctx: TenantContext,
  day: Day,
  moved: DrawerMovement,
  session: ClientSession,
  { isReceipt = true }: { isReceipt?: boolean } = {},
) {
  const open = await openShiftModel(ctx).findById(actorIdOf(ctx)).session(session).lean();
  if (!open) throw noShift();
  const raised = Object.fromEntries(
    Object.entries(moved).map(([method, minor]) => [`totals.${method}`, minor]),
  );
  const shift = await shiftModel(ctx)
    .findOneAndUpdate(
      { _id: open.shiftId, status: 'open' },
      { $inc: { ...raised, ...(isReceipt ? { receipts: 1 } : {}) } },
      { session, returnDocument: 'after' },
    )
    .lean();
  if (!shift) throw noShift();
  assertNotHandedOver(shift);
  if (branchIdOf(shift) !== ctx.branch.id)
    throw new AppError(
      'CONFLICT',
      `Your shift is open at ${branchNameOf(ctx, branchIdOf(shift))}. Work there, or count and close it first.`,
    );
  if (shift.day !== day)
    throw new AppError(
      'CONFLICT',
      `Your shift of ${formatDay(shift.day)} is still open. Count and close it, then open one for today.`,
    );
  if ((moved.cash ?? 0) < 0 && expectedCash(shift) < 0)
    throw new AppError('CONFLICT', 'There is not that much cash in your drawer.');
  return { shiftId: shift._id, cashierId: shift.cashierId, cashierName: shift.cashierName };
}
