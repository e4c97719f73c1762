import 'server-only';
import { besideVisit, newestFirst } from '@/features/record/prescriptions/papers-of-visits';
import { recordOpening } from '@/lib/audit/opening';
import { notFoundError } from '@/lib/errors';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type SignedLetter, toSignedLetter } from './dto';
import { letterModel } from './model';

const OF_PATIENT_LIMIT = 50;
const VERSIONS_LIMIT = 50;

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getLetter(ctx: TenantContext, letterId: string): Promise<SignedLetter> {
  const row = await letterModel(ctx).findById(objectId(letterId, 'letter')).lean();
  if (!row) throw notFoundError('letter');
  return toSignedLetter(row);
}

/** The same, for a page: that it was opened is in the log. @throws AppError NOT_FOUND. */
export async function openLetter(ctx: TenantContext, letterId: string): Promise<SignedLetter> {
  const found = await getLetter(ctx, letterId);
  await recordOpening(ctx, 'letter.open', `letter:${found.id}`);
  return found;
}

/** The find behind a patient's list; apart from it so that a test can ask how it is answered. */
export const findLettersOfPatient = (ctx: TenantContext, patientId: string) =>
  letterModel(ctx)
    .find({ patientId: objectId(patientId, 'patient') })
    .sort({ _id: -1 })
    .limit(OF_PATIENT_LIMIT);

/** A patient's letters, newest first, void ones too. At most 50. @throws AppError NOT_FOUND. */
export async function listLettersOfPatient(ctx: TenantContext, patientId: string): Promise<SignedLetter[]> {
  return (await findLettersOfPatient(ctx, patientId).lean()).map(toSignedLetter);
}

/** The find behind what some visits have. */
export const findLettersOfVisits = (ctx: TenantContext, visitIds: readonly string[]) =>
  letterModel(ctx).find({ visitId: op({ $in: visitIds.map((one) => objectId(one, 'visit')) }) });

/** The letters of some visits, however long ago they were; the newest first, void ones too. */
export async function listLettersOfVisits(
  ctx: TenantContext,
  visitIds: readonly string[],
): Promise<SignedLetter[]> {
  const rows = await findLettersOfVisits(ctx, visitIds).lean();
  return newestFirst(rows).map(toSignedLetter);
}

/** A patient's letters as above, and those of a visit, which may be older than all that is listed. */
export async function listLettersBeside(
  ctx: TenantContext,
  visit: { id: string; patientId: string },
): Promise<SignedLetter[]> {
  return besideVisit(visit.id, await listLettersOfPatient(ctx, visit.patientId), {
    most: OF_PATIENT_LIMIT,
    listOfVisits: (visitIds) => listLettersOfVisits(ctx, visitIds),
  });
}

/** The find behind the versions of a letter. */
export const findLetterVersions = (ctx: TenantContext, number: string) =>
  letterModel(ctx).find({ number }).sort({ version: -1 }).limit(VERSIONS_LIMIT);

/** Each version of a letter, newest first. At most 50. */
export async function listLetterVersions(ctx: TenantContext, number: string): Promise<SignedLetter[]> {
  return (await findLetterVersions(ctx, number).lean()).map(toSignedLetter);
}
