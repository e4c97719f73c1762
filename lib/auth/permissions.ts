import { PLAN_IDS, type PlanId, type StaffRole } from '../master/vocabulary';

const EVERYONE = ['owner', 'admin', 'doctor', 'optometrist', 'receptionist', 'pharmacist'] as const;

/** What may be done and by whom. Nothing is allowed by default; a permission that is not here does not compile. */
const GRANTS = {
  'today:read': EVERYONE,
  'patients:read': EVERYONE,
  'patients:write': ['owner', 'admin', 'doctor', 'optometrist', 'receptionist'],
  /** A patient's documents: scans, letters, identity and insurance papers. */
  'files:read': ['owner', 'admin', 'doctor', 'optometrist', 'receptionist'],
  'files:write': ['owner', 'admin', 'doctor', 'optometrist', 'receptionist'],
  /** Documents that somebody else uploaded. */
  'files:delete': ['owner', 'admin', 'doctor'],
  'appointments:read': EVERYONE,
  'appointments:write': ['owner', 'admin', 'doctor', 'receptionist'],
  'queue:read': EVERYONE,
  'queue:write': EVERYONE,
  'visits:read': ['owner', 'admin', 'doctor', 'optometrist'],
  /** What is measured: acuity, refraction, pressure. */
  'visits:write': ['owner', 'admin', 'doctor', 'optometrist'],
  /** What is found and decided, and the signature under it. */
  'diagnoses:write': ['owner', 'admin', 'doctor'],
  'medicines:read': EVERYONE,
  'medicines:write': ['owner', 'admin', 'pharmacist'],
  'reports:read': ['owner', 'admin', 'doctor'],
  'staff:read': EVERYONE,
  'staff:write': ['owner', 'admin'],
  'roles:write': ['owner', 'admin'],
  'settings:read': ['owner', 'admin'],
  'settings:write': ['owner', 'admin'],
  /** Whoever sets the provider could sign in as anybody. */
  'single-sign-on:write': ['owner'],
  /** Whoever names the server could read every record there. */
  'database:write': ['owner'],
  'billing:read': ['owner', 'admin'],
  'billing:write': ['owner'],
  'audit:read': ['owner', 'admin'],
  /** Neither is called a write: the owner of a read-only organization may take everything along and go. */
  'organization:export': ['owner'],
  'organization:close': ['owner'],
  'support:read': EVERYONE,
  /** Not called a write: who cannot work because of a bill must be able to ask. */
  'support:ask': EVERYONE,
  'support-access:read': ['owner', 'admin'],
  /** Not called a write: consent can be taken back in a read-only organization too. */
  'support-access:manage': ['owner'],
} as const satisfies Record<string, readonly StaffRole[]>;

export type Permission = keyof typeof GRANTS;
export const PERMISSIONS = Object.keys(GRANTS) as Permission[];

export function roleCan(role: StaffRole, permission: Permission): boolean {
  // A name that is not in the table, or is only on every object, opens nothing.
  const roles: readonly StaffRole[] = Object.hasOwn(GRANTS, permission) ? GRANTS[permission] : [];
  return roles.includes(role);
}

/** Writes are refused in a read-only organization, except those that pay. */
export const isWrite = (permission: Permission): boolean => permission.endsWith(':write');

/** What a custom role may hold: everything but what the table leaves to the owner alone. */
export const GRANTABLE = PERMISSIONS.filter((one) => {
  const roles: readonly StaffRole[] = GRANTS[one];
  return roles.some((role) => role !== 'owner');
});

/** Whoever has one of these decides about the access of others, so only an owner hands it out. */
export const ADMINISTERS = GRANTABLE.filter((one) => {
  const roles: readonly StaffRole[] = GRANTS[one];
  return isWrite(one) && roles.every((role) => role === 'owner' || role === 'admin');
});

/** Custom roles are included from this plan on. */
export const CUSTOM_ROLES_FROM: PlanId = 'professional';
export const includesCustomRoles = (plan: PlanId): boolean =>
  PLAN_IDS.indexOf(plan) >= PLAN_IDS.indexOf(CUSTOM_ROLES_FROM);

/** What is stored with a custom role, without names that the product no longer knows or that no such role may hold. */
export const readPermissions = (stored: readonly string[]): Permission[] =>
  GRANTABLE.filter((one) => stored.includes(one));

/** What a custom role opens. Without a plan that includes it: what it and its base role have in common, never more. */
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
