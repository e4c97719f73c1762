import 'server-only';
import { formatAmount } from '@/lib/currency';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { minorIn } from '../../bill-settings/service';
import { coinProblem } from '../../shifts/policy';
import type { Receipt } from '../dto';
import { receiptModel } from '../model';
import type { RefundAdvanceInput } from '../schema';
import { giveBack } from './give-back';
import { findReceiptByKey, writeMoney, writeReceipt } from './write-receipt';

/**
 * Gives back what is unused of an advance, the way it came. @throws AppError NOT_FOUND, CONFLICT for more
 * than is left.
 */
export async function refundAdvance(ctx: TenantContext, input: RefundAdvanceInput): Promise<Receipt> {
  const _id = objectId(input.receiptId, 'receipt');
  return writeMoney(
    ctx,
    () =>
      findReceiptByKey(
        ctx,
        input.requestKey,
        (row) =>
          row.tenders[0]?.ofReceiptId?.equals(_id) === true &&
          row.amountMinor === 0 - minorIn(row.currency, input.amount, 'amount'),
      ),
    async (scope) => {
      const { session, settings } = scope;
      const amount = minorIn(settings.currency.code, input.amount, 'amount');
      if (amount === 0) throw new AppError('INVALID_INPUT', 'Enter the amount.', { field: 'amount' });
      const advance = await receiptModel(ctx).findOne({ _id, kind: 'advance' }).session(session).lean();
      if (!advance) throw notFoundError('advance');
      const odd =
        advance.tenders[0]?.method === 'cash'
          ? coinProblem(amount, settings.currency, advance.leftMinor ?? 0)
          : null;
      if (odd) throw new AppError('INVALID_INPUT', odd, { field: 'amount' });
      const row = await receiptModel(ctx)
        .findOneAndUpdate(
          { _id, leftMinor: op({ $gte: amount }) },
          { $inc: { leftMinor: -amount } },
          { session, returnDocument: 'after' },
        )
        .lean();
      if (!row)
        throw new AppError(
          'CONFLICT',
          `Only ${formatAmount(advance.leftMinor ?? 0, settings.currency)} of this advance is left.`,
          { field: 'amount' },
        );
      if (row.leftMinor === 0)
        await receiptModel(ctx).updateOne({ _id }, { $set: { isHeld: false } }, { session });
      const { tenders, missingMinor } = await giveBack(ctx, [advance], amount, scope);
      if (missingMinor > 0) throw new AppError('CONFLICT', 'This advance has been given back already.');
      ctx.audit?.about(`receipt:${_id}`);
      const { patientId, patient } = advance;
      return writeReceipt(
        ctx,
        {
          kind: 'refund',
          patientId,
          patient: { name: patient.name, number: patient.number },
          tenders,
          reason: input.reason,
          requestKey: input.requestKey,
        },
        scope,
      );
    },
  );
}
