import 'server-only';
import { findPatients } from '@/features/patients/patients/queries';
import { batchModel, medicineModel } from '@/features/pharmacy/medicines/model';
import { isExpired } from '@/features/pharmacy/medicines/policy';
import { piecesIn } from '@/features/pharmacy/stores/policy';
import { type Prescription, toPrescription } from '@/features/record/prescriptions/dto';
import { prescriptionModel } from '@/features/record/prescriptions/model';
import { lineTitle, owedOf, type PrescriptionLine } from '@/features/record/prescriptions/policy';
import { safetyFactsOf } from '@/features/record/prescriptions/queries';
import type { Finding } from '@/features/record/prescriptions/safety';
import { notFoundError } from '@/lib/errors';
import { keyset } from '@/lib/keyset';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { type Dispense, toDispense } from './dto';
import { dispenseModel } from './model';
import { dangersOf } from './policy';
import type { PharmacyQuery } from './schema';

const PAGE_SIZE = 25;
const DISPENSES_LIMIT = 20;

/** The find behind a page of the counter; apart from it so that a test can ask how it is answered. */
export function findWaiting(
  ctx: TenantContext,
  query: Omit<PharmacyQuery, 'q'>,
  patientIds?: readonly string[],
) {
  const order = { field: 'signedAt', kind: 'date', idKind: 'object-id', direction: 1 } as const;
  const page = keyset(order, query, PAGE_SIZE);
  const dispenseStatus = query.show === 'owed' ? ('partial' as const) : ('waiting' as const);
  const find = prescriptionModel(ctx)
    .find({
      dispenseStatus,
      ...page.filter,
      ...(patientIds ? { patientId: op({ $in: patientIds.map((each) => objectId(each, 'patient')) }) } : {}),
    })
    .sort(page.sort)
    .limit(page.limit);
  return { page, find };
}

/**
 * Who waits at the pharmacy with what, or is owed something, oldest first; 25 a page.
 * @param query with words, those of the patients who are found by them
 */
export async function listWaiting(ctx: TenantContext, query: PharmacyQuery) {
  const found = query.q ? (await findPatients(ctx, query.q)).map(({ id }) => id) : undefined;
  const { page, find } = findWaiting(ctx, query, found);
  const { rows, before, after } = page.toPage(await find.lean(), (row) => [
    (row.signedAt ?? row.savedAt).toISOString(),
    row._id.toString(),
  ]);
  const waiting = rows.map((row) => {
    const { lines, dispensed, ...prescription } = toPrescription(row);
    return {
      ...{
        id: prescription.id,
        patientName: prescription.patientName,
        patientNumber: prescription.patientNumber,
      },
      ...{ token: prescription.token, day: prescription.day, signed: prescription.signed },
      items: lines.flatMap((line) => {
        const owed = owedOf(line, dispensed);
        return owed > 0 ? [{ id: line.id, title: lineTitle(line), owed, unit: line.unit }] : [];
      }),
    };
  });
  return { waiting, before, after };
}
export type Waiting = Awaited<ReturnType<typeof listWaiting>>['waiting'][number];

/** How many wait, and how many are owed something. */
export async function countWaiting(ctx: TenantContext): Promise<{ waiting: number; owed: number }> {
  const [waiting, owed] = await Promise.all([
    prescriptionModel(ctx).countDocuments({ dispenseStatus: 'waiting' }),
    prescriptionModel(ctx).countDocuments({ dispenseStatus: 'partial' }),
  ]);
  return { waiting, owed };
}

/** The find behind what was given of a prescription. */
export const findDispenses = (ctx: TenantContext, prescriptionId: string) =>
  dispenseModel(ctx)
    .find({ prescriptionId: objectId(prescriptionId, 'prescription') })
    .sort({ at: -1 })
    .limit(DISPENSES_LIMIT);

/** What was given of a prescription, newest first. At most 20. @throws AppError NOT_FOUND. */
export async function listDispenses(ctx: TenantContext, prescriptionId: string): Promise<Dispense[]> {
  return (await findDispenses(ctx, prescriptionId).lean()).map(toDispense);
}

