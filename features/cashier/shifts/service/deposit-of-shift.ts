import 'server-only';
import type { ClientSession } from 'mongoose';
import type { Currency } from '@/lib/currency';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftModel } from '../model';
import { cashLeft, coinProblem } from '../policy';

/**
 * Takes cash of a closed shift to the bank, in the transaction of the deposit; an amount below zero has come
 * back, as it was.
 * @throws AppError NOT_FOUND, CONFLICT when it is open or there is not that much of it left; INVALID_INPUT
 * for what no coins make.
 */
export async function depositOfShift(
  ctx: TenantContext,
  shiftId: string,
  amountMinor: number,
  { session, currency }: { session: ClientSession; currency: Currency },
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
  const odd = amountMinor > 0 ? coinProblem(amountMinor, currency, left + amountMinor) : null;
  if (odd) throw new AppError('INVALID_INPUT', odd, { field: 'amount' });
  const isToDeposit = left > row.floatMinor;
  await shiftModel(ctx).updateOne({ _id }, { $set: { isToDeposit } }, { session });
  return { shiftId: _id, cashierName: row.cashierName, shiftDay: row.day };
}
