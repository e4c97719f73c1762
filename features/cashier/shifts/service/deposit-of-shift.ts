import 'server-only';
import type { ClientSession } from 'mongoose';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftModel } from '../model';
import { cashLeft } from '../policy';

/**
 * Takes cash of a closed shift to the bank, in the transaction of the deposit; an amount below zero has come
 * back.
 * @throws AppError NOT_FOUND, CONFLICT when it is open or there is not that much of it left.
 */
export async function depositOfShift(
  ctx: TenantContext,
  shiftId: string,
  amountMinor: number,
  session: ClientSession,
) {
  const _id = objectId(shiftId, 'shift');
  const row = await shiftModel(ctx)
    .findOneAndUpdate(
      { _id, status: 'closed' },
      { $inc: { depositedMinor: amountMinor } },
      { session, returnDocument: 'after' },
    )
    .lean();
  if (!row && (await shiftModel(ctx).exists({ _id }).session(session)))
    throw new AppError('CONFLICT', 'This shift is still open. Count and close it first.');
  if (!row) throw notFoundError('shift');
  const left = cashLeft(row);
  if (left < 0)
    throw new AppError('CONFLICT', `There is not that much left of the shift of ${row.cashierName}.`, {
      field: 'amount',
    });
  const isToDeposit = left > row.floatMinor;
  await shiftModel(ctx).updateOne({ _id }, { $set: { isToDeposit } }, { session });
  return { shiftId: _id, cashierName: row.cashierName, shiftDay: row.day };
}
