import 'server-only';
import { randomUUID } from 'node:crypto';
import { readCustomRole } from '../auth/custom-role';
import { accessAllows, type Permission } from '../auth/permissions';
import { branchesOf } from '../branches';
import { membershipModel } from '../master/models/membership';
import { organizationModel } from '../master/models/organization';
import { userModel } from '../master/models/user';
import { objectId } from '../mongo';
import { organizationFacts } from '../organizations/facts';
import { stateAllows } from '../organizations/policy';
import { mintTenantContext, type TenantContext } from '../tenancy/context';
import { acquireTenantDatabase } from '../tenancy/factory';

/**
 * The gate of work that a person has asked for and is not there for, such as a mail every Monday: what they
 * may do is read again each time.
 * @returns null where they may not, or the organization's state does not let it.
 */
export async function asPerson<T>(
  { userId, organizationId }: { userId: string; organizationId: string },
  permission: Permission,
  work: (ctx: TenantContext) => Promise<T>,
): Promise<T | null> {
  const _id = objectId(organizationId);
  const [user, membership, organization] = await Promise.all([
    userModel.findById(objectId(userId)).select('name email disabledAt').lean(),
    membershipModel
      .findOne({ userId: objectId(userId), organizationId: _id, status: 'active' })
      .select('role customRoleId branchIds lastBranchId')
      .lean(),
    organizationModel
      .findById(_id)
      .select('organizationName timeZone country plan status features hold suspension branches')
      .lean(),
  ]);
  if (!user || user.disabledAt || !membership || !organization || organization.suspension) return null;
  if (organization.hold?.mode === 'closed') return null;
  const { role, customRoleId } = membership;
  const customRole = customRoleId ? await readCustomRole(customRoleId, _id, organization.plan) : null;
  const can = (one: Permission) =>
    accessAllows({ role, customRole }, one) && stateAllows(organization.status, one);
  if (!can(permission)) return null;
  const lease = await acquireTenantDatabase(organizationId);
  try {
    return await work(
      mintTenantContext({
        organizationId,
        organization: organizationFacts(organization),
        timeZone: organization.timeZone,
        branches: branchesOf(organization.branches),
        branchIds: membership.branchIds?.map(String) ?? [],
        branchId: membership.lastBranchId?.toString() ?? null,
        actor: { kind: 'staff', userId, name: user.name, email: user.email, role, customRole },
        can,
        db: lease.value,
        requestId: randomUUID(),
      }),
    );
  } finally {
    lease.release();
  }
}
