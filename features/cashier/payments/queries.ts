import 'server-only';
import { notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Receipt, toReceipt } from './dto';
import { receiptModel } from './model';

const MOST = 100;

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getReceipt(ctx: TenantContext, receiptId: string): Promise<Receipt> {
  const row = await receiptModel(ctx).findById(objectId(receiptId, 'receipt')).lean();
  if (!row) throw notFoundError('receipt');
  return toReceipt(row);
}

/** The receipts and refunds of a bill, in order. At most 100. */
export async function listReceiptsOfBill(ctx: TenantContext, billId: string): Promise<Receipt[]> {
  const rows = await receiptModel(ctx)
    .find({ billId: objectId(billId, 'bill') })
    .sort({ at: 1, _id: 1 })
    .limit(MOST)
    .lean();
  return rows.map(toReceipt);
}

/** A patient's advances with something left, the oldest first, which is used first. At most 100. */
export async function listAdvances(ctx: TenantContext, patientId: string): Promise<Receipt[]> {
  const rows = await receiptModel(ctx)
    .find({ patientId: objectId(patientId, 'patient'), isHeld: true })
    .sort({ at: 1, _id: 1 })
    .limit(MOST)
    .lean();
  return rows.map(toReceipt);
}

/** What went through a shift, the newest first. At most 100. */
export async function listReceiptsOfShift(ctx: TenantContext, shiftId: string): Promise<Receipt[]> {
  const rows = await receiptModel(ctx)
    .find({ shiftId: objectId(shiftId, 'shift') })
    .sort({ at: -1, _id: -1 })
    .limit(MOST)
    .lean();
  return rows.map(toReceipt);
}
