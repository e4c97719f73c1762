import 'server-only';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { markAsLeft, projectStaffMember } from './directory';

/** Brings the directory in line with what master says about a person now. Idempotent. */
export async function syncDirectory(db: TenantDatabase, userId: string): Promise<void> {
  const id = objectId(userId, 'staff member');
  const [membership, user] = await Promise.all([
    membershipModel
      .findOne({ userId: id, organizationId: objectId(db.organizationId) })
      .select('role status')
      .lean(),
    userModel.findById(id).select('name email').lean(),
  ]);
  if (!membership || !user) return markAsLeft({ db }, userId);
  await projectStaffMember(
    { db },
    {
      userId,
      name: user.name,
      email: user.email,
      role: membership.role,
      isActive: membership.status === 'active',
    },
  );
}

/**
 * The job: key `<organizationId>:<userId>`. An organization without a database has no directory to follow.
 */
export async function projectMembership(key: string): Promise<void> {
  const [organizationId = '', userId = ''] = key.split(':');
  const organization = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('status placement.databaseName')
    .lean();
  if (!organization?.placement || organization.status === 'deleted') return;
  await withTenantDatabase(organizationId, (db) => syncDirectory(db, userId));
}
