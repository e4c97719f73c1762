import 'server-only';
import { besideVisit, newestFirst } from '@/features/record/prescriptions/papers-of-visits';
import { recordOpening } from '@/lib/audit/opening';
import { notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import {
  type MadeGlasses,
  type SpectaclesPrescription,
  toMadeGlasses,
  toSpectaclesPrescription,
} from './dto';
import { madeGlassesModel, spectaclesModel } from './model';
import { glassesVersion } from './policy';

const OF_PATIENT_LIMIT = 20;

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getSpectacles(
  ctx: TenantContext,
  spectaclesId: string,
): Promise<SpectaclesPrescription> {
  const row = await spectaclesModel(ctx).findById(objectId(spectaclesId, 'prescription')).lean();
  if (!row) throw notFoundError('prescription');
  return toSpectaclesPrescription(row);
}

/** The same, for a page: that it was opened is in the log. @throws AppError NOT_FOUND. */
export async function openSpectacles(
  ctx: TenantContext,
  spectaclesId: string,
): Promise<SpectaclesPrescription> {
  const found = await getSpectacles(ctx, spectaclesId);
  await recordOpening(ctx, 'spectacles.open', `spectacles:${found.id}`);
  return found;
}

/** The find behind a patient's list; apart from it so that a test can ask how it is answered. */
export const findSpectaclesOfPatient = (ctx: TenantContext, patientId: string) =>
  spectaclesModel(ctx)
    .find({ patientId: objectId(patientId, 'patient') })
    .sort({ _id: -1 })
    .limit(OF_PATIENT_LIMIT);

/** A patient's glasses, newest first, void ones too. At most 20. @throws AppError NOT_FOUND. */
export async function listSpectaclesOfPatient(
  ctx: TenantContext,
  patientId: string,
): Promise<SpectaclesPrescription[]> {
  return (await findSpectaclesOfPatient(ctx, patientId).lean()).map(toSpectaclesPrescription);
}

/** The find behind what some visits have. */
export const findSpectaclesOfVisits = (ctx: TenantContext, visitIds: readonly string[]) =>
  spectaclesModel(ctx).find({ visitId: op({ $in: visitIds.map((one) => objectId(one, 'visit')) }) });

/** The glasses of some visits, however long ago they were; the newest first, void ones too. */
export async function listSpectaclesOfVisits(
  ctx: TenantContext,
  visitIds: readonly string[],
): Promise<SpectaclesPrescription[]> {
  const rows = await findSpectaclesOfVisits(ctx, visitIds).lean();
  return newestFirst(rows).map(toSpectaclesPrescription);
}

/** A patient's glasses as above, and those of a visit, which may be older than all that is listed. */
export async function listSpectaclesBeside(
  ctx: TenantContext,
  visit: { id: string; patientId: string },
): Promise<SpectaclesPrescription[]> {
  return besideVisit(visit.id, await listSpectaclesOfPatient(ctx, visit.patientId), {
    most: OF_PATIENT_LIMIT,
    listOfVisits: (visitIds) => listSpectaclesOfVisits(ctx, visitIds),
  });
}

/** The find behind the version of a visit's glasses. */
export const findSpectaclesOfVisit = (ctx: TenantContext, visitId: string) =>
  spectaclesModel(ctx).find({ visitId: objectId(visitId, 'visit') });

/** The version that a change of a visit's glasses begins with. @throws AppError NOT_FOUND. */
export async function getGlassesVersion(ctx: TenantContext, visitId: string): Promise<number> {
  return glassesVersion(await findSpectaclesOfVisit(ctx, visitId).select('isVoid').lean());
}

/** The find behind what the optical shop made of a prescription. */
export const findMadeGlasses = (ctx: TenantContext, spectaclesId: string) =>
  madeGlassesModel(ctx)
    .find({ spectaclesId: objectId(spectaclesId, 'prescription') })
    .sort({ place: 1 });

/** What the optical shop has said of them, in order; the last one counts. */
export async function listMadeGlasses(ctx: TenantContext, spectaclesId: string): Promise<MadeGlasses[]> {
  return (await findMadeGlasses(ctx, spectaclesId).lean()).map(toMadeGlasses);
}
