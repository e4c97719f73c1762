import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { nameKeysOf } from '../patients/keys';
import { type Medicine, toMedicine } from './dto';
import { NO_EXPIRY } from './expiry';
import { batchModel, medicineModel, movementModel } from './model';
import { isExpired, splitByExpiry } from './policy';
import type {
  AddMedicineInput,
  AdjustStockInput,
  DispenseInput,
  DisposeStockInput,
  ReceiveStockInput,
  UpdateMedicineInput,
} from './schema';
import { STARTER_FORMULARY } from './starter-formulary';

function factsOf(input: AddMedicineInput) {
  const { name, genericName, form, strength, unit, reorderLevel, price } = input;
  return {
    name,
    form,
    unit,
    reorderLevel,
    nameKeys: nameKeysOf(name, genericName),
    sortName: nameKeysOf(name, strength).join(' '),
    ...(genericName ? { genericName } : {}),
    ...(strength ? { strength } : {}),
    ...(price === undefined ? {} : { priceCents: price }),
  };
}

const TAKEN = 'This medicine is in the list already, in the same form and strength.';

/** Adds a medicine without stock. @throws AppError CONFLICT when it is there already. */
export async function addMedicine(ctx: TenantContext, input: AddMedicineInput): Promise<Medicine> {
  try {
    const row = await medicineModel(ctx).create({ ...factsOf(input), isActive: true, onHand: 0, nextExpiry: NO_EXPIRY, isLow: true });
    return toMedicine(row.toObject());
  } catch (error) {
    if (duplicateKey(error)) throw new AppError('CONFLICT', TAKEN, { field: 'name' });
    throw error;
  }
}

/** @throws AppError NOT_FOUND, CONFLICT. */
export async function updateMedicine(ctx: TenantContext, input: UpdateMedicineInput): Promise<Medicine> {
  const medicineId = objectId(input.medicineId, 'medicine');
  try {
    return await ctx.db.transaction(async (session) => {
      const medicine = await lock(ctx, medicineId, session);
      const unset = Object.fromEntries(
        (['genericName', 'strength', 'price'] as const).flatMap((key) => (input[key] === undefined ? [[key === 'price' ? 'priceCents' : key, '']] : [])),
      );
      const row = await medicineModel(ctx)
        .findOneAndUpdate(
          { _id: medicineId },
          { $set: { ...factsOf(input), isLow: medicine.onHand <= input.reorderLevel }, $unset: unset },
          { session, returnDocument: 'after' },
        )
        .lean();
      if (!row) throw notFoundError('medicine');
      return toMedicine(row);
    });
  } catch (error) {
    if (duplicateKey(error)) throw new AppError('CONFLICT', TAKEN, { field: 'name' });
    throw error;
  }
}

/** Takes a medicine out of the list; its ledger stays. @throws AppError CONFLICT while there is stock. */
export async function deactivateMedicine(ctx: TenantContext, medicineId: string): Promise<Medicine> {
  const id = objectId(medicineId, 'medicine');
  const row = await medicineModel(ctx)
    .findOneAndUpdate({ _id: id, onHand: 0 }, { $set: { isActive: false } }, { returnDocument: 'after' })
    .lean();
  if (row) return toMedicine(row);
  if (!(await medicineModel(ctx).exists({ _id: id }))) throw notFoundError('medicine');
  throw new AppError('CONFLICT', 'There is stock of this medicine. Dispense, adjust or dispose of it first.');
}

/** Adds the common medicines of an eye clinic that are not in the list yet. @returns how many were added. */
export async function addStarterFormulary(ctx: TenantContext): Promise<number> {
  let added = 0;
  for (const entry of STARTER_FORMULARY) {
    try {
      await addMedicine(ctx, { ...entry, genericName: undefined, price: undefined });
      added++;
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
    }
  }
  return added;
}

/** Touching the row makes simultaneous movements of one medicine conflict and retry, so that no quantity is given twice. */
async function lock(ctx: TenantContext, medicineId: Types.ObjectId, session: ClientSession) {
  const row = await medicineModel(ctx)
    .findOneAndUpdate({ _id: medicineId, isActive: true }, { $set: { updatedAt: new Date() } }, { session, returnDocument: 'after' })
    .lean();
  if (!row) throw notFoundError('medicine');
  return row;
}

type Change = { batchId: Types.ObjectId; lotNumber: string; quantity: number };

