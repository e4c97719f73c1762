import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { AppError, notFoundError } from '@/lib/errors';
import { op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, today } from '@/lib/time';
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
};

/** Writes movements, and brings batches and the medicine's sums in line, all in the caller's transaction. */
export async function post(
  ctx: TenantContext,
  session: ClientSession,
  entry: {
    medicine: { _id: Types.ObjectId; onHand: number; reorderLevel: number };
    kind: MovementKind;
    changes: readonly StockChange[];
    reason?: string | undefined;
    returnOf?: Types.ObjectId;
    dispenseId?: Types.ObjectId;
  },
): Promise<Medicine> {
  const { medicine, kind, changes, reason, returnOf, dispenseId } = entry;
  const at = new Date();
  const byUserId = ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system';
  let { onHand } = medicine;
  const movements = [];
  for (const change of changes) {
    await changeBatch(ctx, session, change);
    onHand += change.quantity;
    movements.push({
      ...change,
      medicineId: medicine._id,
      kind,
      onHandAfter: onHand,
      byUserId,
      byName: ctx.actor.name,
      at,
      ...(reason ? { reason } : {}),
      ...(returnOf ? { returnOf } : {}),
      ...(dispenseId ? { dispenseId } : {}),
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

async function changeBatch(ctx: TenantContext, session: ClientSession, { batchId, quantity }: StockChange) {
  // The lock keeps this from happening; the filter says that it never may.
  const batch = await batchModel(ctx)
    .findOneAndUpdate(
      { _id: batchId, quantity: op({ $gte: -quantity }) },
      { $inc: { quantity } },
      { session, returnDocument: 'after' },
    )
    .orFail(() => new Error(`Batch ${batchId} would fall below zero`))
    .lean();
  const hasStock = batch.quantity > 0;
  if (hasStock !== batch.hasStock)
    await batchModel(ctx).updateOne({ _id: batchId }, { $set: { hasStock } }, { session });
}

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
  const rows = await batchModel(ctx).find({ medicineId, hasStock: true }).session(session).lean();
  const batches = new Map(rows.map((row) => [row._id.toString(), row]));
  const split = splitByExpiry(
    [...batches].map(([id, { expiresOn, quantity: has }]) => ({ id, expiresOn, quantity: has })),
    quantity,
    day,
  );
  if (!split) {
    const usable = usableQuantity(rows, day);
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
