import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { op } from '@/lib/mongo';
import { divideRounded } from '@/lib/rounding';
import type { TenantContext } from '@/lib/tenancy/context';
import { FIRST_STORE_ID, piecesIn } from '../../stores/policy';
import { batchModel } from '../model';
import type { OffShelf } from '../schema';

export type StockChange = {
  batchId: Types.ObjectId;
  lotNumber: string;
  /** Signed, never 0. */
  quantity: number;
  /** Of the pieces that stand in quarantine or are on their way; otherwise of the shelf. */
  place?: OffShelf;
  /** Of a shelf and of a quarantine: the store that it stands in; otherwise the first. */
  storeId?: Types.ObjectId | undefined;
  /** Of what comes: what it has cost, where that is known. What leaves takes its part of the lot's. */
  costMinor?: number | undefined;
};

type Valued = {
  quantity: number;
  quarantine?: number | null | undefined;
  transit?: number | null | undefined;
  valueMinor?: number | null | undefined;
};

const piecesHere = ({ quantity, quarantine, transit }: Valued): number =>
  quantity + (quarantine ?? 0) + (transit ?? 0);

/**
 * What the pieces of a change have cost: those that leave take their part of the lot's, the last of them what
 * is left, so that all of them sum up to what was paid. Null where nobody knows.
 */
function costOf(before: Valued, { quantity, costMinor }: StockChange): number | null {
  if (quantity > 0 && costMinor !== undefined) return costMinor;
  const { valueMinor } = before;
  const there = piecesHere(before);
  if (there === 0 || typeof valueMinor !== 'number') return null;
  // What was found when it was counted is worth what the others are.
  return divideRounded(BigInt(valueMinor) * BigInt(quantity), BigInt(there));
}

/** The lot's value after a change; undefined from the first piece on whose cost nobody knows. */
function valueAfter(batch: Valued, costMinor: number | null): number | undefined {
  const before = piecesHere(batch) === 0 ? 0 : batch.valueMinor;
  return typeof before === 'number' && costMinor !== null ? before + costMinor : undefined;
}

type Shelves = Parameters<typeof piecesIn>[0];

/** What of a lot stands in other stores or their quarantines after a change. @throws Error below zero. */
function elsewhereAfter(before: Shelves, { batchId, quantity, storeId }: StockChange) {
  const key = storeId?.toString() ?? FIRST_STORE_ID;
  const left = piecesIn(before, key) + quantity;
  if (left < 0) throw new Error(`Batch ${batchId} would fall below zero in store ${key}`);
  if (!storeId) return null;
  const others = (before.elsewhere ?? []).filter((one) => one.storeId.toString() !== key);
  return left > 0 ? [...others, { storeId, quantity: left }] : others;
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
  const isHeldBack = place === 'quarantine';
  const shelves = isHeldBack
    ? { quantity: before.quarantine ?? 0, elsewhere: before.quarantineElsewhere }
    : before;
  const elsewhere = place === 'transit' ? null : elsewhereAfter(shelves, change);
  const field = isHeldBack ? 'quarantineElsewhere' : 'elsewhere';
  const set = {
    ...(typeof value === 'number' ? { valueMinor: value } : {}),
    ...(elsewhere && elsewhere.length > 0 ? { [field]: elsewhere } : {}),
  };
  const unset = {
    ...(typeof value === 'number' ? {} : { valueMinor: '' }),
    ...(elsewhere?.length === 0 ? { [field]: '' } : {}),
  };
  const counted = place ?? ('quantity' as const);
  // The lock keeps this from happening; the filter says that it never may.
  const enough = quantity < 0 ? { [counted]: op({ $gte: -quantity }) } : {};
  const batch = await batchModel(ctx)
    .findOneAndUpdate(
      { _id: batchId, ...enough },
      {
        $inc: { [counted]: quantity },
        ...(Object.keys(set).length > 0 ? { $set: set } : {}),
        ...(Object.keys(unset).length > 0 ? { $unset: unset } : {}),
      },
      { session, returnDocument: 'after' },
    )
    .orFail(() => new Error(`Batch ${batchId} would fall below zero`))
    .lean();
  const hasStock = batch.quantity > 0;
  if (hasStock !== batch.hasStock)
    await batchModel(ctx).updateOne({ _id: batchId }, { $set: { hasStock } }, { session });
  return costMinor;
}
