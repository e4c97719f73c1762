import 'server-only';
import { besideVisit, newestFirst } from '@/features/record/prescriptions/papers-of-visits';
import { glassesVersion } from '@/features/record/spectacles/policy';
import { recordOpening } from '@/lib/audit/opening';
import { notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type ContactLensPrescription, toContactLensPrescription } from './dto';
import { contactLensesModel } from './model';

const OF_PATIENT_LIMIT = 20;

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getContactLenses(
  ctx: TenantContext,
  contactLensesId: string,
): Promise<ContactLensPrescription> {
  const row = await contactLensesModel(ctx).findById(objectId(contactLensesId, 'prescription')).lean();
  if (!row) throw notFoundError('prescription');
  return toContactLensPrescription(row);
}

/** The same, for a page: that it was opened is in the log. @throws AppError NOT_FOUND. */
export async function openContactLenses(
  ctx: TenantContext,
  contactLensesId: string,
): Promise<ContactLensPrescription> {
  const found = await getContactLenses(ctx, contactLensesId);
  await recordOpening(ctx, 'contact-lenses.open', `contact-lenses:${found.id}`);
  return found;
}

/** The find behind a patient's list; apart from it so that a test can ask how it is answered. */
export const findContactLensesOfPatient = (ctx: TenantContext, patientId: string) =>
  contactLensesModel(ctx)
    .find({ patientId: objectId(patientId, 'patient') })
    .sort({ _id: -1 })
    .limit(OF_PATIENT_LIMIT);

/** A patient's contact lenses, newest first, void ones too. At most 20. @throws AppError NOT_FOUND. */
export async function listContactLensesOfPatient(
  ctx: TenantContext,
  patientId: string,
): Promise<ContactLensPrescription[]> {
  return (await findContactLensesOfPatient(ctx, patientId).lean()).map(toContactLensPrescription);
}

/** The find behind what some visits have. */
export const findContactLensesOfVisits = (ctx: TenantContext, visitIds: readonly string[]) =>
  contactLensesModel(ctx).find({ visitId: op({ $in: visitIds.map((one) => objectId(one, 'visit')) }) });

/** The contact lenses of some visits, however long ago they were; the newest first, void ones too. */
export async function listContactLensesOfVisits(
  ctx: TenantContext,
  visitIds: readonly string[],
): Promise<ContactLensPrescription[]> {
  const rows = await findContactLensesOfVisits(ctx, visitIds).lean();
  return newestFirst(rows).map(toContactLensPrescription);
}

/** A patient's contact lenses as above, and those of a visit, which may be older than all that is listed. */
export async function listContactLensesBeside(
  ctx: TenantContext,
  visit: { id: string; patientId: string },
): Promise<ContactLensPrescription[]> {
  return besideVisit(visit.id, await listContactLensesOfPatient(ctx, visit.patientId), {
    most: OF_PATIENT_LIMIT,
    listOfVisits: (visitIds) => listContactLensesOfVisits(ctx, visitIds),
  });
}

/** The find behind the version of a visit's contact lenses. */
export const findContactLensesOfVisit = (ctx: TenantContext, visitId: string) =>
  contactLensesModel(ctx).find({ visitId: objectId(visitId, 'visit') });

/** The version that a change of a visit's contact lenses begins with. @throws AppError NOT_FOUND. */
export async function getContactLensesVersion(ctx: TenantContext, visitId: string): Promise<number> {
  return glassesVersion(await findContactLensesOfVisit(ctx, visitId).select('isVoid').lean());
}
