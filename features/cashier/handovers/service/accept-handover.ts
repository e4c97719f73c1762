import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { branchIdOf, branchNameOf } from '@/lib/branches';
import { AppError } from '@/lib/errors';
import { newObjectId, op } from '@/lib/mongo';
import { storedAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { getBillSettings } from '../../bill-settings/queries';
import { openShiftModel, shiftModel } from '../../shifts/model';
import { countedMinor } from '../../shifts/policy';
import { actorIdOf } from '../../shifts/queries';
import { readCount } from '../../shifts/service';
import type { Handover, HandoverRow } from '../dto';
import type { AcceptHandoverInput } from '../schema';
import { answer, isTo } from './answer-handover';

/**
 * Takes a drawer over with one's own count: the shift of who gave it ends, and the cash is in one's own from
 * now on. Two counts that differ, and slips that are not there, are named and explained.
 * @throws AppError NOT_FOUND, CONFLICT when it has been answered or one's own shift is of another day;
 * INVALID_INPUT without a reason.
 */
export async function acceptHandover(ctx: TenantContext, input: AcceptHandoverInput): Promise<Handover> {
  const { currency } = await getBillSettings(ctx);
  const count = readCount(input, currency.code);
  const received = countedMinor(count);
  return answer(ctx, input.handoverId, isTo(ctx), async (row, session) => {
    const there = new Set(input.slip);
    const slips = row.slips.map((one, index) => ({ ...one, isThere: there.has(index) }));
    const isAsGiven = received === row.countedMinor && slips.every(({ isThere }) => isThere);
    // As with any count: neither how much nor which way.
    if (!isAsGiven && !input.reason)
      throw new AppError(
        'INVALID_INPUT',
        'This is not what was handed over. Count again together, refuse it, or write what may be the reason.',
        { field: 'reason' },
      );
    const shift = await closeGiven(ctx, row, session);
    const toShiftId = await putIntoOwn(ctx, { received, floatMinor: shift.floatMinor }, session);
    return {
      ...{ status: 'accepted', toShiftId, slips, receivedMinor: received },
      receivedCount: count.map((one) => ({ ...one })),
      receivedDifferenceMinor: received - row.countedMinor,
      ...(input.reason ? { answer: input.reason } : {}),
    };
  });
}

/** Cash goes from hand to hand, and no drawer holds that of two branches. @throws AppError CONFLICT. */
function assertHere(ctx: TenantContext, shift: { branchId?: Types.ObjectId | null }, what: string): void {
  const at = branchIdOf(shift);
  if (at !== ctx.branch.id)
    throw new AppError(
      'CONFLICT',
      `${what} is at ${branchNameOf(ctx, at)}, and you work at ${ctx.branch.name}.`,
    );
}

/** The shift of who gave its drawer ends with their count, of which nothing is left in it. */
async function closeGiven(ctx: TenantContext, row: HandoverRow, session: ClientSession) {
  const shift = await shiftModel(ctx)
    .findOneAndUpdate(
      { _id: row.shiftId, status: 'open', handoverId: row._id },
      {
        $set: {
          ...{ status: 'closed' as const, closedAt: new Date() },
          ...{ closedById: row.fromId, closedByName: row.fromName },
          count: row.count.map(({ kind, faceMinor, pieces }) => ({ kind, faceMinor, pieces })),
          ...{ countedMinor: row.countedMinor, expectedMinor: row.expectedMinor },
          ...{ differenceMinor: row.differenceMinor, depositedMinor: 0, isToDeposit: false },
          ...{ handedMinor: row.countedMinor, handedToName: row.toName },
          ...(row.reason ? { reason: row.reason } : {}),
        },
        $unset: { handoverId: '' },
      },
      { session },
    )
    .lean();
  if (!shift) throw new AppError('CONFLICT', 'This shift is closed by now.');
  assertHere(ctx, shift, 'This drawer');
  await openShiftModel(ctx).deleteOne({ _id: row.fromId }, { session });
  return shift;
}

/** Into the open shift of the person who takes over, or into one that begins with it. */
async function putIntoOwn(
  ctx: TenantContext,
  { received, floatMinor }: { received: number; floatMinor: number },
  session: ClientSession,
): Promise<Types.ObjectId> {
  const at = new Date();
  const day = today(ctx.timeZone, at);
  const cashierId = actorIdOf(ctx);
  const open = await openShiftModel(ctx).findById(cashierId).session(session).lean();
  if (open) {
    const own = await shiftModel(ctx)
      .findOneAndUpdate(
        { _id: open.shiftId, status: 'open', handoverId: op({ $exists: false }) },
        { $inc: { receivedMinor: received } },
        { session },
      )
      .lean();
    if (!own) throw new AppError('CONFLICT', 'Your own drawer is being handed over. Take that back first.');
    assertHere(ctx, own, 'Your own drawer');
    if (own.day !== day)
      throw new AppError('CONFLICT', 'Your own shift is of an earlier day. Count and close it first.');
    return own._id;
  }
  const _id = newObjectId();
  const float = Math.min(floatMinor, received);
  await openShiftModel(ctx).create([{ _id: cashierId, shiftId: _id }], { session });
  const row = {
    ...{ _id, cashierId, cashierName: ctx.actor.name, day, openedAt: at, status: 'open' as const },
    ...storedAt(ctx.branch),
    ...{ floatMinor: float, receivedMinor: received - float, receipts: 0 },
    totals: { cash: 0, card: 0, upi: 0, transfer: 0, cheque: 0 },
  };
  await shiftModel(ctx).create([row], { session });
  return _id;
}
