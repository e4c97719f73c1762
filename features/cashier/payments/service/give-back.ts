import 'server-only';
import type { Types } from 'mongoose';
import { op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { ReceiptRow } from '../dto';
import { receiptModel } from '../model';
import type { MoneyScope, StoredTender } from './write-receipt';

/**
 * Takes an amount back out of receipts, each part the way it came and within what is left of it. An advance
 * that was used is given back to the advance.
 * @param rows in the order in which they give.
 * @returns the parts, below zero, and what no receipt had left.
 */
export async function giveBack(
  ctx: TenantContext,
  rows: readonly ReceiptRow[],
  amountMinor: number,
  { session }: MoneyScope,
): Promise<{ tenders: StoredTender[]; missingMinor: number }> {
  const tenders: StoredTender[] = [];
  let missingMinor = amountMinor;
  for (const row of rows)
    for (const [index, tender] of row.tenders.entries()) {
      const part = Math.min(tender.amountMinor - tender.refundedMinor, missingMinor);
      if (part <= 0) continue;
      // The condition says so to a second refund at the same moment.
      await receiptModel(ctx)
        .findOneAndUpdate(
          { _id: row._id, [`tenders.${index}.refundedMinor`]: op({ $lte: tender.amountMinor - part }) },
          { $inc: { [`tenders.${index}.refundedMinor`]: part } },
          { session },
        )
        .orFail();
      if (tender.advanceId) await returnToAdvance(ctx, tender.advanceId, part, { session });
      missingMinor -= part;
      tenders.push({
        method: tender.method,
        amountMinor: -part,
        refundedMinor: 0,
        ofReceiptId: row._id,
        ofNumber: row.number,
        // The provider gives back what it knows by this name.
        ...(tender.method === 'online' && tender.reference ? { reference: tender.reference } : {}),
        ...(tender.advanceId ? { advanceId: tender.advanceId } : {}),
      });
    }
  return { tenders, missingMinor };
}

async function returnToAdvance(
  ctx: TenantContext,
  advanceId: Types.ObjectId,
  minor: number,
  { session }: Pick<MoneyScope, 'session'>,
): Promise<void> {
  await receiptModel(ctx)
    .findOneAndUpdate(
      { _id: advanceId, kind: 'advance' },
      { $inc: { leftMinor: minor }, $set: { isHeld: true } },
      { session },
    )
    .orFail();
}
