import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { op } from '@/lib/mongo';
import { storedAt } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import { takeFromPackage } from '../../packages/service';
import type { ConsultationKind, ServiceGroup } from '../../price-list/policy';
import { chargeModel } from '../model';
import type { ChargeSource } from '../policy';

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
  /** Of what was billed before it was done: the bill, and how many of it. */
  byHand?: { billId: Id; quantity: number } | null;
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
  for (const { sourceKey: key, unitMinor, byHand, isFree = false, ...charge } of charges) {
    const billed = byHand && byHand.quantity >= charge.quantity;
    await chargeModel(ctx).updateOne(
      { sourceKey: key },
      {
        $setOnInsert: {
          ...to,
          ...charge,
          patient: { name: patient.name, number: patient.number },
          ...storedAt(ctx.branch),
          ...(visitId ? { visitId } : {}),
          ...(doctorId ? { doctorId } : {}),
          ...(doctorName ? { doctorName } : {}),
          ...(unitMinor === null ? {} : { unitMinor }),
          ...{ isFree, status: billed ? 'billed' : 'open', toCreditQuantity: 0, isToCredit: false },
          ...(byHand ? { byHandQuantity: Math.min(byHand.quantity, charge.quantity) } : {}),
          ...(billed ? { billId: byHand.billId } : {}),
          // What had been billed is not billed again; the rest is.
          ...(byHand && !billed ? { quantity: charge.quantity - byHand.quantity } : {}),
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
    { ...of, status: op({ $in: ['voided', 'credited'] as const }), isVoidedBySource: true },
    {
      $set: { status: 'open' },
      $unset: { isVoidedBySource: '', voidedAt: '', voidedByName: '', billId: '' },
    },
    { session },
  );
  await chargeModel(ctx).updateMany(
    { ...of, status: 'billed', isToCredit: true },
    { $set: { isToCredit: false, toCreditQuantity: 0 } },
    { session },
  );
  await includeCharges(ctx, of, session);
}

/** What a package of the patient holds is taken out of it; what it does not hold any more is to be billed. */
async function includeCharges(
  ctx: TenantContext,
  which: { sourceKey: { $in: string[] } } | { patientId: Id; day: Day; serviceId: { $in: Id[] } },
  session: ClientSession,
): Promise<void> {
  const rows = await chargeModel(ctx)
    .find({ status: 'open', isFree: false, ...which })
    .sort({ at: 1, _id: 1 })
    .session(session)
    .lean();
  for (const { _id, patientId, serviceId, quantity, day } of rows) {
    if (!serviceId) continue;
    const found = await takeFromPackage(ctx, { patientId, serviceId, quantity, day }, session);
    if (found)
      await chargeModel(ctx).updateOne({ _id }, { $set: { status: 'included', ...found } }, { session });
  }
}

/** A package was sold: what of it was done on that day, and is on no bill, is included. */
export const includeDone = (
  ctx: TenantContext,
  { patientId, day, serviceIds }: { patientId: Id; day: Day; serviceIds: readonly Id[] },
  session: ClientSession,
): Promise<void> => includeCharges(ctx, { patientId, day, serviceId: op({ $in: [...serviceIds] }) }, session);

/** Packages were taken back: what was done in them is to be billed, at the price of its day. */
export async function billIncluded(
  ctx: TenantContext,
  packageIds: readonly Id[],
  session: ClientSession,
): Promise<void> {
  if (packageIds.length === 0) return;
  await chargeModel(ctx).updateMany(
    { packageId: op({ $in: [...packageIds] }), status: 'included' },
    { $set: { status: 'open' }, $unset: { packageId: '', billId: '' } },
    { session },
  );
}
