import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { op } from '@/lib/mongo';
import { divideRounded } from '@/lib/rounding';
import type { TenantContext } from '@/lib/tenancy/context';
import { batchModel } from '../model';

export type StockChange = {
  batchId: Types.ObjectId;
  lotNumber: string;
  /** Signed, never 0. */
  quantity: number;
  /** Of the pieces that stand in quarantine; otherwise of the shelf. */
  place?: 'quarantine';
  /** Of what comes: what it has cost, where that is known. What leaves takes its part of the lot's. */
  costMinor?: number | undefined;
};

type Valued = {
  quantity: number;
  quarantine?: number | null | undefined;
  valueMinor?: number | null | undefined;
};

/**
 * What the pieces of a change have cost: those that leave take their part of the lot's, the last of them what
 * is left, so that all of them sum up to what was paid. Null where nobody knows.
 */
function costOf(
  { quantity: onShelf, quarantine, valueMinor }: Valued,
  { quantity, costMinor }: StockChange,
): number | null {
  if (quantity > 0 && costMinor !== undefined) return costMinor;
  const there = onShelf + (quarantine ?? 0);
  if (there === 0 || typeof valueMinor !== 'number') return null;
  // What was found when it was counted is worth what the others are.
  return divideRounded(BigInt(valueMinor) * BigInt(quantity), BigInt(there));
}

/** The lot's value after a change; undefined from the first piece on whose cost nobody knows. */
function valueAfter(batch: Valued, costMinor: number | null): number | undefined {
  const isEmpty = batch.quantity + (batch.quarantine ?? 0) === 0;
  const before = isEmpty ? 0 : batch.valueMinor;
  return typeof before === 'number' && costMinor !== null ? before + costMinor : undefined;
}

/** Changes a lot by pieces and what they have cost. @returns that cost; null where nobody knows it. */
export async function changeBatch(
  ctx: TenantContext,
  session: ClientSession,
  change: StockChange,
  isMove: boolean,
): Promise<number | null> {
  const { batchId, quantity, place } = change;
  const before = await batchModel(ctx).findById(batchId).session(session).orFail().lean();
  // From one place to the other nothing is gained or lost.
  const costMinor = isMove ? null : costOf(before, change);
  const value = isMove ? before.valueMinor : valueAfter(before, costMinor);
  const setValue =
    typeof value === 'number' ? { $set: { valueMinor: value } } : { $unset: { valueMinor: '' } };
  const counted = place ?? ('quantity' as const);
  // The lock keeps this from happening; the filter says that it never may.
  const enough = quantity < 0 ? { [counted]: op({ $gte: -quantity }) } : {};
  const batch = await batchModel(ctx)
    .findOneAndUpdate(
      { _id: batchId, ...enough },
      { $inc: { [counted]: quantity }, ...setValue },
      { session, returnDocument: 'after' },
    )
    .orFail(() => new Error(`Batch ${batchId} would fall below zero`))
    .lean();
  const hasStock = batch.quantity > 0;
  if (hasStock !== batch.hasStock)
    await batchModel(ctx).updateOne({ _id: batchId }, { $set: { hasStock } }, { session });
  return costMinor;
}