/** The find behind a page of what was handed out. */
export function findGivenOut(ctx: TenantContext, query: PharmacyQuery, patientIds?: readonly string[]) {
  const order = { field: 'at', kind: 'date', idKind: 'object-id', direction: -1 } as const;
  const page = keyset(order, query, PAGE_SIZE);
  const of = patientIds ? { patientId: op({ $in: patientIds.map((id) => objectId(id)) }) } : {};
  const find = dispenseModel(ctx)
    .find({ $and: [page.filter, of] })
    .sort(page.sort)
    .limit(page.limit);
  return { page, find };
}

/** What was handed out to whom, newest first; 25 a page. */
export async function listGivenOut(ctx: TenantContext, query: PharmacyQuery) {
  const theirs = query.q ? (await findPatients(ctx, query.q)).map(({ id }) => id) : undefined;
  const { page, find } = findGivenOut(ctx, query, theirs);
  const { rows, before, after } = page.toPage(await find.lean(), (row) => [
    row.at.toISOString(),
    row._id.toString(),
  ]);
  const prescriptions = await prescriptionModel(ctx)
    .find({ _id: op({ $in: rows.flatMap(({ prescriptionId }) => prescriptionId ?? []) }) })
    .select('patient')
    .lean();
  const patientOf = new Map(prescriptions.map(({ _id, patient }) => [_id.toString(), patient]));
  const given = rows.map(toDispense).map((dispense) => ({
    ...dispense,
    patientName: (dispense.sale?.buyer ?? patientOf.get(dispense.prescriptionId ?? ''))?.name ?? '',
    patientNumber: (dispense.sale?.buyer ?? patientOf.get(dispense.prescriptionId ?? ''))?.number ?? '',
  }));
  return { given, before, after };
}
export type GivenOut = Awaited<ReturnType<typeof listGivenOut>>['given'][number];

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getDispense(ctx: TenantContext, dispenseId: string): Promise<Dispense> {
  const row = await dispenseModel(ctx).findById(objectId(dispenseId, 'dispense')).lean();
  if (!row) throw notFoundError('dispense');
  return toDispense(row);
}

/** What a store has of the medicines of some lines: what may be given, the first to expire first. */
export async function listShelves(
  ctx: TenantContext,
  lines: readonly Pick<PrescriptionLine, 'medicineId'>[],
  storeId: string,
) {
  const $in = lines.flatMap(({ medicineId }) => (medicineId ? [objectId(medicineId, 'medicine')] : []));
  if ($in.length === 0) return [];
  const day = today(ctx.timeZone);
  const [medicines, batches] = await Promise.all([
    medicineModel(ctx)
      .find({ _id: op({ $in }), isActive: true })
      .select('name strength unit stop')
      .lean(),
    batchModel(ctx)
      .find({ medicineId: op({ $in }), hasStock: true })
      .sort({ medicineId: 1, expiresOn: 1, _id: 1 })
      .lean(),
  ]);
  return medicines.map(({ _id, unit, stop }) => {
    const usable = batches.filter(
      ({ medicineId, hold, expiresOn }) =>
        !stop && medicineId.equals(_id) && !hold && !isExpired(expiresOn, day),
    );
    return {
      medicineId: _id.toString(),
      unit,
      /** Why nothing of it is given out at the moment. */
      stopReason: stop?.reason ?? null,
      /** What may be given out of other stores. */
      inOtherStores: usable.reduce((sum, batch) => sum + batch.quantity - piecesIn(batch, storeId), 0),
      lots: usable
        .filter((batch) => piecesIn(batch, storeId) > 0)
        .map((batch) => ({
          ...{ id: batch._id.toString(), lotNumber: batch.lotNumber, expiresOn: batch.expiresOn },
          ...{ quantity: piecesIn(batch, storeId), mrpMinor: batch.mrpMinor ?? null },
        })),
    };
  });
}
export type Shelf = Awaited<ReturnType<typeof listShelves>>[number];

/**
 * What forbids to give the lines of a prescription as they are, unless the prescriber has overruled it:
 * an allergy that was written down since, for one. @throws AppError NOT_FOUND.
 */
export async function listDangers(
  ctx: TenantContext,
  { patientId, lines, overrides }: Pick<Prescription, 'patientId' | 'lines' | 'overrides'>,
): Promise<Finding[]> {
  const facts = await safetyFactsOf(ctx, patientId);
  return lines.flatMap((line) =>
    dangersOf(line, { ...line, genericName: line.ingredient }, facts, overrides),
  );
}
