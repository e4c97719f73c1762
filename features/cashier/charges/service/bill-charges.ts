import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { AppError } from '@/lib/errors';
import { op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { noteGivenDays } from '../given-days';
import { chargeModel } from '../model';

type Id = Types.ObjectId;

/** A medicine has got its price: what was given of it without one has it now. */
export async function priceOpenCharges(
  ctx: TenantContext,
  medicineId: Id,
  unitMinor: number,
  session: ClientSession,
): Promise<void> {
  await chargeModel(ctx).updateMany(
    { medicineId, status: 'open', unitMinor: op({ $exists: false }) },
    { $set: { unitMinor } },
    { session },
  );
}

/**
 * Puts charges onto a bill, in its transaction. @throws AppError CONFLICT when another bill has one of them.
 */
export async function billCharges(
  ctx: TenantContext,
  chargeIds: readonly Id[],
  to: { billId: Id; patientId: Id },
  session: ClientSession,
): Promise<void> {
  if (chargeIds.length === 0) return;
  const { modifiedCount } = await chargeModel(ctx).updateMany(
    { _id: op({ $in: [...chargeIds] }), patientId: to.patientId, status: 'open' },
    { $set: { status: 'billed', billId: to.billId } },
    { session },
  );
  if (modifiedCount !== chargeIds.length)
    throw new AppError('CONFLICT', 'Something on this bill has been billed meanwhile. Open it again.');
  await noteGivenDays(ctx, chargeIds, session);
}

/** A consultation that was billed by hand is that of the visit: its charge is not left beside it. */
export async function billVisit(
  ctx: TenantContext,
  sourceKey: string,
  to: { billId: Id; patientId: Id },
  session: ClientSession,
): Promise<void> {
  await chargeModel(ctx).updateOne(
    { sourceKey, patientId: to.patientId, status: 'open' },
    { $set: { status: 'billed', billId: to.billId } },
    { session },
  );
}

/** A credit note took pieces of a bill back: nothing of them is left to be credited. */
export async function creditCharge(
  ctx: TenantContext,
  chargeId: Id,
  { pieces, isWhole }: { pieces: number; isWhole: boolean },
  session: ClientSession,
): Promise<void> {
  const row = await chargeModel(ctx).findById(chargeId).session(session).lean();
  if (!row) return;
  const toCreditQuantity = isWhole ? 0 : Math.max(row.toCreditQuantity - pieces, 0);
  // Undone by its source, which may come back; what was taken back for another reason stays so.
  const isUndone = row.isToCredit && row.toCreditQuantity >= pieces;
  const set = {
    toCreditQuantity,
    isToCredit: toCreditQuantity > 0,
    ...(isWhole ? { status: 'credited', ...(isUndone ? { isVoidedBySource: true } : {}) } : {}),
  };
  await chargeModel(ctx).updateOne({ _id: chargeId }, { $set: set }, { session });
  await noteGivenDays(ctx, [chargeId], session);
}
