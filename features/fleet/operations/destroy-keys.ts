import 'server-only';
import { recordPlatformAudit } from '@/lib/audit/record';
import { shredOrganizationKeys } from '@/lib/crypto/organization-keys';
import { AppError, notFoundError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { forgetTenant } from '@/lib/tenancy/factory';

type Destroyer = {
  actor: { kind: 'platform'; userId: string; name: string } | { kind: 'system'; name: string };
  requestId?: string | undefined;
};

/** Nobody may lose a hospital's data by a wrong id: only one that is leaving can be shredded. */
const LEAVING: ReadonlySet<string> = new Set(['offboarding', 'deleted']);

/**
 * Destroys an organization's keys for good: whatever was sealed with them can no longer be read, in its
 * database, in its files and in every backup of them. Twice is the same as once. Other processes forget the
 * keys within five minutes.
 * @returns how many keys were destroyed now.
 * @throws AppError NOT_FOUND; CONFLICT for an organization that is not being offboarded.
 */
export async function destroyOrganizationKey(ctx: Destroyer, organizationId: string): Promise<number> {
  const organization = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('status')
    .lean();
  if (!organization) throw notFoundError('organization');
  if (!LEAVING.has(organization.status)) {
    throw new AppError(
      'CONFLICT',
      'The keys of an organization are destroyed only while it is being offboarded.',
    );
  }
  const destroyed = await shredOrganizationKeys(organizationId);
  forgetTenant(organizationId);
  const { actor, requestId } = ctx;
  await recordPlatformAudit({
    actor: { kind: actor.kind, id: actor.kind === 'platform' ? actor.userId : 'system', name: actor.name },
    action: 'organization.destroy-keys',
    target: `organization:${organizationId}`,
    organizationId,
    requestId,
  });
  return destroyed;
}
