import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { AppError, notFoundError } from '@/lib/errors';
import { op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, today } from '@/lib/time';
import type { Store } from '../../stores/dto';
import { piecesIn } from '../../stores/policy';
import { storedIn, storeOrCounter } from '../../stores/queries';
import { controlClassOf, NO_CLASS } from '../control-classes';
import { type Medicine, toMedicine } from '../dto';
import { NO_EXPIRY } from '../expiry';
import { batchModel, medicineModel, movementModel } from '../model';
import { countOf, splitByExpiry, usableQuantity } from '../policy';
import { MOVES, type MovementKind } from '../schema';
import { changeBatch, type StockChange } from './batch-change';
import { isLowWith } from './mark-low';

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

/** As `lockMedicine`, of several at once. @returns the name of each. */
export async function lockMedicines(
  ctx: TenantContext,
  medicineIds: readonly Types.ObjectId[],
  session: ClientSession,
): Promise<Map<string, string>> {
  const where = { _id: op({ $in: [...medicineIds] }) };
  await medicineModel(ctx).updateMany(where, { $set: { updatedAt: new Date() } }, { session });
  const rows = await medicineModel(ctx).find(where).select('name').session(session).lean();
  return new Map(rows.map(({ _id, name }) => [_id.toString(), name]));
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
    transferId?: Types.ObjectId;
  },
): Promise<Medicine> {
  const { medicine, kind, changes, reason, returnOf, dispenseId, lineId, returnId, transferId } = entry;
  const at = new Date();
  const byUserId = ctx.actor.kind === 'staff' ? ctx.actor.userId : 'system';
  const watched = medicine.controlClass === NO_CLASS ? null : medicine.controlClass;
  let { onHand } = medicine;
  const movements = [];
  for (const change of changes) {
    const costMinor = await changeBatch(ctx, session, change, MOVES.includes(kind));
    if (!change.place) onHand += change.quantity;
    movements.push({
      ...{ batchId: change.batchId, lotNumber: change.lotNumber, quantity: change.quantity },
      ...(change.place ? { place: change.place } : {}),
      ...(change.storeId ? { storeId: change.storeId } : {}),
      ...(transferId ? { transferId } : {}),
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
      ...(watched && (kind === 'dispense' || kind === 'return') ? { controlClass: watched } : {}),
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
          isLow: await isLowWith(ctx, session, { ...medicine, onHand }),
        },
      },
      { session, returnDocument: 'after' },
    )
    .orFail()
    .lean();
  return toMedicine(row);
}

type StockedLot = Parameters<typeof piecesIn>[0] & { expiresOn: Day; hold?: unknown };
const stockOf = (lot: StockedLot, storeId: string) => ({
  expiresOn: lot.expiresOn,
  quantity: piecesIn(lot, storeId),
  isHeld: Boolean(lot.hold),
});

/** Why there is not enough in the store, with what other stores have. */
function shortageOf(
  medicine: { name: string; unit: string },
  lots: readonly StockedLot[],
  {
    store,
    isScanned,
    day,
    field = 'quantity',
  }: { store: Store; isScanned: boolean; day: Day; field: string | undefined },
): AppError {
  const usable = usableQuantity(
    lots.map((lot) => stockOf(lot, store.id)),
    day,
  );
  const inAll = usableQuantity(
    lots.map((lot) => ({ ...stockOf(lot, store.id), quantity: lot.quantity })),
    day,
  );
  const what = isScanned ? `${medicine.name} of the scanned lot` : medicine.name;
  const others = inAll - usable;
  const where = others > 0 ? ` in ${store.name}` : '';
  const next =
    others > 0
      ? ` Other stores have ${countOf(others, medicine.unit)}: transfer some, or give out from there.`
      : '';
  if (usable > 0)
    return new AppError(
      'CONFLICT',
      `Only ${countOf(usable, medicine.unit)} of ${what} can be dispensed${where}.${next}`,
      { field },
    );
  const advice = next || (isScanned ? ' Take another lot.' : ' Receive a delivery first.');
  return new AppError('CONFLICT', `There is nothing of ${what} to dispense${where}.${advice}`, {
    field,
  });
}

/** What was taken from a batch. */
export type TakenLot = { batchId: string; lotNumber: string; expiresOn: Day; quantity: number };

/**
 * Takes what expires first out of a store, over several batches if need be, and never what has expired; or
 * of the one batch that was scanned. In the caller's transaction.
 * @throws AppError CONFLICT when there is not enough.
 */
export async function takeFirstExpiring(
  ctx: TenantContext,
  session: ClientSession,
  taking: {
    medicineId: Types.ObjectId;
    quantity: number;
    /** Otherwise that of the counter. */
    storeId?: string | undefined;
    /** The lot that somebody has in their hand. */
    batchId?: Types.ObjectId | undefined;
    reason?: string | undefined;
    dispenseId?: Types.ObjectId;
    lineId?: string | undefined;
    /** Of the form, beside which a shortage is said. */
    field?: string | undefined;
  },
): Promise<{ medicine: Medicine; lots: TakenLot[] }> {
  const { medicineId, quantity, storeId, batchId, reason, dispenseId, lineId, field } = taking;
  const day = today(ctx.timeZone);
  const store = await storeOrCounter(ctx, storeId, session);
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
    [...batches].map(([id, row]) => ({ id, ...stockOf(row, store.id) })),
    quantity,
    day,
  );
  if (!split) throw shortageOf(medicine, rows, { store, isScanned: batchId !== undefined, day, field });
  const lots = split.flatMap(({ id, quantity: part }): TakenLot[] => {
    const batch = batches.get(id);
    if (!batch) return [];
    return [{ batchId: id, lotNumber: batch.lotNumber, expiresOn: batch.expiresOn, quantity: part }];
  });
  const changes = lots.map((lot): StockChange => {
    const batch = batches.get(lot.batchId);
    if (!batch) throw new Error(`Batch ${lot.batchId} is gone`);
    return { batchId: batch._id, lotNumber: lot.lotNumber, quantity: -lot.quantity, ...storedIn(store.id) };
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
