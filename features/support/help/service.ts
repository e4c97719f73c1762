import 'server-only';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';

/** Remembers for this person that they have read up to that day; never back to an earlier one. */
export async function seeChanges(ctx: TenantContext, day: string): Promise<void> {
  const { actor } = ctx;
  if (actor.kind !== 'staff') return;
  const _id = objectId(actor.userId);
  await auditedMasterWrite(ctx, (session) =>
    userModel.updateOne({ _id }, { $max: { changesSeenOn: day } }, { session }),
  );
}
