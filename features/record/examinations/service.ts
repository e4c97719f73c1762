import 'server-only';
import type { ClientSession } from 'mongoose';
import { visitModel } from '@/features/frontdesk/queue/model';
import { noteDay } from '@/features/patients/notes/day';
import { auditedWrite } from '@/lib/audit/audited';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { askOrders, chargeOrders } from './charge-orders';
import {
  type Examination,
  type ExaminationRow,
  readAssessment,
  readEyeRecord,
  readResolutions,
  toExamination,
} from './dto';
import { linkExaminations } from './earlier-readings';
import type { EyeRecord } from './eye-record';
import { examinationModel, examinationVersionModel, eyeRecordModel } from './model';
import { canSign, type Section } from './policy';
import type { AssessInput, MeasureInput, ResolveProblemInput, SignInput } from './schema';

/**
 * Stores what optometry measured.
 * @throws AppError CONFLICT when somebody else has saved it meanwhile, NOT_FOUND.
 */
export const measure = (ctx: TenantContext, { measurements, ...input }: MeasureInput, now = new Date()) =>
  saveSection(ctx, { ...input, section: 'measurements', content: JSON.stringify(measurements) }, now);

/**
 * Stores what the doctor found.
 * @throws AppError CONFLICT when somebody else has saved it meanwhile, NOT_FOUND.
 */
export const assess = (ctx: TenantContext, { assessment, ...input }: AssessInput, now = new Date()) =>
  saveSection(ctx, { ...input, section: 'assessment', content: JSON.stringify(assessment) }, now);

type Save = {
  visitId: string;
  version: number;
  reason: string | undefined;
  section: Section;
  content: string;
};

const versionOf = (row: ExaminationRow, section: Section): number =>
  section === 'measurements' ? row.measurementsVersion : row.assessmentVersion;
const authorOf = (row: ExaminationRow, section: Section): string =>
  (section === 'measurements' ? row.measuredByName : row.assessedByName) ?? 'Somebody';

const savedMeanwhile = (name: string): AppError =>
  new AppError(
    'CONFLICT',
    `${name} has saved this meanwhile. Nothing was overwritten, and what you wrote is still here.`,
  );

async function saveSection(ctx: TenantContext, save: Save, now: Date): Promise<Examination> {
  const { section, content } = save;
  const _id = objectId(save.visitId, 'visit');
  const written =
    section === 'measurements'
      ? {
          measurements: content,
          measurementsVersion: save.version + 1,
          measuredAt: now,
          measuredByName: ctx.actor.name,
        }
      : {
          assessment: content,
          assessmentVersion: save.version + 1,
          assessedAt: now,
          assessedByName: ctx.actor.name,
        };
  const write = () =>
    auditedWrite(ctx, async (session) => {
      const visit = await visitModel(ctx)
        .findById(_id)
        .select('patientId day startedAt')
        .session(session)
        .lean();
      if (!visit) throw notFoundError('visit');
      const { patientId, day, startedAt } = visit;
      const before = await examinationModel(ctx).findById(_id).session(session).lean();
      if (before) {
        if (versionOf(before, section) !== save.version) throw savedMeanwhile(authorOf(before, section));
        await keepSigned(ctx, before, save, now, session);
        const amended = before.signedAt ? { amendedAt: now, amendedByName: ctx.actor.name } : {};
        await examinationModel(ctx).updateOne({ _id }, { $set: { ...written, ...amended } }, { session });
      } else {
        if (save.version !== 0) throw savedMeanwhile('Somebody');
        await examinationModel(ctx).create([{ _id, patientId, day, startedAt, ...written }], { session });
      }
      await linkExaminations(ctx, patientId, session);
      await noteDay(ctx, day, session);
      if (section === 'assessment') {
        const { orders = [] } = readAssessment(content);
        const asked = { visitId: save.visitId, orders, at: now };
        await askOrders(ctx, asked, session);
        if (before?.signedAt) await chargeOrders(ctx, asked, session);
      }
      return readBack(ctx, _id.toString(), session);
    });
  try {
    return await write();
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    // The other section, or this one, was begun at the same moment: now there is something to look at.
    return write();
  }
}

/** A signed examination is changed with a reason, and says afterwards what it said before. */
async function keepSigned(
  ctx: TenantContext,
  row: ExaminationRow,
  { section, reason }: Save,
  now: Date,
  session: ClientSession,
): Promise<void> {
  if (!row.signedAt) return;
  if (!reason)
    throw new AppError('INVALID_INPUT', 'This examination is signed: say why it is changed.', {
      field: 'reason',
    });
  const content = row[section];
  await examinationVersionModel(ctx).create(
    [
      {
        visitId: row._id,
        section,
        ...(content ? { content } : {}),
        byName: authorOf(row, section),
        replacedByName: ctx.actor.name,
        replacedAt: now,
        reason,
      },
    ],
    { session },
  );
}

/**
 * The doctor stands for what is written.
 * @throws AppError CONFLICT, INVALID_INPUT without a diagnosis, NOT_FOUND.
 */
export async function signExamination(
  ctx: TenantContext,
  { visitId, version }: SignInput,
  now = new Date(),
): Promise<Examination> {
  const _id = objectId(visitId, 'visit');
  return auditedWrite(ctx, async (session) => {
    const row = await examinationModel(ctx).findById(_id).session(session).lean();
    if (!row) throw notFoundError('examination');
    if (row.signedAt) throw new AppError('CONFLICT', `${row.signedByName} has signed it already.`);
    if (row.assessmentVersion !== version) throw savedMeanwhile(authorOf(row, 'assessment'));
    if (!canSign(readAssessment(row.assessment)))
      throw new AppError('INVALID_INPUT', 'Add a diagnosis before you sign.');
    await examinationModel(ctx).updateOne(
      { _id },
      { $set: { signedAt: now, signedByName: ctx.actor.name } },
      { session },
    );
    const { orders = [] } = readAssessment(row.assessment);
    await chargeOrders(ctx, { visitId, orders, at: now }, session);
    return readBack(ctx, visitId, session);
  });
}

/**
 * Says that a problem of a patient is over, or that it is not. A diagnosis of a later visit brings it back.
 * @throws AppError NOT_FOUND for a problem that no visit has named.
 */
export async function resolveProblem(
  ctx: TenantContext,
  { patientId, key, isResolved }: ResolveProblemInput,
  now = new Date(),
): Promise<EyeRecord & { patientId: string }> {
  const _id = objectId(patientId, 'patient');
  return auditedWrite(ctx, async (session) => {
    const row = await eyeRecordModel(ctx).findById(_id).session(session).lean();
    if (!readEyeRecord(row?.content).problems.some((one) => one.key === key)) throw notFoundError('problem');
    const others = readResolutions(row?.resolutions).filter((one) => one.key !== key);
    const said = isResolved ? [{ key, on: today(ctx.timeZone, now), byName: ctx.actor.name }] : [];
    await eyeRecordModel(ctx).updateOne(
      { _id },
      { $set: { resolutions: JSON.stringify([...others, ...said]) } },
      { session },
    );
    await linkExaminations(ctx, _id, session);
    const written = await eyeRecordModel(ctx).findById(_id).session(session).lean();
    return { patientId, ...readEyeRecord(written?.content) };
  });
}

async function readBack(ctx: TenantContext, visitId: string, session: ClientSession): Promise<Examination> {
  const row = await examinationModel(ctx).findById(objectId(visitId, 'visit')).session(session).lean();
  if (!row) throw notFoundError('examination');
  return toExamination(row);
}
