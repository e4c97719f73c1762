import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { minorOfPrice } from '@/features/cashier/bill-settings/policy';
import { getBillSettings } from '@/features/cashier/bill-settings/queries';
import { takeBackDispensed } from '@/features/cashier/charges/service';
import { auditedWrite } from '@/lib/audit/audited';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import { divideRounded } from '@/lib/rounding';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, formatDay, today } from '@/lib/time';
import { FIRST_STORE_ID } from '../../stores/policy';
import { storedIn } from '../../stores/queries';
import { storeToFill, storeToReturnTo } from '../../stores/service';
import type { Medicine } from '../dto';
import { batchModel, movementModel } from '../model';
import { countOf, isExpired, isImplausibleExpiry } from '../policy';
import type { DispenseInput, ReceiveStockInput, ReturnStockInput } from '../schema';
import { lockForStock, post, takeFirstExpiring } from './ledger';

type Lot = {
  medicineId: Types.ObjectId;
  lotNumber: string;
  expiresOn: Day;
  /** Of one unit, in hundredths, at the last delivery. */
  costCents?: number | undefined;
  mrpMinor?: number;
  /** The field of the form that a refusal stands at. */
  field: string;
};

type Stocked = { quantity: number } & {
  [K in 'quarantine' | 'transit' | 'mrpMinor']?: number | null | undefined;
};

/**
 * What a piece of a lot may cost at most: of two MRPs the lower one, as long as there are pieces that may
 * bear it; once they are gone what is printed on those that come.
 */
function mrpOf(before: Stocked | null, mrpMinor: number): number {
  const left = (before?.quantity ?? 0) + (before?.quarantine ?? 0) + (before?.transit ?? 0);
  return left > 0 ? Math.min(before?.mrpMinor ?? mrpMinor, mrpMinor) : mrpMinor;
}

/**
 * The batch of a lot that is delivered: the same lot again is one batch.
 * @throws AppError INVALID_INPUT for what has expired or cannot keep so long, CONFLICT for a lot with another
 * expiry.
 */
export async function batchFor(
  ctx: TenantContext,
  session: ClientSession,
  { medicineId, lotNumber, expiresOn, costCents, mrpMinor, field }: Lot,
) {
  const day = today(ctx.timeZone);
  const refuse = (sentence: string) => new AppError('INVALID_INPUT', sentence, { field });
  if (isExpired(expiresOn, day)) throw refuse(`Lot ${lotNumber} has expired and cannot be taken into stock.`);
  if (isImplausibleExpiry(expiresOn, day))
    throw refuse(`${formatDay(expiresOn)} is very far off. Check the year.`);
  const inStock = await batchModel(ctx).find({ medicineId, hasStock: true }).session(session).lean();
  const known = inStock.find((row) => row.lotNumber.toLowerCase() === lotNumber.toLowerCase());
  if (known && known.expiresOn !== expiresOn)
    throw new AppError(
      'CONFLICT',
      `Lot ${known.lotNumber} is in stock with the expiry ${formatDay(known.expiresOn)}. Check lot and expiry.`,
      { field },
    );
  const identity = { medicineId, lotNumber: known?.lotNumber ?? lotNumber, expiresOn };
  const before =
    mrpMinor === undefined ? null : await batchModel(ctx).findOne(identity).session(session).lean();
  const set = {
    ...(costCents === undefined ? {} : { costCents }),
    ...(mrpMinor === undefined ? {} : { mrpMinor: mrpOf(before, mrpMinor) }),
  };
  return batchModel(ctx)
    .findOneAndUpdate(
      identity,
      {
        $setOnInsert: { quantity: 0, hasStock: false },
        ...(Object.keys(set).length > 0 ? { $set: set } : {}),
      },
      { session, upsert: true, returnDocument: 'after' },
    )
    .orFail()
    .lean();
}

/**
 * Takes a delivery into stock; the same lot again adds to its batch.
 * @throws AppError INVALID_INPUT for what has expired or cannot keep so long, CONFLICT for a lot with another
 * expiry.
 */
export async function receiveStock(ctx: TenantContext, input: ReceiveStockInput): Promise<Medicine> {
  const { expiresOn, quantity, cost, lotNumber } = input;
  const medicineId = objectId(input.medicineId, 'medicine');
  const { currency } = await getBillSettings(ctx);
  const unitMinor = minorOfPrice(cost ?? null, currency.code);
  return auditedWrite(ctx, async (session) => {
    const store = await storeToFill(ctx, input.storeId ?? FIRST_STORE_ID, session);
    const medicine = await lockForStock(ctx, medicineId, session);
    const lot = { medicineId, lotNumber, expiresOn, costCents: cost, field: 'expiresOn' };
    const batch = await batchFor(ctx, session, lot);
    const costMinor = unitMinor === null ? undefined : unitMinor * quantity;
    return post(ctx, session, {
      medicine,
      kind: 'receipt',
      changes: [
        { batchId: batch._id, lotNumber: batch.lotNumber, quantity, costMinor, ...storedIn(store.id) },
      ],
    });
  });
}

/**
 * Gives out what expires first, over several batches if need be, and never what has expired.
 * @throws AppError CONFLICT when there is not enough.
 */
export async function dispense(ctx: TenantContext, input: DispenseInput): Promise<Medicine> {
  const medicineId = objectId(input.medicineId, 'medicine');
  const { quantity, note: reason, storeId } = input;
  const taking = { medicineId, quantity, reason, storeId };
  return auditedWrite(ctx, async (session) => (await takeFirstExpiring(ctx, session, taking)).medicine);
}

/**
 * What pieces that come back have cost: their part of what left with them, the last of them the rest.
 * @param left how many of them are still out
 */
export function costBack(
  { quantity, costMinor }: { quantity: number; costMinor?: number | null | undefined },
  left: number,
  pieces: number,
): number | undefined {
  if (typeof costMinor !== 'number') return undefined;
  const upTo = (count: number) => divideRounded(BigInt(costMinor) * BigInt(count), BigInt(quantity));
  // Both are below zero in the ledger: what comes back is above.
  const back = -quantity - left;
  return upTo(back + pieces) - upTo(back);
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
    await assertFit(ctx, session, given.batchId);
    const { dispenseId, lineId = null } = given;
    const { quantity } = input;
    if (dispenseId) await takeBackDispensed(ctx, { dispenseId, lineId, medicineId, quantity }, session);
    const store = await storeToReturnTo(ctx, given.storeId?.toString() ?? FIRST_STORE_ID, session);
    return post(ctx, session, {
      medicine,
      kind: 'return',
      changes: [
        {
          ...{ batchId: given.batchId, lotNumber: given.lotNumber, quantity: input.quantity },
          costMinor: costBack(given, left, input.quantity),
          ...storedIn(store.id),
        },
      ],
      reason: input.reason,
      returnOf: movementId,
    });
  });
}

/**
 * What has expired does not come back to the shelf, nor into quarantine: nobody may give it out again.
 * @throws AppError CONFLICT
 */
export async function assertFit(
  ctx: TenantContext,
  session: ClientSession,
  batchId: Types.ObjectId,
): Promise<void> {
  const { expiresOn, lotNumber } = await batchModel(ctx).findById(batchId).session(session).orFail().lean();
  if (isExpired(expiresOn, today(ctx.timeZone)))
    throw new AppError(
      'CONFLICT',
      `Lot ${lotNumber} has expired on ${formatDay(expiresOn)} and is not taken back.`,
      { field: 'quantity' },
    );
}
