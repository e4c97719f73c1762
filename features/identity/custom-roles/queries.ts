import 'server-only';
import { accessOf, type RoleChoice } from '@/features/identity/access/lookup';
import { assignableRoles, canGive, ROLE_HINT, ROLE_LABEL } from '@/features/identity/staff/policy';
import { hasEntitlement } from '@/features/subscription/entitlements/policy';
import {
  type Access,
  accessAllows,
  customRolePermissions,
  type Permission,
  readPermissions,
} from '@/lib/auth/permissions';
import { notFoundError } from '@/lib/errors';
import { customRoleModel } from '@/lib/master/models/custom-role';
import { invitationModel } from '@/lib/master/models/invitation';
import { membershipModel } from '@/lib/master/models/membership';
import type { StaffRole } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { MAX_CUSTOM_ROLES } from './policy';

export type RoleRow = {
  id: string;
  name: string;
  baseRole: StaffRole;
  /** As defined. */
  permissions: Permission[];
  /** As they count under the plan of today. */
  effective: Permission[];
  revision: number;
  /** Members, the suspended too, and open invitations. */
  people: number;
};

/** The organization's own roles by name, with how many have each. */
export async function listCustomRoles(ctx: TenantContext): Promise<RoleRow[]> {
  const organizationId = objectId(ctx.organizationId);
  const rows = await customRoleModel
    .find({ organizationId })
    .sort({ nameKey: 1 })
    .limit(MAX_CUSTOM_ROLES)
    .lean();
  const held = { organizationId, customRoleId: op({ $in: rows.map(({ _id }) => _id) }) };
  const [members, invited] =
    rows.length === 0
      ? [[], []]
      : await Promise.all([
          membershipModel.find(held).select('customRoleId').lean(),
          invitationModel
            .find({ ...held, status: 'pending' })
            .select('customRoleId')
            .lean(),
        ]);
  const holders = [...members, ...invited].map(({ customRoleId }) => customRoleId?.toString());
  return rows.map((row) => ({
    id: row._id.toString(),
    name: row.name,
    baseRole: row.baseRole,
    permissions: readPermissions(row.permissions),
    effective: customRolePermissions(row, ctx.organization.plan),
    revision: row.revision,
    people: holders.filter((id) => id === row._id.toString()).length,
  }));
}

/** @throws AppError NOT_FOUND, also for roles of other organizations. */
export async function getCustomRole(ctx: TenantContext, roleId: string): Promise<RoleRow> {
  const id = objectId(roleId, 'role').toString();
  const role = (await listCustomRoles(ctx)).find((one) => one.id === id);
  if (!role) throw notFoundError('role');
  return role;
}

/** The roles that the person may give to others, built-in ones first. */
export async function listRoleChoices(ctx: TenantContext): Promise<RoleChoice[]> {
  const actor: Access = accessOf(ctx);
  const builtIn = assignableRoles(actor).map((value) => ({
    value,
    label: ROLE_LABEL[value],
    hint: ROLE_HINT[value],
  }));
  if (!accessAllows(actor, 'staff:write') || !hasEntitlement(ctx, 'custom-roles')) return builtIn;
  const custom = (await listCustomRoles(ctx))
    .filter((role) => canGive(actor, { role: role.baseRole, customRole: role }).allowed)
    .map(({ id, name, baseRole }) => ({
      value: id,
      label: name,
      hint: `Your own role, on the base of ${ROLE_LABEL[baseRole].toLowerCase()}.`,
    }));
  return [...builtIn, ...custom];
}
