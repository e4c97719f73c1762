import 'server-only';
import { takeBackDispensed } from '@/features/cashier/charges/service';
import { auditedWrite } from '@/lib/audit/audited';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import { assertUnchanged } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, today } from '@/lib/time';
import { countFormOf, type Medicine } from '../dto';
import { batchModel, movementModel } from '../model';
import { countOf, isExpired, isImplausibleExpiry } from '../policy';
import type {
  AdjustStockInput,
  DispenseInput,
  DisposeExpiredInput,
  DisposeStockInput,
  ReceiveStockInput,
  ReturnStockInput,
} from '../schema';
import { lockForStock, post, takeFirstExpiring } from './ledger';

/**
 * Takes a delivery into stock; the same lot again adds to its batch.
 * @throws AppError INVALID_INPUT for what has expired or cannot keep so long, CONFLICT for a lot with another
 * expiry.
 */
export async function receiveStock(ctx: TenantContext, input: ReceiveStockInput): Promise<Medicine> {
  const { expiresOn, quantity, cost } = input;
  const day = today(ctx.timeZone);
  const refuse = (sentence: string) => new AppError('INVALID_INPUT', sentence, { field: 'expiresOn' });
  if (isExpired(expiresOn, day)) throw refuse('This batch has expired and cannot be taken into stock.');
  if (isImplausibleExpiry(expiresOn, day))
    throw refuse(`${formatDay(expiresOn)} is very far off. Check the year.`);
  const medicineId = objectId(input.medicineId, 'medicine');
  return auditedWrite(ctx, async (session) => {
    const medicine = await lockForStock(ctx, medicineId, session);
    const isSameLot = (row: { lotNumber: string }) =>
      row.lotNumber.toLowerCase() === input.lotNumber.toLowerCase();
    const inStock = await batchModel(ctx).find({ medicineId, hasStock: true }).session(session).lean();
    const known = inStock.find(isSameLot);
    if (known && known.expiresOn !== expiresOn) {
      throw new AppError(
        'CONFLICT',
        `Lot ${known.lotNumber} is in stock with the expiry ${formatDay(known.expiresOn)}. Check lot and expiry.`,
        { field: 'expiresOn' },
      );
    }
    const batch = await batchModel(ctx)
      .findOneAndUpdate(
        { medicineId, lotNumber: known?.lotNumber ?? input.lotNumber, expiresOn },
        {
          $setOnInsert: { quantity: 0, hasStock: false },
          ...(cost === undefined ? {} : { $set: { costCents: cost } }),
        },
        { session, upsert: true, returnDocument: 'after' },
      )
      .lean();
    return post(ctx, session, {
      medicine,
      kind: 'receipt',
      changes: [{ batchId: batch._id, lotNumber: batch.lotNumber, quantity }],
    });
  });
}

/**
 * Gives out what expires first, over several batches if need be, and never what has expired.
 * @throws AppError CONFLICT when there is not enough.
 */
export async function dispense(ctx: TenantContext, input: DispenseInput): Promise<Medicine> {
  const medicineId = objectId(input.medicineId, 'medicine');
  const taking = { medicineId, quantity: input.quantity, reason: input.note };
  return auditedWrite(ctx, async (session) => (await takeFirstExpiring(ctx, session, taking)).medicine);
}

/** Takes back what was dispensed, into the batch it came from. @throws AppError NOT_FOUND, CONFLICT. */
export async function returnStock(ctx: TenantContext, input: ReturnStockInput): Promise<Medicine> {
  const medicineId = objectId(input.medicineId, 'medicine');
  const movementId = objectId(input.movementId, 'dispense');
  return auditedWrite(ctx, async (session) => {
    const medicine = await lockForStock(ctx, medicineId, session);
    const movements = movementModel(ctx);
    const given = await movements
      .findOne({ _id: movementId, medicineId, kind: 'dispense' })
      .session(session)
      .lean();
    if (!given) throw notFoundError('dispense');
    const earlier = await movements.find({ returnOf: movementId }).session(session).lean();
    const left = earlier.reduce((sum, one) => sum - one.quantity, -given.quantity);
    if (input.quantity > left) {
      throw new AppError(
        'CONFLICT',
        left === 0
          ? 'All of this has been returned already.'
          : `Only ${countOf(left, medicine.unit)} of this can be returned.`,
        { field: 'quantity' },
      );
    }
    const { dispenseId } = given;
    if (dispenseId)
      await takeBackDispensed(ctx, { dispenseId, medicineId, quantity: input.quantity }, session);
    return post(ctx, session, {
      medicine,
      kind: 'return',
      changes: [{ batchId: given.batchId, lotNumber: given.lotNumber, quantity: input.quantity }],
      reason: input.reason,
      returnOf: movementId,
    });
  });
}

/**
 * Brings a batch to what was counted.
 * @throws AppError NOT_FOUND, CONFLICT when that is what the list says, or when a colleague has moved some of
 * it since it was counted.
 */
export async function adjustStock(ctx: TenantContext, input: AdjustStockInput): Promise<Medicine> {
  return changeOneBatch(ctx, input, 'adjustment', (quantity) => {
    assertUnchanged(countFormOf({ quantity }), input.version);
    if (quantity === input.counted) {
      throw new AppError('CONFLICT', 'That is what the list says already.', { field: 'counted' });
    }
    return input.counted - quantity;
  });
}

/** Takes a whole batch out of stock: broken, recalled, expired. @throws AppError NOT_FOUND, CONFLICT. */
export async function disposeStock(ctx: TenantContext, input: DisposeStockInput): Promise<Medicine> {
  return changeOneBatch(ctx, input, 'disposal', (quantity) => {
    if (quantity === 0) throw new AppError('CONFLICT', 'Nothing of this batch is left.');
    return -quantity;
  });
}

async function changeOneBatch(
  ctx: TenantContext,
  input: { medicineId: string; batchId: string; reason: string },
  kind: 'adjustment' | 'disposal',
  changeOf: (quantity: number) => number,
): Promise<Medicine> {
  const medicineId = objectId(input.medicineId, 'medicine');
  const batchId = objectId(input.batchId, 'batch');
  return auditedWrite(ctx, async (session) => {
    const medicine = await lockForStock(ctx, medicineId, session);
    const batch = await batchModel(ctx).findOne({ _id: batchId, medicineId }).session(session).lean();
    if (!batch) throw notFoundError('batch');
    const changes = [{ batchId, lotNumber: batch.lotNumber, quantity: changeOf(batch.quantity) }];
    return post(ctx, session, { medicine, kind, changes, reason: input.reason });
  });
}

/**
 * Takes every expired batch of a medicine out of stock.
 * @throws AppError NOT_FOUND, CONFLICT when there is none.
 */
export async function disposeExpired(ctx: TenantContext, input: DisposeExpiredInput): Promise<Medicine> {
  const medicineId = objectId(input.medicineId, 'medicine');
  return auditedWrite(ctx, async (session) => {
    const medicine = await lockForStock(ctx, medicineId, session);
    const expired = await batchModel(ctx)
      .find({ medicineId, hasStock: true, expiresOn: op({ $lt: today(ctx.timeZone) }) })
      .sort({ expiresOn: 1, _id: 1 })
      .session(session)
      .lean();
    if (expired.length === 0) throw new AppError('CONFLICT', 'No batch of this medicine has expired.');
    const changes = expired.map(({ _id, lotNumber, quantity }) => ({
      batchId: _id,
      lotNumber,
      quantity: -quantity,
    }));
    return post(ctx, session, { medicine, kind: 'disposal', changes, reason: input.reason });
  });
}
