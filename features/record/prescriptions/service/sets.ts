import 'server-only';
import { auditedWrite } from '@/lib/audit/audited';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { newObjectId, objectId } from '@/lib/mongo';
import { assertUnchanged } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { type PrescriptionSet, setFormOf, toPrescriptionSet } from '../dto';
import { prescriptionSetModel } from '../model';
import type { SavePrescriptionSetInput } from '../schema';
import { STARTER_SETS } from '../starter-sets';

const keyOf = (name: string): string => name.normalize('NFKC').toLowerCase().replace(/\s+/g, ' ').trim();

/** Adds a set, or changes one. @throws AppError CONFLICT where the name is taken, NOT_FOUND. */
export async function savePrescriptionSet(
  ctx: TenantContext,
  { setId, name, lines, version }: SavePrescriptionSetInput,
): Promise<PrescriptionSet> {
  const _id = setId ? objectId(setId, 'set') : newObjectId();
  const facts = { name, nameKey: keyOf(name), lines, savedByName: ctx.actor.name };
  try {
    return await auditedWrite(ctx, async (session) => {
      const before = setId && (await prescriptionSetModel(ctx).findById(_id).session(session).lean());
      if (before) assertUnchanged(setFormOf(before), version);
      const row = await prescriptionSetModel(ctx)
        .findOneAndUpdate({ _id }, { $set: facts }, { session, upsert: !setId, returnDocument: 'after' })
        .lean();
      if (!row) throw notFoundError('set');
      ctx.audit?.about(`prescription-set:${_id}`);
      return toPrescriptionSet(row);
    });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    throw new AppError('CONFLICT', 'There is a set of this name already.', { field: 'name' });
  }
}

/** @throws AppError NOT_FOUND. */
export async function deletePrescriptionSet(ctx: TenantContext, setId: string): Promise<PrescriptionSet> {
  const _id = objectId(setId, 'set');
  return auditedWrite(ctx, async (session) => {
    const row = await prescriptionSetModel(ctx).findOneAndDelete({ _id }, { session }).lean();
    if (!row) throw notFoundError('set');
    return toPrescriptionSet(row);
  });
}

/** Adds the sets to begin with that are not there yet. @returns how many were added. */
export async function addStarterSets(ctx: TenantContext): Promise<number> {
  return auditedWrite(ctx, async (session) => {
    let added = 0;
    for (const { name, lines } of STARTER_SETS) {
      const nameKey = keyOf(name);
      const result = await prescriptionSetModel(ctx).updateOne(
        { nameKey },
        { $setOnInsert: { name, lines, savedByName: ctx.actor.name } },
        { upsert: true, session },
      );
      added += result.upsertedCount;
    }
    return added;
  });
}
