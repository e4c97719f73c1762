import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { visitModel } from '@/features/frontdesk/queue/model';
import { staffModel } from '@/features/identity/staff/model';
import { patientModel } from '@/features/patients/patients/model';
import { ageText } from '@/features/patients/patients/policy';
import { keepAddressee } from '@/features/record/addressees/service';
import { notationOf } from '@/features/record/examinations/acuity';
import { acuityShown } from '@/features/record/examinations/acuity-reading';
import { readAssessment, readMeasurements } from '@/features/record/examinations/dto';
import type { Eye } from '@/features/record/examinations/eyes';
import { examinationModel } from '@/features/record/examinations/model';
import { diagnosisLine } from '@/features/record/examinations/shown';
import { auditedWrite } from '@/lib/audit/audited';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { nextNumber } from '@/lib/tenancy/counters';
import { dayOf, today } from '@/lib/time';
import { acuityWordsOf } from '../acuity-words';
import { bestCorrected, disabilitySource, gradeOf } from '../disability';
import { type SignedLetter, toSignedLetter } from '../dto';
import { letterModel } from '../model';
import type { Letter } from '../policy';
import type { SignLetterInput } from '../schema';

const NO_REGISTRATION =
  'Your registration number is missing: it is printed under your signature. Ask an administrator to enter it on the staff page, then sign. What you wrote is still here.';

/**
 * Signs a letter of a visit; one that is replaced is voided, with the reason, and lends it its number.
 * @throws AppError INVALID_INPUT where that reason or what it certifies is missing; CONFLICT where the letter
 * that is replaced is void, or the press was done with other values; FORBIDDEN without a registration number;
 * NOT_FOUND.
 */
export async function signLetter(
  ctx: TenantContext,
  input: SignLetterInput,
  now = new Date(),
): Promise<SignedLetter> {
  const visitId = objectId(input.visitId, 'visit');
  const { requestKey, written } = input;
  const { actor } = ctx;
  if (actor.kind !== 'staff') throw new AppError('FORBIDDEN', 'Only people can sign.');
  const posted = JSON.stringify(written);
  const save = () =>
    auditedWrite(ctx, async (session) => {
      const model = letterModel(ctx);
      const same = await model.findOne({ requestKey }).session(session).lean();
      if (same && (same.posted !== posted || !same.visitId.equals(visitId)))
        throw new AppError(
          'CONFLICT',
          'This letter is signed already, with other values. Open it to change it.',
        );
      if (same) return toSignedLetter(same);
      const visit = await visitModel(ctx)
        .findById(visitId)
        .select('patientId patient day')
        .session(session)
        .lean();
      if (!visit) throw notFoundError('visit');
      const [person, patient] = [
        await staffModel(ctx)
          .findById(objectId(actor.userId))
          .select('registrationNumber')
          .session(session)
          .lean(),
        await patientModel(ctx)
          .findById(visit.patientId)
          .select('dateOfBirth isBirthEstimated')
          .session(session)
          .lean(),
      ];
      if (!person?.registrationNumber) throw new AppError('FORBIDDEN', NO_REGISTRATION);
      const before = await replacedBy(ctx, input, visitId, session);
      const letter = await letterOf(ctx, input, { visitId, patientId: visit.patientId }, session);
      const birth = {
        day: patient?.dateOfBirth ?? visit.patient.dateOfBirth,
        isEstimated: patient?.isBirthEstimated ?? false,
      };
      if (before) {
        const voided = { isVoid: true, voidedAt: now, voidedByName: actor.name, voidReason: input.reason };
        await model.updateOne({ _id: before._id }, { $set: voided }, { session });
      }
      const _id = newObjectId();
      const number = before?.number ?? numberText(await nextNumber(ctx, 'letters', session));
      await model.create(
        [
          {
            ...{ _id, requestKey, number, visitId, posted },
            version: (before?.version ?? 0) + 1,
            patientId: visit.patientId,
            patientName: visit.patient.name,
            patientNumber: visit.patient.number,
            patientAge: `${ageText(birth, visit.day)}, ${visit.patient.sex}`,
            kind: letter.kind,
            day: visit.day,
            signedDay: dayOf(now, ctx.timeZone),
            content: JSON.stringify(letter),
            signedAt: now,
            signedByName: actor.name,
            registrationNumber: person.registrationNumber,
            isVoid: false,
          },
        ],
        { session },
      );
      if (letter.kind === 'referral' && input.isKept) await keepAddressee(ctx, letter.to, session);
      ctx.audit?.about(`letter:${_id}`);
      return toSignedLetter(await model.findById(_id).session(session).orFail().lean());
    });
  try {
    return await save();
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    // The same press at the same moment, or another change of the same letter: now it can be found.
    return save();
  }
}

