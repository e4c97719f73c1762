import 'server-only';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { minorIn } from '@/features/cashier/bill-settings/service';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { formatAmount } from '@/lib/currency';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { type GoodsReceipt, toGoodsReceipt } from '../dto';
import { goodsReceiptModel, supplierPaymentModel } from '../model';
import type { PaySupplierInput } from '../schema';

/**
 * Notes that an invoice was paid, or part of it. The same press that arrives twice happens once.
 * @throws AppError NOT_FOUND, INVALID_INPUT, CONFLICT for more than is due.
 */
export async function paySupplier(
  ctx: TenantContext,
  { requestKey, method, amount, reference, receiptId }: PaySupplierInput,
  now = new Date(),
): Promise<GoodsReceipt> {
  const _id = objectId(receiptId, 'invoice');
  const { currency } = await getBillSettings(ctx);
  const amountMinor = minorIn(currency.code, amount, 'amount');
  if (amountMinor === 0)
    throw new AppError('INVALID_INPUT', 'Enter the amount, above 0.', { field: 'amount' });
  const save = () =>
    auditedWrite(ctx, async (session) => {
      const receipts = goodsReceiptModel(ctx);
      // Touched first, so that two payments of one invoice come one after the other.
      const before = await receipts
        .findOneAndUpdate({ _id }, { $set: { updatedAt: now } }, { session, returnDocument: 'after' })
        .lean();
      if (!before) throw notFoundError('invoice');
      if (await supplierPaymentModel(ctx).exists({ requestKey }).session(session))
        return toGoodsReceipt(before);
      if (amountMinor > before.dueMinor)
        throw new AppError('CONFLICT', `Only ${formatAmount(before.dueMinor, currency)} are due.`, {
          field: 'amount',
        });
      await supplierPaymentModel(ctx).create(
        [
          {
            ...{ requestKey, receiptId: _id, supplierId: before.supplierId, method, amountMinor, at: now },
            ...(reference ? { reference } : {}),
            day: today(ctx.timeZone, now),
            byUserId: ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system',
            byName: ctx.actor.name,
          },
        ],
        { session },
      );
      const dueMinor = before.dueMinor - amountMinor;
      const row = await receipts
        .findOneAndUpdate(
          { _id },
          { $inc: { paidMinor: amountMinor }, $set: { dueMinor, isDue: dueMinor > 0 } },
          { session, returnDocument: 'after' },
        )
        .orFail()
        .lean();
      noteChange(ctx, before, row, ['paidMinor', 'dueMinor']);
      return toGoodsReceipt(row);
    });
  try {
    return await save();
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    // The same press at the same moment: now there is something to find.
    return save();
  }
}
