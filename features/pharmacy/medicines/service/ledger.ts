import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { AppError, notFoundError } from '@/lib/errors';
import { op } from '@/lib/mongo';
import { divideRounded } from '@/lib/rounding';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, today } from '@/lib/time';
import { controlClassOf } from '../control-classes';
import { type Medicine, toMedicine } from '../dto';
import { NO_EXPIRY } from '../expiry';
import { batchModel, medicineModel, movementModel } from '../model';
import { countOf, splitByExpiry, usableQuantity } from '../policy';
import type { MovementKind } from '../schema';

/**
 * Touching the row makes simultaneous movements of one medicine conflict and retry, so that nothing is given
 * twice.
 */
export async function lockMedicine(ctx: TenantContext, medicineId: Types.ObjectId, session: ClientSession) {
  const row = await medicineModel(ctx)
    .findOneAndUpdate(
      { _id: medicineId },
      { $set: { updatedAt: new Date() } },
      { session, returnDocument: 'after' },
    )
    .lean();
  if (!row) throw notFoundError('medicine');
  return row;
}

/**
 * As `lockMedicine`, for what moves stock.
 * @throws AppError CONFLICT when the medicine is no longer active.
 */
export async function lockForStock(ctx: TenantContext, medicineId: Types.ObjectId, session: ClientSession) {
  const row = await lockMedicine(ctx, medicineId, session);
  if (!row.isActive) throw new AppError('CONFLICT', 'This medicine is inactive. Activate it first.');
  return row;
}

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

/** Writes movements, and brings batches and the medicine's sums in line, all in the caller's transaction. */
export async function post(
  ctx: TenantContext,
  session: ClientSession,
  entry: {
    medicine: {
      _id: Types.ObjectId;
      onHand: number;
      reorderLevel: number;
      controlClass?: string | null | undefined;
    };
    kind: MovementKind;
    changes: readonly StockChange[];
    reason?: string | undefined;
    returnOf?: Types.ObjectId;
    dispenseId?: Types.ObjectId;
    returnId?: Types.ObjectId;
  },
): Promise<Medicine> {
  const { medicine, kind, changes, reason, returnOf, dispenseId, returnId } = entry;
  const at = new Date();
  const byUserId = ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system';
  let { onHand } = medicine;
  const movements = [];
  for (const change of changes) {
    const costMinor = await changeBatch(ctx, session, change, kind === 'release');
    if (!change.place) onHand += change.quantity;
    movements.push({
      ...{ batchId: change.batchId, lotNumber: change.lotNumber, quantity: change.quantity },
      ...(change.place ? { place: change.place } : {}),
      ...(costMinor === null ? {} : { costMinor }),
      medicineId: medicine._id,
      kind,
      onHandAfter: onHand,
      byUserId,
      byName: ctx.actor.name,
      at,
      ...(reason ? { reason } : {}),
      ...(returnOf ? { returnOf } : {}),
      ...(dispenseId ? { dispenseId } : {}),
      ...(returnId ? { returnId } : {}),
      ...(medicine.controlClass && (kind === 'dispense' || kind === 'return')
        ? { controlClass: medicine.controlClass }
        : {}),
    });
  }
  await movementModel(ctx).create(movements, { session, ordered: true });
  const first = await batchModel(ctx)
    .findOne({ medicineId: medicine._id, hasStock: true })
    .sort({ expiresOn: 1, _id: 1 })
    .session(session)
    .lean();
  const row = await medicineModel(ctx)
    .findOneAndUpdate(
      { _id: medicine._id },
      {
        $set: {
          onHand,
          nextExpiry: first?.expiresOn ?? NO_EXPIRY,
          isLow: onHand <= medicine.reorderLevel,
        },
      },
      { session, returnDocument: 'after' },
    )
    .orFail()
    .lean();
  return toMedicine(row);
}

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
async function changeBatch(
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

const stockOf = ({ expiresOn, quantity, hold }: { expiresOn: Day; quantity: number; hold?: unknown }) => ({
  expiresOn,
  quantity,
  isHeld: Boolean(hold),
});

/** What was taken from a batch. */
export type TakenLot = { batchId: string; lotNumber: string; expiresOn: Day; quantity: number };

/**
 * Takes what expires first out of the stock, over several batches if need be, and never what has expired; in
 * the caller's transaction.
 * @throws AppError CONFLICT when there is not enough.
 */
export async function takeFirstExpiring(
  ctx: TenantContext,
  session: ClientSession,
  taking: {
    medicineId: Types.ObjectId;
    quantity: number;
    reason?: string | undefined;
    dispenseId?: Types.ObjectId;
  },
): Promise<{ medicine: Medicine; lots: TakenLot[] }> {
  const { medicineId, quantity, reason, dispenseId } = taking;
  const day = today(ctx.timeZone);
  const medicine = await lockForStock(ctx, medicineId, session);
  if (medicine.stop)
    throw new AppError('CONFLICT', `${medicine.name} is not given out: ${medicine.stop.reason}`);
  const watched = controlClassOf(ctx.organization.country, medicine.controlClass);
  if (!dispenseId && watched?.needsPrescription)
    throw new AppError(
      'CONFLICT',
      `${medicine.name} is given against a prescription only: ${watched.label}.`,
    );
  const rows = await batchModel(ctx).find({ medicineId, hasStock: true }).session(session).lean();
  const batches = new Map(rows.map((row) => [row._id.toString(), row]));
  const split = splitByExpiry(
    [...batches].map(([id, row]) => ({ id, ...stockOf(row) })),
    quantity,
    day,
  );
  if (!split) {
    const usable = usableQuantity(rows.map(stockOf), day);
    throw new AppError(
      'CONFLICT',
      usable === 0
        ? `There is nothing of ${medicine.name} to dispense. Receive a delivery first.`
        : `Only ${countOf(usable, medicine.unit)} of ${medicine.name} can be dispensed.`,
      { field: 'quantity' },
    );
  }
  const lots = split.flatMap(({ id, quantity: part }): TakenLot[] => {
    const batch = batches.get(id);
    if (!batch) return [];
    return [{ batchId: id, lotNumber: batch.lotNumber, expiresOn: batch.expiresOn, quantity: part }];
  });
  const changes = lots.map((lot): StockChange => {
    const batch = batches.get(lot.batchId);
    if (!batch) throw new Error(`Batch ${lot.batchId} is gone`);
    return { batchId: batch._id, lotNumber: lot.lotNumber, quantity: -lot.quantity };
  });
  const after = await post(ctx, session, {
    medicine,
    kind: 'dispense',
    changes,
    reason,
    ...(dispenseId ? { dispenseId } : {}),
  });
  return { medicine: after, lots };
}
