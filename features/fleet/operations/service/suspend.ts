import 'server-only';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { notFoundError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { auditOperation, type By } from './begin';

/** Closes an organization, or opens it again where there is no reason; its subscription goes on. */
export async function setSuspension(by: By, organizationId: string, reason: string | null): Promise<void> {
  const update = reason
    ? { $set: { suspension: { since: new Date(), reason, byName: by.name } } }
    : { $unset: { suspension: '' } };
  const _id = objectId(organizationId, 'organization');
  await auditedMasterWrite(by.ctx, async (session) => {
    const { matchedCount } = await organizationModel.updateOne({ _id }, update, { session });
    if (matchedCount === 0) throw notFoundError('organization');
  });
  await auditOperation(by, reason ? 'organization.suspend' : 'organization.resume', organizationId);
}
