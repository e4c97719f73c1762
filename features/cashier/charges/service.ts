import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import type { ConsultationKind, ServiceGroup } from '../price-list/policy';
import { type Charge, toCharge } from './dto';
import { noteGivenDays } from './given-days';
import { chargeModel } from './model';
import { type ChargeSource, sourceKey } from './policy';
import type { SetChargeAsideInput } from './schema';

type Id = Types.ObjectId;

/** For whom something was done, when, and by which doctor. */
export type ChargedTo = {
  patientId: Id;
  patient: { name: string; number: string };
  visitId?: Id | null | undefined;
  doctorId?: Id | null | undefined;
  doctorName?: string | null | undefined;
  day: Day;
  at: Date;
};

export type NewCharge = {
  source: ChargeSource;
  sourceKey: string;
  serviceId?: Id;
  medicineId?: Id;
  dispenseId?: Id;
  code: string;
  name: string;
  group: ServiceGroup;
  taxClass: string;
  consultation?: ConsultationKind;
  quantity: number;
  /** Null where there is no price yet. */
  unitMinor: number | null;
  isInclusive: boolean;
  isFree?: boolean;
  /** Of goods: what the bill prints beside them. */
  lots?: { lotNumber: string; expiresOn: Day }[];
  licences?: string;
};

/**
 * Writes what is to be billed, in the transaction of what it comes from. What is told again stays one charge;
 * one that was voided with its source is open again.
 */
export async function addCharges(
  ctx: TenantContext,
  { visitId, doctorId, doctorName, patient, ...to }: ChargedTo,
  charges: readonly NewCharge[],
  session: ClientSession,
): Promise<void> {
  for (const { sourceKey: key, unitMinor, isFree = false, ...charge } of charges) {
    await chargeModel(ctx).updateOne(
      { sourceKey: key },
      {
        $setOnInsert: {
          ...to,
          ...charge,
          patient: { name: patient.name, number: patient.number },
          ...(visitId ? { visitId } : {}),
          ...(doctorId ? { doctorId } : {}),
          ...(doctorName ? { doctorName } : {}),
          ...(unitMinor === null ? {} : { unitMinor }),
          ...{ isFree, status: 'open', toCreditQuantity: 0, isToCredit: false },
        },
      },
      { upsert: true, session },
    );
  }
  await reopenCharges(
    ctx,
    charges.map(({ sourceKey: key }) => key),
    session,
  );
}

/** Their source has come back: open again, or no longer to be credited. */
export async function reopenCharges(
  ctx: TenantContext,
  sourceKeys: readonly string[],
  session: ClientSession,
): Promise<void> {
  const of = { sourceKey: op({ $in: [...sourceKeys] }) };
  await chargeModel(ctx).updateMany(
    { ...of, status: 'voided', isVoidedBySource: true },
    { $set: { status: 'open' }, $unset: { isVoidedBySource: '', voidedAt: '', voidedByName: '' } },
    { session },
  );
  await chargeModel(ctx).updateMany(
    { ...of, status: 'billed', isToCredit: true },
    { $set: { isToCredit: false, toCreditQuantity: 0 } },
    { session },
  );
}

/** The source is undone: what no bill has is void, what one has is to be credited, never silently. */
export async function voidCharges(
  ctx: TenantContext,
  sourceKeys: readonly string[],
  session: ClientSession,
): Promise<void> {
  const rows = await chargeModel(ctx)
    .find({ sourceKey: op({ $in: [...sourceKeys] }) })
    .session(session)
    .lean();
  for (const row of rows) await takeBack(ctx, row, row.quantity, session);
}

type Taken = { _id: Id; status: string; quantity: number; toCreditQuantity: number };

async function takeBack(
  ctx: TenantContext,
  { _id, status, quantity, toCreditQuantity }: Taken,
  pieces: number,
  session: ClientSession,
): Promise<void> {
  const set =
    status === 'billed'
      ? { isToCredit: true, toCreditQuantity: Math.min(toCreditQuantity + pieces, quantity) }
      : status !== 'open'
        ? null
        : pieces < quantity
          ? { quantity: quantity - pieces }
          : {
              ...{ status: 'voided', isVoidedBySource: true },
              ...{ voidedAt: new Date(), voidedByName: ctx.actor.name },
            };
  if (set) await chargeModel(ctx).updateOne({ _id }, { $set: set }, { session });
}

/** Something that was dispensed came back: each piece at the price of the line that it was given for. */
export async function takeBackDispensed(
  ctx: TenantContext,
  { quantity, lineId, ...of }: { dispenseId: Id; lineId?: string | null; medicineId: Id; quantity: number },
  session: ClientSession,
): Promise<void> {
  const line = lineId ? { sourceKey: sourceKey.dispense(of.dispenseId.toString(), lineId) } : {};
  const rows = await chargeModel(ctx)
    .find({ ...of, ...line })
    .session(session)
    .lean();
  let left = quantity;
  for (const row of rows) {
    const pieces = Math.min(row.quantity - row.toCreditQuantity, left);
    if (pieces > 0) await takeBack(ctx, row, pieces, session);
    left -= pieces;
  }
}

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
  const set = { toCreditQuantity, isToCredit: toCreditQuantity > 0, ...(isWhole && { status: 'credited' }) };
  await chargeModel(ctx).updateOne({ _id: chargeId }, { $set: set }, { session });
  await noteGivenDays(ctx, [chargeId], session);
}

/**
 * Takes a charge off its worklist for good, with a reason: it will not be billed, or not be credited.
 * @throws AppError NOT_FOUND, CONFLICT when it is on none.
 */
export async function setChargeAside(ctx: TenantContext, input: SetChargeAsideInput): Promise<Charge> {
  const _id = objectId(input.chargeId, 'charge');
  return auditedWrite(ctx, async (session) => {
    const before = await chargeModel(ctx).findById(_id).session(session).lean();
    if (!before) throw notFoundError('charge');
    if (before.status !== 'open' && !before.isToCredit)
      throw new AppError('CONFLICT', `${before.name} has been billed or set aside meanwhile.`);
    const done = { voidReason: input.reason, voidedByName: ctx.actor.name, voidedAt: new Date() };
    const set = before.isToCredit
      ? { ...done, isToCredit: false, toCreditQuantity: 0 }
      : { ...done, status: 'voided' as const, isVoidedBySource: false };
    const row = await chargeModel(ctx)
      .findOneAndUpdate({ _id }, { $set: set }, { session, returnDocument: 'after' })
      .orFail()
      .lean();
    const { name, status, quantity, unitMinor, isToCredit } = row;
    noteChange<Record<string, unknown>>(
      ctx,
      { status: before.status, isToCredit: before.isToCredit },
      { name, status, quantity, unitMinor, isToCredit },
      ['name', 'status', 'isToCredit', 'quantity', 'unitMinor'],
    );
    return toCharge(row);
  });
}