const numberText = (count: number): string => `L-${String(count).padStart(6, '0')}`;

/** The letter that is replaced, once it may be. */
async function replacedBy(
  ctx: TenantContext,
  { letterId, version, reason, written }: SignLetterInput,
  visitId: Types.ObjectId,
  session: ClientSession,
) {
  if (!letterId) return null;
  const row = await letterModel(ctx)
    .findOne({ _id: objectId(letterId, 'letter'), visitId })
    .session(session)
    .lean();
  if (!row) throw notFoundError('letter');
  if (row.isVoid || row.version !== version)
    throw new AppError(
      'CONFLICT',
      `${row.voidedByName ?? row.signedByName} has voided or changed it meanwhile. What you wrote is still here.`,
    );
  if (row.kind !== written.kind)
    throw new AppError('INVALID_INPUT', 'Another kind of letter is a letter of its own: void this one.', {
      field: 'kind',
    });
  if (!reason)
    throw new AppError('INVALID_INPUT', 'It is signed: say why it changes.', { field: 'reasonForChange' });
  return row;
}

/** What was written, with what the record says of it: nobody types an acuity into a certificate. */
async function letterOf(
  ctx: TenantContext,
  { written }: SignLetterInput,
  { visitId, patientId }: { visitId: Types.ObjectId; patientId: Types.ObjectId },
  session: ClientSession,
): Promise<Letter> {
  if (written.kind === 'leave') {
    const { isDiagnosisNamed, ...rest } = written;
    if (!isDiagnosisNamed) return rest;
    const row = await examinationModel(ctx).findById(visitId).session(session).lean();
    const diagnosis = readAssessment(row?.assessment).diagnoses.map(diagnosisLine).join('; ');
    if (diagnosis) return { ...rest, diagnosis };
    throw new AppError('INVALID_INPUT', 'This visit has no diagnosis to name.', {
      field: 'isDiagnosisNamed',
    });
  }
  if (written.kind !== 'acuity' && written.kind !== 'disability') return written;
  const { examinationId } = written;
  const row = await examinationModel(ctx)
    .findOne({ _id: objectId(examinationId, 'examination'), patientId })
    .session(session)
    .lean();
  if (!row) throw notFoundError('examination');
  if (written.kind === 'disability') return disabilityOf(ctx, written, row);
  const { examinationId: _read, ...rest } = written;
  const words = acuityWordsOf(readMeasurements(row.measurements), notationOf(ctx.organization.country));
  if (words) return { ...rest, examinedOn: row.day, words };
  throw new AppError('INVALID_INPUT', 'No acuity of an eye was read at this examination.', {
    field: 'examinationId',
  });
}

type ExaminationRow = { day: string; measurements?: string | null; assessment?: string | null };

/** The number, its row in the table, and what it was made from: all of one examination. */
function disabilityOf(
  ctx: TenantContext,
  { examinationId: _read, ...rest }: Extract<SignLetterInput['written'], { kind: 'disability' }>,
  row: ExaminationRow,
): Letter {
  const refused = (sentence: string): AppError =>
    new AppError('INVALID_INPUT', sentence, { field: 'examinationId' });
  const { country } = ctx.organization;
  const source = disabilitySource(country);
  if (!source) throw refused('There is no table for your country, so no number can be certified.');
  const best = bestCorrected(readMeasurements(row.measurements));
  const grade = gradeOf(best, rest.fields);
  if ('problem' in grade) throw refused(grade.problem);
  const cause = readAssessment(row.assessment).diagnoses.map(diagnosisLine).join('; ');
  if (!cause) throw refused('This examination names no diagnosis, and a certificate needs the cause.');
  if (rest.until && rest.until <= today(ctx.timeZone))
    throw new AppError('INVALID_INPUT', 'Enter a day to come: until then the certificate holds.', {
      field: 'until',
    });
  const shown = (eye: Eye) => (best[eye] ? acuityShown(best[eye], notationOf(country)) : '');
  const acuity = { right: shown('right'), left: shown('left') };
  return { ...rest, ...grade, examinedOn: row.day, acuity, cause, source };
}
