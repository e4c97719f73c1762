import 'server-only';
import { getVisit } from '@/features/frontdesk/queue/queries';
import { getPatient } from '@/features/patients/patients/queries';
import { NO_MEASUREMENTS } from '@/features/record/examinations/policy';
import { findExamination } from '@/features/record/examinations/queries';
import { measure } from '@/features/record/examinations/service';
import { AppError } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';
import { chosenOf, identityOf, sourceOf, withReadings } from './policy';
import { readDocument } from './queries';
import { readDeviceFile } from './readings';
import type { AcceptReadingsInput } from './schema';

const invalid = (sentence: string, field?: string): AppError =>
  new AppError('INVALID_INPUT', sentence, field ? { field } : {});

/**
 * Takes the chosen readings of a device's file into the measurements of a visit, beside what is there.
 * @returns how many were chosen, and what was left out, with why
 * @throws AppError CONFLICT when somebody has saved the measurements meanwhile, INVALID_INPUT for a file
 * that is not this patient's, NOT_FOUND.
 */
export async function acceptReadings(
  ctx: TenantContext,
  { visitId, version, content, fileId, chosen, isConfirmed }: AcceptReadingsInput,
): Promise<{ visitId: string; taken: number; left: string[] }> {
  const visit = await getVisit(ctx, visitId);
  const patient = await getPatient(ctx, visit.patientId);
  const file = fileId ? (await readDocument(ctx, visitId, fileId)).file : readDeviceFile(content);
  if ('problem' in file) throw invalid(file.problem);
  const { conflicts, doubts } = identityOf(file, patient);
  if (conflicts.length > 0)
    throw invalid(`This file is of somebody else and was not taken. ${conflicts.join(' ')}`);
  if (doubts.length > 0 && !isConfirmed)
    throw invalid(`${doubts.join(' ')} Say that it is this patient.`, 'isConfirmed');
  const readings = chosen.flatMap(({ index, eye }) => {
    const reading = file.readings[index];
    return reading ? chosenOf(reading, eye) : [];
  });
  const source = sourceOf(file);
  const before = (await findExamination(ctx, visitId))?.measurements ?? NO_MEASUREMENTS;
  const { measurements, left } = withReadings(before, readings, source);
  if (JSON.stringify(measurements) === JSON.stringify(before))
    throw new AppError('CONFLICT', left.length > 0 ? left.join(' ') : 'There is nothing to take over.');
  await measure(ctx, { visitId, version, reason: `Taken over from ${source}`.slice(0, 200), measurements });
  return { visitId, taken: readings.length - left.length, left };
}
