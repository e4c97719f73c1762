import 'server-only';
import { notFoundError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { auditOperation, type By } from './begin';

/** Closes an organization, or opens it again where there is no reason; its subscription goes on. */
export async function setSuspension(by: By, organizationId: string, reason: string | null): Promise<void> {
  const update = reason
    ? { $set: { suspension: { since: new Date(), reason, byName: by.name } } }
    : { $unset: { suspension: '' } };
  const done = await (await organizationModel()).updateOne(
    { _id: objectId(organizationId, 'organization') },
    update,
  );
  if (done.matchedCount === 0) throw notFoundError('organization');
  await auditOperation(by, reason ? 'organization.suspend' : 'organization.resume', organizationId);
}
