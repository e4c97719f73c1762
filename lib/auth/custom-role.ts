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
