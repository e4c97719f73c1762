import 'server-only';
import { customRoleModel } from '../master/models/custom-role';
import type { PlanId, StaffRole } from '../master/vocabulary';
import type { newObjectId } from '../mongo';
import { customRolePermissions, type Permission } from './permissions';

type Id = ReturnType<typeof newObjectId>;

/** A custom role as it counts for somebody now. */
export type CustomRole = { id: string; name: string; permissions: readonly Permission[] };

type Row = { _id: Id; name: string; baseRole: StaffRole; permissions: readonly string[] };

export const toCustomRole = (row: Row, plan: PlanId): CustomRole => ({
  id: row._id.toString(),
  name: row.name,
  permissions: customRolePermissions(row, plan),
});

/**
 * The role of a membership as it is written now. One that is gone, or another organization's, opens nothing.
 */
export async function readCustomRole(id: Id, organizationId: Id, plan: PlanId): Promise<CustomRole> {
  const row = await customRoleModel
    .findOne({ _id: id, organizationId })
    .select('name baseRole permissions')
    .lean();
  return row ? toCustomRole(row, plan) : { id: id.toString(), name: 'Deleted role', permissions: [] };
}

/**
 * Brings what is stored of custom roles to the names of today: their holders may do what they could before.
 * Killed anywhere or done twice, it comes to the same.
 */
export async function renewStoredPermissions(): Promise<void> {
  const before = { permissions: 'purchases:approve' };
  await customRoleModel.updateMany(before, { $addToSet: { permissions: 'purchase-approvals:write' } });
  await customRoleModel.updateMany(before, { $pull: before });
  // Seeing became a right of its own: who may write may see.
  await customRoleModel.updateMany(
    { permissions: 'expenses:write' },
    { $addToSet: { permissions: 'expenses:read' } },
  );
}
