import 'server-only';
import { syncDirectory } from '@/features/identity/staff/projection';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { membershipModel } from '@/lib/master/models/membership';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { enqueueProjection } from '@/lib/organizations/projection';
import { wakeWorker } from '@/lib/work/queue';
import { type AccountContext, actorId, organizationOf } from './confirm-password';

/** The new name reaches the directories of all organizations the person works for. */
export async function rename(ctx: AccountContext, name: string): Promise<void> {
  const userId = actorId(ctx);
  const places = await membershipModel
    .find({ userId: objectId(userId) })
    .select('organizationId')
    .limit(50)
    .lean();
  await auditedMasterWrite(ctx, async (session) => {
    const before = await userModel
      .findOneAndUpdate({ _id: objectId(userId) }, { $set: { name } }, { session })
      .select('name')
      .lean();
    noteChange(ctx, before, { name }, ['name']);
    for (const place of places) await enqueueProjection(place.organizationId.toString(), userId, session);
  });
  wakeWorker();
  const organization = organizationOf(ctx);
  if (organization) await syncDirectory(organization.db, userId);
}
