import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, shiftDay } from '@/lib/time';
import type { PackagePart } from '../price-list/queries';
import type { SoldPackageRow } from './dto';
import { soldPackageModel } from './model';
import { leftOf } from './policy';

type Id = Types.ObjectId;

export type Sold = {
  bill: {
    id: Id;
    number: string;
    patientId: Id;
    patient: { name: string; number: string };
    day: Day;
    at: Date;
  };
  serviceId: string;
  name: string;
  days: number;
  parts: readonly PackagePart[];
  /** Each is a package of its own, with its own parts. */
  quantity: number;
};

/** Keeps what the price of a package held, in the transaction of its bill. */
export async function sellPackage(
  ctx: TenantContext,
  { bill, serviceId, name, days, parts, quantity }: Sold,
  session: ClientSession,
): Promise<void> {
  const { id: billId, number: billNumber, patientId, patient, day, at } = bill;
  const row = {
    ...{ patientId, patient: { name: patient.name, number: patient.number }, billId, billNumber, day, at },
    ...{ serviceId: objectId(serviceId, 'service'), name, until: shiftDay(day, days - 1), isEnded: false },
    parts: parts.map((one) => ({ ...one, serviceId: objectId(one.serviceId, 'service'), used: 0 })),
  };
  await soldPackageModel(ctx).create(
    Array.from({ length: quantity }, () => row),
    { session, ordered: true },
  );
}

/**
 * Takes what was done out of a package that the patient has, the oldest first.
 * @returns the package that holds it; null where none has that many left on the day.
 */
export async function takeFromPackage(
  ctx: TenantContext,
  { patientId, serviceId, quantity, day }: { patientId: Id; serviceId: Id; quantity: number; day: Day },
  session: ClientSession,
): Promise<{ packageId: Id; billId: Id } | null> {
  const rows = await soldPackageModel(ctx)
    .find({ patientId, isEnded: false })
    .sort({ at: 1, _id: 1 })
    .session(session)
    .lean();
  for (const row of rows.filter(({ day: from, until }) => from <= day && day <= until)) {
    const index = row.parts.findIndex(
      (part) => part.serviceId.equals(serviceId) && part.quantity - part.used >= quantity,
    );
    if (index < 0) continue;
    // In the transaction: two that take the last one wait for each other, and the second looks again.
    await soldPackageModel(ctx).updateOne(
      { _id: row._id },
      { $inc: { [`parts.${index}.used`]: quantity } },
      { session },
    );
    return { packageId: row._id, billId: row.billId };
  }
  return null;
}

/** What was taken out of it was not done after all. */
export async function putBackIntoPackage(
  ctx: TenantContext,
  { packageId, serviceId, quantity }: { packageId: Id; serviceId: Id; quantity: number },
  session: ClientSession,
): Promise<void> {
  const row = await soldPackageModel(ctx).findById(packageId).session(session).lean();
  const index = row?.parts.findIndex((part) => part.serviceId.equals(serviceId)) ?? -1;
  if (index < 0) return;
  await soldPackageModel(ctx).updateOne(
    { _id: packageId },
    { $inc: { [`parts.${index}.used`]: -quantity } },
    { session },
  );
}

/**
 * Pieces of a package were taken back with their bill: the least used ones end.
 * @returns those that ended: what was done in them is to be billed by itself.
 */
export async function endPackages(
  ctx: TenantContext,
  { billId, serviceId, pieces }: { billId: Id; serviceId: Id; pieces: number },
  session: ClientSession,
): Promise<Id[]> {
  const rows: SoldPackageRow[] = await soldPackageModel(ctx)
    .find({ billId, serviceId, isEnded: false })
    .session(session)
    .lean();
  const ended = rows.sort((a, b) => leftOf(b) - leftOf(a)).slice(0, pieces);
  for (const { _id } of ended)
    await soldPackageModel(ctx).updateOne({ _id }, { $set: { isEnded: true } }, { session });
  return ended.map(({ _id }) => _id);
}
