import 'server-only';
import { patientModel } from '@/features/patients/patients/model';
import { batchModel } from '@/features/pharmacy/medicines/model';
import { lockMedicine } from '@/features/pharmacy/medicines/service/ledger';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { dispenseModel } from '../dispenses/model';
import { type LotRecall, toLotRecall } from './dto';
import { lotRecallModel, recallContactModel } from './model';
import { RECALL_SOURCES } from './policy';
import type { CloseRecallInput, NoteContactInput, OpenRecallInput } from './schema';

/**
 * Recalls a lot: from this moment on nothing of it is given out, and who got it stands on a list.
 * @throws AppError NOT_FOUND, CONFLICT when it is recalled already.
 */
export async function openRecall(
  ctx: TenantContext,
  { source, reason, ...of }: OpenRecallInput,
  now = new Date(),
): Promise<LotRecall> {
  const medicineId = objectId(of.medicineId, 'medicine');
  const batchId = objectId(of.batchId, 'batch');
  const _id = newObjectId();
  try {
    return await auditedWrite(ctx, async (session) => {
      // Locked as a movement is: what is being given out at this moment is on the list or is not given.
      const medicine = await lockMedicine(ctx, medicineId, session);
      const batch = await batchModel(ctx).findOne({ _id: batchId, medicineId }).session(session).lean();
      if (!batch) throw notFoundError('batch');
      const byName = ctx.actor.name;
      if (!batch.hold) {
        const hold = { reason: `Recalled by ${RECALL_SOURCES[source].toLowerCase()}: ${reason}`, byName };
        await batchModel(ctx).updateOne(
          { _id: batchId },
          { $set: { hold: { ...hold, at: now } } },
          { session },
        );
      }
      const row = {
        ...{ _id, medicineId, batchId, unit: medicine.unit, lotNumber: batch.lotNumber },
        medicineName: [medicine.name, medicine.strength].filter(Boolean).join(' '),
        ...{ source, reason, isOpen: true, byName, at: now },
      };
      await lotRecallModel(ctx).create([row], { session });
      ctx.audit?.about(`lot-recall:${_id}`);
      noteChange<Record<string, unknown>>(ctx, null, row, ['medicineName', 'lotNumber', 'source']);
      return toLotRecall(await lotRecallModel(ctx).findById(_id).session(session).orFail().lean());
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    throw new AppError('CONFLICT', 'This lot is recalled already.');
  }
}

/** Everybody has been told, or it was a mistake; the lot stays held. @throws AppError NOT_FOUND, CONFLICT. */
export async function closeRecall(
  ctx: TenantContext,
  { recallId }: CloseRecallInput,
  now = new Date(),
): Promise<LotRecall> {
  const _id = objectId(recallId, 'recall');
  return auditedWrite(ctx, async (session) => {
    const row = await lotRecallModel(ctx)
      .findOneAndUpdate(
        { _id, isOpen: true },
        { $set: { isOpen: false, closedByName: ctx.actor.name, closedAt: now } },
        { session, returnDocument: 'after' },
      )
      .lean();
    if (row) return toLotRecall(row);
    if (!(await lotRecallModel(ctx).exists({ _id }).session(session))) throw notFoundError('recall');
    throw new AppError('CONFLICT', 'This recall is closed already.');
  });
}

/** Notes what became of telling somebody; the last word counts. @throws AppError NOT_FOUND, CONFLICT. */
export async function noteContact(
  ctx: TenantContext,
  { recallId, patientId, outcome }: NoteContactInput,
  now = new Date(),
): Promise<LotRecall> {
  const _id = objectId(recallId, 'recall');
  return auditedWrite(ctx, async (session) => {
    const recall = await lotRecallModel(ctx)
      .findOneAndUpdate({ _id }, { $set: { updatedAt: now } }, { session, returnDocument: 'after' })
      .lean();
    if (!recall) throw notFoundError('recall');
    const theirs = { _id: objectId(patientId, 'patient') };
    const exists =
      (await patientModel(ctx).exists(theirs).session(session)) ??
      (await dispenseModel(ctx)
        .exists({ ...theirs, patientId: op({ $exists: false }) })
        .session(session));
    if (!exists) throw notFoundError('patient');
    if (!recall.isOpen) throw new AppError('CONFLICT', 'This recall is closed.');
    await recallContactModel(ctx).updateOne(
      { recallId: _id, patientId: objectId(patientId, 'patient') },
      { $set: { outcome, byName: ctx.actor.name, at: now }, $inc: { attempts: 1 } },
      { session, upsert: true },
    );
    ctx.audit?.about(`patient:${patientId}`);
    noteChange<Record<string, unknown>>(ctx, null, { lotNumber: recall.lotNumber, outcome }, [
      'lotNumber',
      'outcome',
    ]);
    return toLotRecall(recall);
  });
}
