import 'server-only';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';

/** Puts the list away for everybody of the organization, or brings it back. */
export async function setPutAway(ctx: TenantContext, isPutAway: boolean, now = new Date()): Promise<void> {
  const change = isPutAway
    ? { $set: { 'onboarding.putAwayAt': now } }
    : { $unset: { 'onboarding.putAwayAt': 1 as const } };
  await auditedMasterWrite(ctx, (session) =>
    organizationModel.updateOne({ _id: objectId(ctx.organizationId) }, change, {
      session,
      timestamps: false,
    }),
  );
}
