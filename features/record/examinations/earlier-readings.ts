import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { noteDay } from '@/features/patients/notes/day';
import { notePatient } from '@/features/patients/notes/patient';
import { patientModel } from '@/features/patients/patients/model';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import type { Day } from '@/lib/time';
import { readAssessment, readMeasurements, readResolutions } from './dto';
import { eyeRecordOf } from './eye-record';
import { examinationModel, eyeRecordModel } from './model';
import { type Before, bestAcuity, EYES, type Measurements } from './policy';

/** What is known of each eye after an examination, given what was known before it. */
export const knownAfter = (before: Before, measurements: Measurements): Before =>
  Object.fromEntries(
    EYES.flatMap((eye) => {
      const known = bestAcuity(measurements, eye) ?? before[eye];
      return known === undefined ? [] : [[eye, known]];
    }),
  );

/** Nothing is known of a first examination: no text. */
export const beforeText = (before: Before): string | undefined =>
  Object.keys(before).length > 0 ? JSON.stringify(before) : undefined;

/**
 * Writes into each examination of a patient what the earlier ones had read, and what all of them come to, in
 * the transaction of a change to one of them; the days whose figures that changes are noted. Of two changes
 * at once, one waits for the other.
 */
export async function linkExaminations(
  scope: { db: TenantDatabase; timeZone: string },
  patientId: Types.ObjectId,
  session: ClientSession,
): Promise<void> {
  await patientModel(scope).updateOne(
    { _id: patientId },
    { $inc: { examinationRevision: 1 } },
    { session, timestamps: false },
  );
  const rows = await examinationModel(scope)
    .find({ patientId })
    .sort({ startedAt: 1, _id: 1 })
    .select('day measurements assessment before')
    .session(session)
    .lean();
  let before: Before = {};
  for (const row of rows) {
    const text = beforeText(before);
    if ((row.before ?? undefined) !== text) {
      const change = text ? { $set: { before: text } } : { $unset: { before: 1 as const } };
      await examinationModel(scope).updateOne({ _id: row._id }, change, { session });
      await noteDay(scope, row.day, session);
    }
    before = knownAfter(before, readMeasurements(row.measurements));
  }
  await writeEyeRecord(scope, patientId, rows, session);
}

/** What the visits come to; and, for those who ask patients back, when the doctor wants to see this one. */
async function writeEyeRecord(
  scope: { db: TenantDatabase },
  patientId: Types.ObjectId,
  rows: readonly { day: Day; measurements?: string | null; assessment?: string | null }[],
  session: ClientSession,
): Promise<void> {
  const stored = await eyeRecordModel(scope).findById(patientId).session(session).lean();
  const visits = rows.map(({ day, measurements, assessment }) => ({
    day,
    measurements: readMeasurements(measurements),
    assessment: readAssessment(assessment),
  }));
  const record = eyeRecordOf(visits, readResolutions(stored?.resolutions));
  await eyeRecordModel(scope).updateOne(
    { _id: patientId },
    { $set: { content: JSON.stringify(record) } },
    { upsert: true, session },
  );
  const { review } = record;
  await patientModel(scope).updateOne(
    { _id: patientId },
    review
      ? { $set: { reviewDay: review.day, reviewFrom: review.from } }
      : { $unset: { reviewDay: 1, reviewFrom: 1 } },
    { session, timestamps: false },
  );
  await notePatient(scope, patientId, session);
}
