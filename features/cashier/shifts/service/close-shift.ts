import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { getBillSettings } from '../../bill-settings/queries';
import { type Shift, toShift } from '../dto';
import { openShiftModel, shiftModel } from '../model';
import { type Count, countedMinor, denominationKey, denominationsOf, expectedCash } from '../policy';
import { actorIdOf } from '../queries';
import type { CloseOtherShiftInput, CloseShiftInput, TypedCount } from '../schema';
import { assertNotHandedOver, noShift } from './move-through-shift';

/** The count as typed, by the denominations of the currency. @throws AppError INVALID_INPUT for others. */
export function readCount(input: TypedCount, currency: string): Count {
  const known = new Map(denominationsOf(currency).map((one) => [denominationKey(one), one]));
  return input.denomination.map((key, index) => {
    const denomination = known.get(key);
    if (!denomination) throw new AppError('INVALID_INPUT', 'Open this again.', { field: 'pieces' });
    return { ...denomination, pieces: input.pieces[index] ?? 0 };
  });
}

/**
 * Closes one's own shift with what was counted. What the drawer should hold is said only afterwards.
 * @throws AppError CONFLICT without an open shift, INVALID_INPUT for a difference without a reason.
 */
export function closeShift(ctx: TenantContext, input: CloseShiftInput): Promise<Shift> {
  return closeDrawer(ctx, input, async (session) => {
    const open = await openShiftModel(ctx).findById(actorIdOf(ctx)).session(session).lean();
    if (!open) throw noShift();
    return open;
  });
}

/**
 * Closes a shift that its cashier has left open, with what a manager counted in the drawer. It says who did.
 * @throws AppError NOT_FOUND, CONFLICT when it is closed, INVALID_INPUT for a difference without a reason.
 */
export function closeOtherShift(ctx: TenantContext, input: CloseOtherShiftInput): Promise<Shift> {
  const shiftId = objectId(input.shiftId, 'shift');
  return closeDrawer(ctx, input, async (session) => {
    const shift = await shiftModel(ctx).findById(shiftId).session(session).select('cashierId').lean();
    if (!shift) throw notFoundError('shift');
    const open = await openShiftModel(ctx).findById(shift.cashierId).session(session).lean();
    if (!open?.shiftId.equals(shiftId)) throw new AppError('CONFLICT', 'This shift is closed already.');
    return open;
  });
}

/** Neither how much nor which way: who knew it could take it out or put it in before the reason. */
export function assertExplained({ reason }: { reason?: string | undefined }): void {
  if (!reason)
    throw new AppError(
      'INVALID_INPUT',
      'The count is not what the drawer should hold. Count again, or write what may be the reason.',
      { field: 'reason' },
    );
}

type OpenDrawer = { _id: string; shiftId: Types.ObjectId };

async function closeDrawer(
  ctx: TenantContext,
  input: CloseShiftInput,
  findOpen: (session: ClientSession) => Promise<OpenDrawer>,
): Promise<Shift> {
  const { currency } = await getBillSettings(ctx);
  const count = readCount(input, currency.code);
  const counted = countedMinor(count);
  return auditedWrite(ctx, async (session) => {
    const open = await findOpen(session);
    // Touched before it is read: a receipt at the same moment comes before or not at all.
    const shift = await shiftModel(ctx)
      .findOneAndUpdate({ _id: open.shiftId, status: 'open' }, { $set: { status: 'closed' } }, { session })
      .lean();
    if (!shift) throw noShift();
    assertNotHandedOver(shift);
    const expected = expectedCash(shift);
    const difference = counted - expected;
    if (difference !== 0) assertExplained(input);
    const row = await shiftModel(ctx)
      .findOneAndUpdate(
        { _id: shift._id },
        {
          $set: {
            closedAt: new Date(),
            closedById: actorIdOf(ctx),
            closedByName: ctx.actor.name,
            count: count.map((one) => ({ ...one })),
            countedMinor: counted,
            expectedMinor: expected,
            differenceMinor: difference,
            depositedMinor: 0,
            isToDeposit: counted > shift.floatMinor,
            ...(input.reason ? { reason: input.reason } : {}),
          },
        },
        { session, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    await openShiftModel(ctx).deleteOne({ _id: open._id }, { session });
    ctx.audit?.about(`shift:${row._id}`);
    noteChange<Record<string, unknown>>(ctx, null, row, [
      ...(['cashierName', 'day', 'closedByName'] as const),
      ...(['countedMinor', 'expectedMinor', 'differenceMinor'] as const),
    ]);
    return toShift(row);
  });
}
