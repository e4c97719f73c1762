import 'server-only';
import { ownedKey, ownerOf, visibleTo } from '@/features/record/templates/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId } from '@/lib/mongo';
import { assertUnchanged } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { type PrescriptionSet, setFormOf, toPrescriptionSet } from '../dto';
import { prescriptionSetModel } from '../model';
import { MOST_SETS } from '../queries';
import type { SavePrescriptionSetInput } from '../schema';
import { STARTER_SETS } from '../starter-sets';

const AUDITED = ['name', 'lines', 'isOwn'] as const;

/** Adds a set, or changes one. @throws AppError CONFLICT, LIMIT_REACHED, NOT_FOUND. */
export async function savePrescriptionSet(
  ctx: TenantContext,
  { setId, name, owner, lines, version }: SavePrescriptionSetInput,
): Promise<PrescriptionSet> {
  const ownerId = owner === 'me' ? ownerOf(ctx) : '';
  const facts = { name, ownerId, nameKey: ownedKey(name, ownerId), lines, savedByName: ctx.actor.name };
  try {
    return await auditedWrite(ctx, async (session) => {
      const sets = prescriptionSetModel(ctx);
      const before = setId
        ? await sets
            .findOne(visibleTo(ctx, setId, 'set'))
            .session(session)
            .lean()
        : null;
      if (setId && !before) throw notFoundError('set');
      if (before) assertUnchanged(setFormOf(before), version);
      if (before?.ownerId !== ownerId && (await sets.countDocuments({ ownerId }, { session })) >= MOST_SETS)
        throw new AppError('LIMIT_REACHED', `There are ${MOST_SETS} sets already. Delete one first.`);
      const _id = before?._id ?? newObjectId();
      const row = await sets
        .findOneAndUpdate({ _id }, { $set: facts }, { session, upsert: !before, returnDocument: 'after' })
        .orFail()
        .lean();
      ctx.audit?.about(`prescription-set:${_id}`);
      noteChange(ctx, before && setFormOf(before), setFormOf(row), AUDITED);
      return toPrescriptionSet(row);
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    throw new AppError('CONFLICT', 'There is a set of this name already.', { field: 'name' });
  }
}

/** @throws AppError NOT_FOUND, also for a colleague's own. */
export async function deletePrescriptionSet(ctx: TenantContext, setId: string): Promise<PrescriptionSet> {
  return auditedWrite(ctx, async (session) => {
    const row = await prescriptionSetModel(ctx)
      .findOneAndDelete(visibleTo(ctx, setId, 'set'), { session })
      .lean();
    if (!row) throw notFoundError('set');
    return toPrescriptionSet(row);
  });
}

/** Adds the sets to begin with that are not there yet, for everybody. @returns how many were added. */
export async function addStarterSets(ctx: TenantContext): Promise<number> {
  return auditedWrite(ctx, async (session) => {
    let added = 0;
    for (const { name, lines } of STARTER_SETS) {
      const nameKey = ownedKey(name, '');
      const result = await prescriptionSetModel(ctx).updateOne(
        { nameKey },
        { $setOnInsert: { name, ownerId: '', lines, savedByName: ctx.actor.name } },
        { upsert: true, session },
      );
      added += result.upsertedCount;
    }
    return added;
  });
}
