import 'server-only';
import type { ClientSession, Types } from 'mongoose';
import { assertInUse } from '@/features/patients/patients/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Allergies, type Allergy, toAllergies, toAllergy } from './dto';
import { allergyAnswerModel, allergyModel } from './model';
import type { AddAllergyInput, ConfirmAllergiesInput, EndAllergyInput } from './schema';

const AUDITED = ['substance', 'reaction', 'severity', 'since'] as const;

/**
 * Notes an allergy; that somebody asked is noted with it.
 * @throws AppError CONFLICT for what is in the list already, NOT_FOUND.
 */
export async function addAllergy(
  ctx: TenantContext,
  input: AddAllergyInput,
  now = new Date(),
): Promise<Allergy> {
  const patientId = objectId(input.patientId, 'patient');
  return auditedWrite(ctx, async (session) => {
    await noteAsked(ctx, patientId, now, session);
    const known = await allergyModel(ctx).find({ patientId, endedAt: null }).session(session).lean();
    const isKnown = known.some(({ substance }) => substance.toLowerCase() === input.substance.toLowerCase());
    if (isKnown)
      throw new AppError('CONFLICT', `${input.substance} is in the list already.`, { field: 'substance' });
    const { substance, reaction, severity, since } = input;
    const [row] = await allergyModel(ctx).create(
      [
        {
          patientId,
          substance,
          ...(reaction ? { reaction } : {}),
          ...(severity ? { severity } : {}),
          ...(since ? { since } : {}),
          notedAt: now,
          notedByName: ctx.actor.name,
        },
      ],
      { session },
    );
    if (!row) throw new Error('The allergy was not stored');
    const is = toAllergy(row.toObject());
    noteChange(ctx, null, is, AUDITED);
    return is;
  });
}

/**
 * Ends an allergy: it was a mistake, or it was tested. The row stays with the reason.
 * @throws AppError CONFLICT when it has ended already, NOT_FOUND.
 */
export async function endAllergy(
  ctx: TenantContext,
  { allergyId, endReason }: EndAllergyInput,
  now = new Date(),
): Promise<Allergy> {
  const _id = objectId(allergyId, 'allergy');
  return auditedWrite(ctx, async (session) => {
    const row = await allergyModel(ctx).findById(_id).session(session).lean();
    if (!row) throw notFoundError('allergy');
    if (row.endedAt) throw new AppError('CONFLICT', `${row.endedByName} has removed it already.`);
    await noteAsked(ctx, row.patientId, now, session);
    const ended = await allergyModel(ctx)
      .findOneAndUpdate(
        { _id },
        { $set: { endedAt: now, endedByName: ctx.actor.name, endReason } },
        { returnDocument: 'after', session },
      )
      .orFail()
      .lean();
    noteChange(ctx, { endReason: '' }, { endReason }, ['endReason']);
    return toAllergy(ended);
  });
}

/** Somebody asked and nothing is to be changed: none are known, or the list holds. @throws NOT_FOUND. */
export async function confirmAllergies(
  ctx: TenantContext,
  { patientId }: ConfirmAllergiesInput,
  now = new Date(),
): Promise<Allergies & { patientId: string }> {
  const id = objectId(patientId, 'patient');
  return auditedWrite(ctx, async (session) => {
    await noteAsked(ctx, id, now, session);
    const rows = await allergyModel(ctx).find({ patientId: id }).sort({ notedAt: 1 }).session(session).lean();
    const answer = await allergyAnswerModel(ctx).findById(id).session(session).lean();
    return { patientId, ...toAllergies(rows, answer) };
  });
}

/** That somebody asked now; of two writers for one patient, one waits for the other. */
async function noteAsked(
  ctx: TenantContext,
  patientId: Types.ObjectId,
  now: Date,
  session: ClientSession,
): Promise<void> {
  await assertInUse(ctx, patientId, session);
  await allergyAnswerModel(ctx).updateOne(
    { _id: patientId },
    { $set: { askedAt: now, askedByName: ctx.actor.name }, $inc: { revision: 1 } },
    { upsert: true, session },
  );
}