/** Writes movements and brings the medicine's sums in line, all in the caller's transaction. */
async function post(
  ctx: TenantContext,
  medicine: { _id: Types.ObjectId; onHand: number; reorderLevel: number },
  kind: 'receipt' | 'dispense' | 'adjustment' | 'disposal',
  changes: Change[],
  reason: string | undefined,
  session: ClientSession,
): Promise<Medicine> {
  let onHand = medicine.onHand;
  const at = new Date();
  const movements = changes.map((change) => {
    onHand += change.quantity;
    return { medicineId: medicine._id, ...change, kind, onHandAfter: onHand, byName: ctx.actor.name, at, ...(reason ? { reason } : {}) };
  });
  await movementModel(ctx).create(movements, { session, ordered: true });
  const first = await batchModel(ctx)
    .findOne({ medicineId: medicine._id, quantity: op({ $gt: 0 }) })
    .sort({ expiresOn: 1 })
    .session(session)
    .lean();
  const row = await medicineModel(ctx)
    .findOneAndUpdate(
      { _id: medicine._id },
      { $set: { onHand, nextExpiry: first?.expiresOn ?? NO_EXPIRY, isLow: onHand <= medicine.reorderLevel } },
      { session, returnDocument: 'after' },
    )
    .orFail()
    .lean();
  return toMedicine(row);
}

/** Takes a delivery into stock. @throws AppError INVALID_INPUT for what has expired already. */
export async function receiveStock(ctx: TenantContext, input: ReceiveStockInput): Promise<Medicine> {
  if (isExpired(input.expiresOn, today(ctx.timeZone))) {
    throw new AppError('INVALID_INPUT', 'This batch has expired already and cannot be taken into stock.', { field: 'expiresOn' });
  }
  const medicineId = objectId(input.medicineId, 'medicine');
  return ctx.db.transaction(async (session) => {
    const medicine = await lock(ctx, medicineId, session);
    const batch = await batchModel(ctx)
      .findOneAndUpdate(
        { medicineId, expiresOn: input.expiresOn, lotNumber: input.lotNumber },
        { $inc: { quantity: input.quantity }, $setOnInsert: { _id: newObjectId() } },
        { session, upsert: true, returnDocument: 'after' },
      )
      .lean();
    return post(ctx, medicine, 'receipt', [{ batchId: batch._id, lotNumber: batch.lotNumber, quantity: input.quantity }], undefined, session);
  });
}

/** Gives out, the first expiring first, over several batches if need be. @throws AppError CONFLICT when there is not enough. */
export async function dispense(ctx: TenantContext, input: DispenseInput): Promise<Medicine> {
  const medicineId = objectId(input.medicineId, 'medicine');
  return ctx.db.transaction(async (session) => {
    const medicine = await lock(ctx, medicineId, session);
    const rows = await batchModel(ctx).find({ medicineId, quantity: op({ $gt: 0 }) }).session(session).lean();
    const stock = rows.map((row) => ({ id: row._id.toString(), expiresOn: row.expiresOn, quantity: row.quantity }));
    const split = splitByExpiry(stock, input.quantity, today(ctx.timeZone));
    if (!split) {
      throw new AppError('CONFLICT', `There is not enough unexpired stock: ${input.quantity} asked for, ${medicine.onHand} on hand.`, { field: 'quantity' });
    }
    const changes: Change[] = [];
    for (const part of split) {
      const row = rows.find(({ _id }) => _id.toString() === part.id);
      if (!row) continue;
      await batchModel(ctx).updateOne({ _id: row._id }, { $inc: { quantity: -part.quantity } }, { session });
      changes.push({ batchId: row._id, lotNumber: row.lotNumber, quantity: -part.quantity });
    }
    return post(ctx, medicine, 'dispense', changes, input.note, session);
  });
}

/** Brings a batch to what was counted. */
export async function adjustStock(ctx: TenantContext, input: AdjustStockInput): Promise<Medicine> {
  return changeBatch(ctx, input, 'adjustment', (quantity) => {
    if (quantity === input.counted) throw new AppError('CONFLICT', 'That is what the list says already.', { field: 'counted' });
    return input.counted - quantity;
  });
}

/** Takes a whole batch out of stock: expired, broken, recalled. */
export const disposeStock = (ctx: TenantContext, input: DisposeStockInput): Promise<Medicine> =>
  changeBatch(ctx, input, 'disposal', (quantity) => -quantity);

async function changeBatch(
  ctx: TenantContext,
  input: { medicineId: string; batchId: string; reason: string },
  kind: 'adjustment' | 'disposal',
  changeOf: (quantity: number) => number,
): Promise<Medicine> {
  const medicineId = objectId(input.medicineId, 'medicine');
  const batchId = objectId(input.batchId, 'batch');
  return ctx.db.transaction(async (session) => {
    const medicine = await lock(ctx, medicineId, session);
    const batch = await batchModel(ctx).findOne({ _id: batchId, medicineId }).session(session).lean();
    if (!batch) throw notFoundError('batch');
    const quantity = changeOf(batch.quantity);
    await batchModel(ctx).updateOne({ _id: batchId }, { $inc: { quantity } }, { session });
    return post(ctx, medicine, kind, [{ batchId, lotNumber: batch.lotNumber, quantity }], input.reason, session);
  });
}
