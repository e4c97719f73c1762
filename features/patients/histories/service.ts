import 'server-only';
import { assertInUse } from '@/features/patients/patients/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type History, toHistory } from './dto';
import { historyModel } from './model';
import type { ConfirmHistoryInput, SaveHistoryInput } from './schema';

/**
 * Stores the whole history; that somebody asked is noted with it.
 * @throws AppError CONFLICT when a colleague has saved it meanwhile, NOT_FOUND.
 */
export async function saveHistory(
  ctx: TenantContext,
  { patientId, version, parts }: SaveHistoryInput,
  now = new Date(),
): Promise<History> {
  const _id = objectId(patientId, 'patient');
  const write = () =>
    auditedWrite(ctx, async (session) => {
      await assertInUse(ctx, _id, session);
      const before = await historyModel(ctx).findById(_id).session(session).lean();
      if ((before?.version ?? 0) !== version)
        throw new AppError(
          'CONFLICT',
          `${before?.changedByName ?? 'Somebody'} has saved this meanwhile. Nothing was overwritten, and what you wrote is still here.`,
        );
      const by = { name: ctx.actor.name, at: now };
      const facts = {
        history: JSON.stringify(parts),
        version: version + 1,
        ...{ changedAt: by.at, changedByName: by.name, askedAt: by.at, askedByName: by.name },
      };
      if (before) await historyModel(ctx).updateOne({ _id }, { $set: facts }, { session });
      else await historyModel(ctx).create([{ _id, ...facts }], { session });
      noteChange(ctx, { history: before?.history ?? '' }, { history: facts.history }, ['history']);
      return toHistory(patientId, await historyModel(ctx).findById(_id).session(session).lean());
    });
  try {
    return await write();
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    // A colleague began it at the same moment: now there is something to look at.
    return write();
  }
}

/**
 * Somebody asked, and all is as before: an act with a name and a time.
 * @throws AppError CONFLICT where nothing is written that could be as before, NOT_FOUND.
 */
export async function confirmHistory(
  ctx: TenantContext,
  { patientId }: ConfirmHistoryInput,
  now = new Date(),
): Promise<History> {
  const _id = objectId(patientId, 'patient');
  return auditedWrite(ctx, async (session) => {
    await assertInUse(ctx, _id, session);
    const row = await historyModel(ctx)
      .findOneAndUpdate(
        { _id },
        { $set: { askedAt: now, askedByName: ctx.actor.name } },
        { session, returnDocument: 'after' },
      )
      .lean();
    if (!row) throw new AppError('CONFLICT', 'Nothing is written yet that could be as before.');
    return toHistory(patientId, row);
  });
}
