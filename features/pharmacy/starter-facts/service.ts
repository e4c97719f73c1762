import 'server-only';
import { formOf, toMedicine } from '@/features/pharmacy/medicines/dto';
import { medicineModel } from '@/features/pharmacy/medicines/model';
import { AUDITED_FIELDS } from '@/features/pharmacy/medicines/schema';
import { lockMedicine } from '@/features/pharmacy/medicines/service/ledger';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import { assertUnchanged } from '@/lib/revision';
import type { TenantContext } from '@/lib/tenancy/context';
import { starterOffer } from './policy';
import { STARTER_BY_IDENTITY } from './queries';
import type { TakeStarterFactsInput } from './schema';

/**
 * Gives the chosen medicines what the list says and nobody has said of them; what was said here stays. All
 * of them or none.
 * @returns how many were completed.
 * @throws AppError NOT_FOUND, CONFLICT where somebody has changed one since it was shown.
 */
export async function takeStarterFacts(ctx: TenantContext, input: TakeStarterFactsInput): Promise<number> {
  // In one order, so that two who choose the same do not wait for each other.
  const chosen = [...input.medicines].sort((a, b) => a.medicineId.localeCompare(b.medicineId));
  return auditedWrite(ctx, async (session) => {
    for (const { medicineId, version } of chosen) {
      const _id = objectId(medicineId, 'medicine');
      await lockMedicine(ctx, _id, session);
      const before = await medicineModel(ctx).findById(_id).session(session).orFail().lean();
      assertUnchanged(formOf(before), version);
      const entry = STARTER_BY_IDENTITY.get(before.identity);
      const set = entry ? starterOffer(formOf(before), entry, ctx.organization.country).set : {};
      if (Object.keys(set).length === 0)
        throw new AppError('CONFLICT', `The list says nothing more of ${before.name}. Open this page again.`);
      await medicineModel(ctx).updateOne({ _id }, { $set: set }, { session });
      noteChange(ctx, toMedicine(before), toMedicine({ ...before, ...set }), AUDITED_FIELDS);
    }
    ctx.audit?.about(chosen.length === 1 ? `medicine:${chosen[0]?.medicineId}` : 'medicines');
    return chosen.length;
  });
}
