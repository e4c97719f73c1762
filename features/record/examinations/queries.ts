import 'server-only';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import { yearRange } from '@/lib/wall-clock';
import {
  type Examination,
  type ExaminationVersion,
  readEyeRecord,
  toExamination,
  toExaminationVersion,
} from './dto';
import { type EyeRecord, eyeRecordOf } from './eye-record';
import { examinationModel, examinationVersionModel, eyeRecordModel } from './model';
import { hasMeasurements } from './policy';

const EXAMINATIONS_LIMIT = 50;
const VERSIONS_LIMIT = 50;
/** Of which one will have measurements. */
const BEFORE_LIMIT = 10;
/** Nobody is examined more often. */
const DAYS_OF_YEAR = 366;

/**
 * The examination of a visit; null before anything was written.
 * @throws AppError NOT_FOUND for a malformed id.
 */
export async function findExamination(ctx: TenantContext, visitId: string): Promise<Examination | null> {
  const row = await examinationModel(ctx).findById(objectId(visitId, 'visit')).lean();
  return row ? toExamination(row) : null;
}

/** What all examinations of a patient come to. @throws AppError NOT_FOUND for a malformed id. */
export async function findEyeRecord(ctx: TenantContext, patientId: string): Promise<EyeRecord> {
  const _id = objectId(patientId, 'patient');
  const row = await eyeRecordModel(ctx).findById(_id).lean();
  if (row) return readEyeRecord(row.content);
  // Examinations of before are written into a record with the next one; until then they are read here.
  const rows = await examinationModel(ctx).find({ patientId: _id }).sort({ startedAt: 1, _id: 1 }).lean();
  return eyeRecordOf(rows.map(toExamination), []);
}

/** The find behind a patient's list; apart from it so that a test can ask how it is answered. */
export const findExaminationsOfPatient = (ctx: TenantContext, patientId: string) =>
  examinationModel(ctx)
    .find({ patientId: objectId(patientId, 'patient') })
    .sort({ startedAt: -1, _id: -1 })
    .limit(EXAMINATIONS_LIMIT);

/** A patient's examinations, newest first. At most 50. @throws AppError NOT_FOUND for a malformed id. */
export async function listExaminationsOfPatient(
  ctx: TenantContext,
  patientId: string,
): Promise<Examination[]> {
  return (await findExaminationsOfPatient(ctx, patientId).lean()).map(toExamination);
}

/** The find behind what was measured before a visit. */
export const findBefore = (ctx: TenantContext, visit: { patientId: string; startedAt: string }) =>
  examinationModel(ctx)
    .find({
      patientId: objectId(visit.patientId, 'patient'),
      startedAt: op({ $lt: new Date(visit.startedAt) }),
    })
    .sort({ startedAt: -1, _id: -1 })
    .limit(BEFORE_LIMIT);

/**
 * What was last measured before a visit, or on its day.
 * @param all of the patient as listed: only of a visit that is older than these is anything asked for
 */
export async function findEarlier(
  ctx: TenantContext,
  visit: { id: string; patientId: string; day: Day; startedAt: string },
  all: readonly Examination[],
): Promise<Examination | null> {
  const known = all.find(
    ({ visitId, day, measurements }) =>
      visitId !== visit.id && day <= visit.day && hasMeasurements(measurements),
  );
  if (known || all.length < EXAMINATIONS_LIMIT) return known ?? null;
  const before = (await findBefore(ctx, visit).lean()).map(toExamination);
  return before.find(({ measurements }) => hasMeasurements(measurements)) ?? null;
}

/** The find behind the examinations of a year. */
export function findExaminationsOfYear(ctx: TenantContext, patientId: string, year: number) {
  const { start, end } = yearRange(year, ctx.timeZone);
  return examinationModel(ctx)
    .find({ patientId: objectId(patientId, 'patient'), startedAt: op({ $gte: start, $lt: end }) })
    .sort({ startedAt: -1, _id: -1 })
    .limit(DAYS_OF_YEAR);
}

/** A patient's examinations of a year, newest first. @throws AppError NOT_FOUND for a malformed id. */
export const listExaminationsOfYear = async (
  ctx: TenantContext,
  patientId: string,
  year: number,
): Promise<Examination[]> => (await findExaminationsOfYear(ctx, patientId, year).lean()).map(toExamination);

/**
 * What a signed examination said before it was changed, newest first. At most 50.
 * @throws AppError NOT_FOUND.
 */
export async function listExaminationVersions(
  ctx: TenantContext,
  visitId: string,
): Promise<ExaminationVersion[]> {
  const rows = await examinationVersionModel(ctx)
    .find({ visitId: objectId(visitId, 'visit') })
    .sort({ replacedAt: -1 })
    .limit(VERSIONS_LIMIT)
    .lean();
  return rows.map(toExaminationVersion);
}
