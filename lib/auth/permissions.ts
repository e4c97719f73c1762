import { PLAN_IDS, type PlanId, type StaffRole } from '../master/vocabulary';
import { PATIENTS_MONEY, PERMISSION_TABLE, type Permission, type PermissionRow } from './permission-table';

export type { Permission };

const ROW: ReadonlyMap<string, PermissionRow> = new Map(PERMISSION_TABLE.map((row) => [row.permission, row]));

export const PERMISSIONS: readonly Permission[] = PERMISSION_TABLE.map(({ permission }) => permission);

/** Nothing is allowed by default: a name that is not in the table opens nothing. */
export const roleCan = (role: StaffRole, permission: Permission): boolean =>
  ROW.get(permission)?.roles.includes(role) ?? false;

/** What support may do with a permission; a name that is not in the table allows nothing. */
export const supportMay = (permission: Permission): PermissionRow['supportMay'] =>
  ROW.get(permission)?.supportMay ?? 'nothing';

/** What somebody needs to come to the place where this is done; null for what stands alone. */
export const neededFor = (permission: Permission): Permission | null => ROW.get(permission)?.needs ?? null;

/** Writes are refused in a read-only organization, except those that pay. */
export const isWrite = (permission: Permission): boolean => permission.endsWith(':write');

/** What a custom role may hold: everything but what the table leaves to the owner alone. */
export const GRANTABLE: readonly Permission[] = PERMISSION_TABLE.filter(({ roles }) =>
  roles.some((role) => role !== 'owner'),
).map(({ permission }) => permission);

/**
 * These decide about the access of other people, so only an owner hands them out. Merges, prices, closed
 * days, hours and orders do not.
 */
export const ADMINISTERS: readonly Permission[] = PERMISSION_TABLE.filter(
  ({ permission, roles, group }) =>
    GRANTABLE.includes(permission) &&
    isWrite(permission) &&
    group !== PATIENTS_MONEY &&
    group !== 'Patients' &&
    group !== 'Appointments' &&
    group !== 'Medicines and stock' &&
    roles.every((role) => role === 'owner' || role === 'admin'),
).map(({ permission }) => permission);

/** Custom roles are included from this plan on. */
export const CUSTOM_ROLES_FROM: PlanId = 'professional';
const includesCustomRoles = (plan: PlanId): boolean =>
  PLAN_IDS.indexOf(plan) >= PLAN_IDS.indexOf(CUSTOM_ROLES_FROM);

/**
 * What is stored with a custom role, without names that the product no longer knows or that no such role may
 * hold.
 */
export const readPermissions = (stored: readonly string[]): Permission[] =>
  GRANTABLE.filter((one) => stored.includes(one));

/**
 * What a custom role opens. Without a plan that includes it: what it and its base role have in common, never
 * more.
 */
export function customRolePermissions(
  role: { baseRole: StaffRole; permissions: readonly string[] },
  plan: PlanId,
): Permission[] {
  const held = readPermissions(role.permissions);
  return includesCustomRoles(plan) ? held : held.filter((one) => roleCan(role.baseRole, one));
}

/** What somebody may do: what the custom role says where there is one, and the built-in role otherwise. */
export type Access = {
  role: StaffRole;
  customRole?: { permissions: readonly Permission[] } | null | undefined;
};

export const accessAllows = ({ role, customRole }: Access, permission: Permission): boolean =>
  customRole ? customRole.permissions.includes(permission) : roleCan(role, permission);

export const permissionsOf = (access: Access): Permission[] =>
  PERMISSIONS.filter((one) => accessAllows(access, one));
