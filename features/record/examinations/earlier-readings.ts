import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { noteDay } from '@/features/patients/notes/day';
import { patientModel } from '@/features/patients/patients/model';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { readMeasurements } from './dto';
import { examinationModel } from './model';
import { type Before, bestAcuity, EYES, type Measurements } from './policy';

/** What is known of each eye after an examination, given what was known before it. */
export const knownAfter = (before: Before, measurements: Measurements): Before =>
  Object.fromEntries(
    EYES.flatMap((eye) => {
      const known = bestAcuity(measurements[eye]) ?? before[eye];
      return known === undefined ? [] : [[eye, known]];
    }),
  );

/** Nothing is known of a first examination: no text. */
export const beforeText = (before: Before): string | undefined =>
  Object.keys(before).length > 0 ? JSON.stringify(before) : undefined;

/**
 * Writes into each examination of a patient what the earlier ones had read, in the transaction of a change to
 * one of them; the days whose figures that changes are noted. Of two changes at once, one waits for the
 * other.
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
    .select('day measurements before')
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
}
