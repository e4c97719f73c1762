import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import { visitModel } from '@/features/frontdesk/queue/model';
import { staffModel } from '@/features/identity/staff/model';
import { noteDay } from '@/features/patients/notes/day';
import { auditedWrite } from '@/lib/audit/audited';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import type { spectaclesModel } from './model';
import { glassesVersion } from './policy';

// Glasses and contact lenses are signed by the same rules: one of a kind at a visit, replaced with a reason.

type Model = ReturnType<typeof spectaclesModel>;
type Row = InferSchemaType<Model['schema']> & { _id: Types.ObjectId };

/** What is prescribed: where it is kept, how its entry in the log begins, and its words. */
export type Prescribed<T> = {
  model: (ctx: TenantContext) => Model;
  target: string;
  toPrescription: (row: Row) => T;
  words: {
    /** The press was done with other values. */
    signedOtherwise: string;
    /** After the name of the colleague. */
    prescribedMeanwhile: string;
    voidedMeanwhile: string;
    reasonMissing: string;
  };
};
type Press = { visitId: string; requestKey: string; version: number; reason?: string | undefined };

/**
 * Signs a prescription at a visit; what the visit has already of its kind is replaced, with the reason.
 * @throws AppError INVALID_INPUT where that reason is missing; CONFLICT where what is changed is not what the
 * visit has, or the press was done with other values; NOT_FOUND.
 */
export async function prescribeAtVisit<T>(
  ctx: TenantContext,
  { model: modelOf, target, toPrescription, words }: Prescribed<T>,
  input: Press,
  content: string,
  now: Date,
): Promise<T> {
  const visitId = objectId(input.visitId, 'visit');
  const { requestKey, reason } = input;
  const { actor } = ctx;
  if (actor.kind !== 'staff') throw new AppError('FORBIDDEN', 'Only people can prescribe.');
  const save = () =>
    auditedWrite(ctx, async (session) => {
      // Touching the visit makes two writings of it conflict and retry.
      const visit = await visitModel(ctx)
        .findOneAndUpdate(
          { _id: visitId },
          { $set: { updatedAt: now } },
          { session, returnDocument: 'after' },
        )
        .select('patientId patient day')
        .lean();
      if (!visit) throw notFoundError('visit');
      const model = modelOf(ctx);
      const same = await model.findOne({ requestKey, visitId }).session(session).lean();
      if (same && same.content !== content) throw new AppError('CONFLICT', words.signedOtherwise);
      if (same) return toPrescription(same);
      const all = await model.find({ visitId }).session(session).lean();
      const before = all.find(({ isVoid }) => !isVoid);
      if (glassesVersion(all) !== input.version)
        throw new AppError(
          'CONFLICT',
          before ? `${before.signedByName} ${words.prescribedMeanwhile}` : words.voidedMeanwhile,
        );
      if (before) {
        if (!reason) throw new AppError('INVALID_INPUT', words.reasonMissing, { field: 'reason' });
        const voided = { isVoid: true, voidedAt: now, voidedByName: actor.name, voidReason: reason };
        await model.updateOne({ _id: before._id }, { $set: voided }, { session });
      }
      const person = await staffModel(ctx)
        .findById(objectId(actor.userId))
        .select('registrationNumber')
        .session(session)
        .lean();
      const _id = newObjectId();
      await model.create(
        [
          {
            _id,
            requestKey,
            visitId,
            patientId: visit.patientId,
            patientName: visit.patient.name,
            patientNumber: visit.patient.number,
            day: visit.day,
            isVoid: false,
            content,
            signedAt: now,
            signedByName: actor.name,
            ...(person?.registrationNumber ? { registrationNumber: person.registrationNumber } : {}),
          },
        ],
        { session },
      );
      await noteDay(ctx, visit.day, session);
      ctx.audit?.about(`${target}:${_id}`);
      return toPrescription(await model.findById(_id).session(session).orFail().lean());
    });
  try {
    return await save();
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    // The same press at the same moment: now there is something to find.
    return save();
  }
}

/** Takes a prescription back; it stays readable. @throws AppError CONFLICT, NOT_FOUND. */
export async function voidPrescribed<T>(
  ctx: TenantContext,
  { model: modelOf, toPrescription }: Pick<Prescribed<T>, 'model' | 'toPrescription'>,
  id: string,
  reason: string,
  now: Date,
): Promise<T> {
  const _id = objectId(id, 'prescription');
  return auditedWrite(ctx, async (session) => {
    const model = modelOf(ctx);
    const row = await model.findById(_id).session(session).lean();
    if (!row) throw notFoundError('prescription');
    if (row.isVoid) throw new AppError('CONFLICT', `${row.voidedByName} has voided it already.`);
    const voided = { isVoid: true, voidedAt: now, voidedByName: ctx.actor.name, voidReason: reason };
    await model.updateOne({ _id }, { $set: voided }, { session });
    await noteDay(ctx, row.day, session);
    return toPrescription(await model.findById(_id).session(session).orFail().lean());
  });
}
