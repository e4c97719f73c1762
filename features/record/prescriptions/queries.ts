import 'server-only';
import { findAllergies } from '@/features/patients/allergies/queries';
import { illnessesOf } from '@/features/patients/histories/policy';
import { findHistory } from '@/features/patients/histories/queries';
import { diagnosisText } from '@/features/record/examinations/diagnoses';
import { listExaminationsOfPatient } from '@/features/record/examinations/queries';
import { ownedHere } from '@/features/record/templates/queries';
import { recordOpening } from '@/lib/audit/opening';
import { notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, today } from '@/lib/time';
import {
  type Prescription,
  type PrescriptionSet,
  type PrescriptionVersion,
  toPrescription,
  toPrescriptionSet,
  toPrescriptionVersion,
} from './dto';
import { prescriptionModel, prescriptionSetModel, prescriptionVersionModel } from './model';
import { newestFirst } from './papers-of-visits';
import { type MedicineNow, medicinesNow } from './policy';
import type { SafetyFacts } from './safety';

const OF_PATIENT_LIMIT = 50;
const OF_VISIT_LIMIT = 20;
const VERSIONS_LIMIT = 50;
/** Of one owner; more are found by nobody. */
export const MOST_SETS = 100;

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getPrescription(ctx: TenantContext, prescriptionId: string): Promise<Prescription> {
  const row = await prescriptionModel(ctx).findById(objectId(prescriptionId, 'prescription')).lean();
  if (!row) throw notFoundError('prescription');
  return toPrescription(row);
}

/** The same, for a page: that it was opened is in the log. @throws AppError NOT_FOUND. */
export async function openPrescription(ctx: TenantContext, prescriptionId: string): Promise<Prescription> {
  const prescription = await getPrescription(ctx, prescriptionId);
  await recordOpening(ctx, 'prescription.open', `prescription:${prescription.id}`);
  return prescription;
}

/** The find behind a visit's list; apart from it so that a test can ask how it is answered. */
export const findPrescriptionsOfVisit = (ctx: TenantContext, visitId: string) =>
  prescriptionModel(ctx)
    .find({ visitId: objectId(visitId, 'visit') })
    .sort({ _id: -1 })
    .limit(OF_VISIT_LIMIT);

/** The prescriptions of a visit, newest first; all but one are void. @throws AppError NOT_FOUND. */
export async function listPrescriptionsOfVisit(ctx: TenantContext, visitId: string): Promise<Prescription[]> {
  return (await findPrescriptionsOfVisit(ctx, visitId).lean()).map(toPrescription);
}

/** The find behind a patient's list. */
export const findPrescriptionsOfPatient = (ctx: TenantContext, patientId: string) =>
  prescriptionModel(ctx)
    .find({ patientId: objectId(patientId, 'patient') })
    .sort({ _id: -1 })
    .limit(OF_PATIENT_LIMIT);

/** A patient's prescriptions, newest first. At most 50. @throws AppError NOT_FOUND for a malformed id. */
export async function listPrescriptionsOfPatient(
  ctx: TenantContext,
  patientId: string,
): Promise<Prescription[]> {
  return (await findPrescriptionsOfPatient(ctx, patientId).lean()).map(toPrescription);
}

/** The find behind what some visits have. */
export const findPrescriptionsOfVisits = (ctx: TenantContext, visitIds: readonly string[]) =>
  prescriptionModel(ctx).find({ visitId: op({ $in: visitIds.map((one) => objectId(one, 'visit')) }) });

/** The prescriptions of some visits, however long ago they were; the newest first, void ones too. */
export async function listPrescriptionsOfVisits(
  ctx: TenantContext,
  visitIds: readonly string[],
): Promise<Prescription[]> {
  const rows = await findPrescriptionsOfVisits(ctx, visitIds).lean();
  return newestFirst(rows).map(toPrescription);
}

/** What a patient takes today; see `medicinesNow`. @throws AppError NOT_FOUND for a malformed id. */
export async function listMedicinesNow(
  ctx: TenantContext,
  patientId: string,
  day: Day = today(ctx.timeZone),
): Promise<MedicineNow[]> {
  return medicinesNow(await listPrescriptionsOfPatient(ctx, patientId), day);
}

/** What a signed prescription said before it was changed, newest first. At most 50. */
export async function listPrescriptionVersions(
  ctx: TenantContext,
  prescriptionId: string,
): Promise<PrescriptionVersion[]> {
  const rows = await prescriptionVersionModel(ctx)
    .find({ prescriptionId: objectId(prescriptionId, 'prescription') })
    .sort({ version: -1 })
    .limit(VERSIONS_LIMIT)
    .lean();
  return rows.map(toPrescriptionVersion);
}

/** The find behind the list of sets: everybody's, and one's own. */
export const findPrescriptionSets = (ctx: TenantContext) =>
  prescriptionSetModel(ctx)
    .find(ownedHere(ctx))
    .sort({ ownerId: 1, nameKey: 1 })
    .limit(2 * MOST_SETS);

/** One's own sets by name, and behind them the organization's; those of a colleague are not there. */
export async function listPrescriptionSets(ctx: TenantContext): Promise<PrescriptionSet[]> {
  const sets = (await findPrescriptionSets(ctx).lean()).map(toPrescriptionSet);
  return [...sets.filter(({ isOwn }) => isOwn), ...sets.filter(({ isOwn }) => !isOwn)];
}

/**
 * What the rules of safety look at: allergies, every diagnosis that was written, and the highest pressure of
 * the last examination in which it was measured.
 * @throws AppError NOT_FOUND for a malformed id.
 */
export async function safetyFactsOf(ctx: TenantContext, patientId: string): Promise<SafetyFacts> {
  const [examinations, { allergies }, history] = await Promise.all([
    listExaminationsOfPatient(ctx, patientId),
    findAllergies(ctx, patientId),
    findHistory(ctx, patientId),
  ]);
  // Each reading counts, not their mean: the highest is what a steroid could make worse.
  const read = examinations.map(({ measurements }) =>
    measurements.pressures
      .flatMap(({ right, left }) => [right, left])
      .flatMap((one) => (one && 'mmHg' in one ? [one.mmHg] : [])),
  );
  const last = read.find((figures) => figures.length > 0);
  return {
    allergies: allergies.map(({ substance, reaction }) => ({ substance, reaction })),
    conditions: [
      ...new Set([
        ...illnessesOf(history.parts),
        ...examinations.flatMap(({ assessment }) => assessment.diagnoses.map(diagnosisText)),
      ]),
    ],
    pressure: last ? Math.max(...last) : null,
  };
}
