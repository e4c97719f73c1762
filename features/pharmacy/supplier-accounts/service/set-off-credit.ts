import 'server-only';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { minorIn } from '@/features/cashier/bill-settings/service';
import { goodsReceiptModel, supplierPaymentModel } from '@/features/pharmacy/goods-receipts/model';
import { type SupplierReturn, toSupplierReturn } from '@/features/pharmacy/supplier-returns/dto';
import { supplierReturnModel } from '@/features/pharmacy/supplier-returns/model';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { formatAmount } from '@/lib/currency';
import { AppError, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import type { SetOffInput } from '../schema';

/**
 * Sets a credit note of a supplier off against one of its invoices, or part of it: no money goes anywhere.
 * @throws AppError NOT_FOUND; INVALID_INPUT for nothing; CONFLICT for more than is left of the credit or due,
 * for an invoice of another supplier, or when a colleague was first.
 */
export async function setOffCredit(
  ctx: TenantContext,
  { returnId, version, receiptId, amount }: SetOffInput,
  now = new Date(),
): Promise<SupplierReturn> {
  const [creditId, invoiceId] = [objectId(returnId, 'credit note'), objectId(receiptId, 'invoice')];
  const { currency } = await getBillSettings(ctx);
  const amountMinor = minorIn(currency.code, amount, 'amount');
  if (amountMinor <= 0)
    throw new AppError('INVALID_INPUT', 'Enter the amount, above 0.', { field: 'amount' });
  const refuse = (sentence: string) => new AppError('CONFLICT', sentence, { field: 'amount' });
  return auditedWrite(ctx, async (session) => {
    const credit = await supplierReturnModel(ctx).findById(creditId).session(session).lean();
    if (credit?.state !== 'credited') throw notFoundError('credit note');
    if (credit.version !== version)
      throw new AppError('CONFLICT', 'A colleague has used some of this credit note meanwhile.');
    const left = (credit.creditedMinor ?? 0) - (credit.usedMinor ?? 0);
    if (amountMinor > left)
      throw refuse(`Only ${formatAmount(left, currency)} of this credit note are left.`);
    const invoice = await goodsReceiptModel(ctx).findById(invoiceId).session(session).lean();
    if (!invoice) throw notFoundError('invoice');
    if (!invoice.supplierId.equals(credit.supplierId))
      throw refuse(`${invoice.invoiceNumber} is an invoice of ${invoice.supplierName}.`);
    if (amountMinor > invoice.dueMinor)
      throw refuse(`Only ${formatAmount(invoice.dueMinor, currency)} of this invoice are due.`);
    await supplierPaymentModel(ctx).create(
      [
        {
          ...{ requestKey: newObjectId().toString(), receiptId: invoiceId, supplierId: credit.supplierId },
          ...{ method: 'credit' as const, creditId, amountMinor, at: now, day: today(ctx.timeZone, now) },
          reference: credit.creditNote ?? credit.number,
          byUserId: ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system',
          byName: ctx.actor.name,
        },
      ],
      { session },
    );
    const dueMinor = invoice.dueMinor - amountMinor;
    await goodsReceiptModel(ctx).updateOne(
      { _id: invoiceId },
      { $inc: { paidMinor: amountMinor }, $set: { dueMinor, isDue: dueMinor > 0 } },
      { session },
    );
    const row = await supplierReturnModel(ctx)
      .findOneAndUpdate(
        { _id: creditId, version },
        { $inc: { usedMinor: amountMinor, version: 1 } },
        { session, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    ctx.audit?.about(`goods-receipt:${receiptId}`);
    noteChange<Record<string, unknown>>(
      ctx,
      { dueMinor: invoice.dueMinor },
      { dueMinor, creditNote: row.creditNote, amountMinor },
      ['creditNote', 'amountMinor', 'dueMinor'],
    );
    return toSupplierReturn(row);
  });
}
