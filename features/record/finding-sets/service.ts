import 'server-only';
import { ownedKey, ownerOf, visibleTo } from '@/features/record/templates/queries';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId } from '@/lib/mongo';
import { assertUnchanged } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { type FindingSet, findingSetFormOf, toFindingSet } from './dto';
import { findingSetModel } from './model';
import { MOST_FINDING_SETS } from './queries';
import type { SaveFindingSetInput } from './schema';

const AUDITED = ['name', 'isOwn', 'found'] as const;

/** Adds a set, or changes one. @throws AppError CONFLICT, LIMIT_REACHED, NOT_FOUND. */
export async function saveFindingSet(
  ctx: TenantContext,
  { setId, version, name, owner, found }: SaveFindingSetInput,
): Promise<FindingSet> {
  const ownerId = owner === 'me' ? ownerOf(ctx) : '';
  const facts = {
    ...{ name, ownerId, nameKey: ownedKey(name, ownerId) },
    found: JSON.stringify(found),
    savedByName: ctx.actor.name,
  };
  const sets = findingSetModel(ctx);
  try {
    return await auditedWrite(ctx, async (session) => {
      const before = setId
        ? await sets
            .findOne(visibleTo(ctx, setId, 'set'))
            .session(session)
            .lean()
        : null;
      if (setId && !before) throw notFoundError('set');
      if (before) assertUnchanged(findingSetFormOf(before), version);
      const isNew = before?.ownerId !== ownerId;
      if (isNew && (await sets.countDocuments({ ownerId }, { session })) >= MOST_FINDING_SETS)
        throw new AppError('LIMIT_REACHED', `There are ${MOST_FINDING_SETS} sets already. Delete one first.`);
      const _id = before?._id ?? newObjectId();
      const row = await sets
        .findOneAndUpdate({ _id }, { $set: facts }, { session, upsert: !before, returnDocument: 'after' })
        .orFail()
        .lean();
      ctx.audit?.about(`finding-set:${_id}`);
      noteChange(ctx, before && findingSetFormOf(before), findingSetFormOf(row), AUDITED);
      return toFindingSet(row);
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    throw new AppError('CONFLICT', 'There is a set of this name already.', { field: 'name' });
  }
}

/** @throws AppError NOT_FOUND, also for a colleague's own. */
export async function deleteFindingSet(ctx: TenantContext, setId: string): Promise<FindingSet> {
  return auditedWrite(ctx, async (session) => {
    const row = await findingSetModel(ctx)
      .findOneAndDelete(visibleTo(ctx, setId, 'set'), { session })
      .lean();
    if (!row) throw notFoundError('set');
    return toFindingSet(row);
  });
}
