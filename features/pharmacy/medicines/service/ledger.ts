import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { AppError, notFoundError } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, today } from '@/lib/time';
import { controlClassOf } from '../control-classes';
import { type Medicine, toMedicine } from '../dto';
import { NO_EXPIRY } from '../expiry';
import { batchModel, medicineModel, movementModel } from '../model';
import { countOf, splitByExpiry, usableQuantity } from '../policy';
import type { MovementKind } from '../schema';
import { changeBatch, type StockChange } from './batch-change';

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
    lineId?: string | undefined;
    returnId?: Types.ObjectId;
  },
): Promise<Medicine> {
  const { medicine, kind, changes, reason, returnOf, dispenseId, lineId, returnId } = entry;
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
      ...(lineId ? { lineId } : {}),
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

const stockOf = ({ expiresOn, quantity, hold }: { expiresOn: Day; quantity: number; hold?: unknown }) => ({
  expiresOn,
  quantity,
  isHeld: Boolean(hold),
});

/** What was taken from a batch. */
export type TakenLot = { batchId: string; lotNumber: string; expiresOn: Day; quantity: number };

/**
 * Takes what expires first out of the stock, over several batches if need be, and never what has expired; or
 * of the one batch that was scanned. In the caller's transaction.
 * @throws AppError CONFLICT when there is not enough.
 */
export async function takeFirstExpiring(
  ctx: TenantContext,
  session: ClientSession,
  taking: {
    medicineId: Types.ObjectId;
    quantity: number;
    /** The lot that somebody has in their hand. */
    batchId?: Types.ObjectId | undefined;
    reason?: string | undefined;
    dispenseId?: Types.ObjectId;
    lineId?: string | undefined;
  },
): Promise<{ medicine: Medicine; lots: TakenLot[] }> {
  const { medicineId, quantity, batchId, reason, dispenseId, lineId } = taking;
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
  const rows = await batchModel(ctx)
    .find({ medicineId, hasStock: true, ...(batchId ? { _id: batchId } : {}) })
    .session(session)
    .lean();
  const batches = new Map(rows.map((row) => [row._id.toString(), row]));
  const split = splitByExpiry(
    [...batches].map(([id, row]) => ({ id, ...stockOf(row) })),
    quantity,
    day,
  );
  if (!split) {
    const usable = usableQuantity(rows.map(stockOf), day);
    const what = batchId ? `${medicine.name} of the scanned lot` : medicine.name;
    throw new AppError(
      'CONFLICT',
      usable === 0
        ? `There is nothing of ${what} to dispense. ${batchId ? 'Take another lot.' : 'Receive a delivery first.'}`
        : `Only ${countOf(usable, medicine.unit)} of ${what} can be dispensed.`,
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
    ...(lineId ? { lineId } : {}),
  });
  return { medicine: after, lots };
}
