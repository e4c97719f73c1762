import 'server-only';
import { visitModel } from '@/features/frontdesk/queue/model';
import { patientModel } from '@/features/patients/patients/model';
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
import { hereOnly, listedHere } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { dayRange } from '@/lib/wall-clock';
import { type Dispense, toDispense } from './dto';
import { dispenseModel } from './model';
import { dangersOf } from './policy';
import type { PharmacyQuery } from './schema';

const PAGE_SIZE = 25;
const DISPENSES_LIMIT = 20;

/** Since when a prescription is of today: who has one may be here. */
const sinceToday = (ctx: TenantContext): Date => dayRange(today(ctx.timeZone), ctx.timeZone).start;

/** Of which days a list shows what nobody has fetched; who is looked for is found on any day. */
function daysOf(ctx: TenantContext, { show }: Pick<PharmacyQuery, 'show'>, isSought: boolean) {
  if (isSought || show === 'owed') return {};
  const start = sinceToday(ctx);
  return { signedAt: op(show === 'earlier' ? { $lt: start } : { $gte: start }) };
}

/** The find behind a page of the counter; apart from it so that a test can ask how it is answered. */
export function findWaiting(
  ctx: TenantContext,
  query: Omit<PharmacyQuery, 'q'>,
  patientIds?: readonly string[],
) {
  // Who waits is served in turn; of what nobody came for the latest is asked for.
  const direction = query.show === 'earlier' ? -1 : 1;
  const order = { field: 'signedAt', kind: 'date', idKind: 'object-id', direction } as const;
  const page = keyset(order, query, PAGE_SIZE);
  const dispenseStatus = query.show === 'owed' ? ('partial' as const) : ('waiting' as const);
  const days = daysOf(ctx, query, patientIds !== undefined);
  const find = prescriptionModel(ctx)
    .find({
      dispenseStatus,
      // Both may bound the moment: two conditions on one field need $and.
      ...(page.start ? { $and: [days, page.filter] } : days),
      // Who is looked for is found wherever they were seen.
      ...(patientIds
        ? { patientId: op({ $in: patientIds.map((each) => objectId(each, 'patient')) }) }
        : listedHere(ctx)),
    })
    .sort(page.sort)
    .limit(page.limit);
  return { page, find };
}

/** Whom the words of a search mean: also whose token of today it is. Undefined without words. */
async function findMeant(ctx: TenantContext, q: string): Promise<string[] | undefined> {
  if (!q) return undefined;
  const [patients, visit] = await Promise.all([
    findPatients(ctx, q),
    /^\d{1,4}$/.test(q)
      ? visitModel(ctx)
          .findOne({ day: today(ctx.timeZone), token: Number(q), ...hereOnly(ctx) })
          .select('patientId')
          .lean()
      : null,
  ]);
  return [...new Set([...patients.map(({ id }) => id), ...(visit ? [visit.patientId.toString()] : [])])];
}

/** Which of the patients have died: nothing is fetched for them, and nobody is rung. */
async function readDied(ctx: TenantContext, prescriptions: readonly Prescription[]): Promise<Set<string>> {
  if (prescriptions.length === 0) return new Set();
  const _id = op({ $in: prescriptions.map(({ patientId }) => objectId(patientId, 'patient')) });
  const rows = await patientModel(ctx)
    .find({ _id, deceasedOn: op({ $exists: true }) })
    .select('_id')
    .lean();
  return new Set(rows.map((row) => row._id.toString()));
}

/** What of what is owed has arrived in a store meanwhile, and where those are called who wait for it. */
async function readArrived(ctx: TenantContext, prescriptions: readonly Prescription[], storeId: string) {
  const patientIds = prescriptions.map(({ patientId }) => objectId(patientId, 'patient'));
  const [shelves, patients] = await Promise.all([
    listShelves(
      ctx,
      prescriptions.flatMap(({ lines }) => lines),
      storeId,
    ),
    patientModel(ctx)
      .find({ _id: op({ $in: patientIds }) })
      .select('phone')
      .lean(),
  ]);
  return {
    isHere: ({ medicineId }: PrescriptionLine, owed: number): boolean =>
      (shelves.find((shelf) => shelf.medicineId === medicineId)?.lots ?? []).reduce(
        (sum, { quantity }) => sum + quantity,
        0,
      ) >= owed,
    phoneOf: new Map(patients.map(({ _id, phone }) => [_id.toString(), phone ?? null])),
  };
}

/**
 * Who waits at the pharmacy with what, or is owed something, oldest first; 25 a page.
 * @param query with words, those of the patients who are found by them
 * @param storeId of the counter: what is owed and has arrived there is said, with the phone of who waits
 */
export async function listWaiting(ctx: TenantContext, query: PharmacyQuery, storeId?: string) {
  const found = await findMeant(ctx, query.q);
  const { page, find } = findWaiting(ctx, query, found);
  const { rows, before, after } = page.toPage(await find.lean(), (row) => [
    (row.signedAt ?? row.savedAt).toISOString(),
    row._id.toString(),
  ]);
  const prescriptions = rows.map(toPrescription);
  const [died, arrived] = await Promise.all([
    readDied(ctx, prescriptions),
    storeId && query.show === 'owed' && prescriptions.length > 0
      ? readArrived(ctx, prescriptions, storeId)
      : null,
  ]);
  const waiting = prescriptions.map(({ lines, dispensed, ...prescription }) => {
    const hasDied = died.has(prescription.patientId);
    return {
      hasDied,
      phone: hasDied ? null : (arrived?.phoneOf.get(prescription.patientId) ?? null),
      ...{
        id: prescription.id,
        patientName: prescription.patientName,
        patientNumber: prescription.patientNumber,
      },
      ...{ token: prescription.token, day: prescription.day, signed: prescription.signed },
      items: lines.flatMap((line) => {
        const owed = owedOf(line, dispensed);
        if (owed === 0) return [];
        const isHere = arrived?.isHere(line, owed) ?? false;
        return [{ id: line.id, title: lineTitle(line), owed, unit: line.unit, isHere }];
      }),
    };
  });
  return { waiting, before, after };
}
export type Waiting = Awaited<ReturnType<typeof listWaiting>>['waiting'][number];

/** How many wait, and how many are owed something. */
export async function countWaiting(ctx: TenantContext) {
  const count = (show: PharmacyQuery['show']) =>
    prescriptionModel(ctx).countDocuments({
      dispenseStatus: show === 'owed' ? 'partial' : 'waiting',
      ...daysOf(ctx, { show }, false),
      ...listedHere(ctx),
    });
  const [waiting, owed] = await Promise.all([count('waiting'), count('owed')]);
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
  const of = patientIds ? { patientId: op({ $in: patientIds.map((id) => objectId(id)) }) } : listedHere(ctx);
  const find = dispenseModel(ctx)
    .find({ $and: [page.filter, of] })
    .sort(page.sort)
    .limit(page.limit);
  return { page, find };
}

/** What was handed out to whom, newest first; 25 a page. */
export async function listGivenOut(ctx: TenantContext, query: PharmacyQuery) {
  const theirs = await findMeant(ctx, query.q);
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
