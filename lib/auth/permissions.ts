import type { StaffRole } from '../master/vocabulary';

const EVERYONE = ['owner', 'admin', 'doctor', 'optometrist', 'receptionist', 'pharmacist'] as const;

/** What may be done and by whom. Nothing is allowed by default; a permission that is not here does not compile. */
const GRANTS = {
  'today:read': EVERYONE,
  'patients:read': EVERYONE,
  'patients:write': ['owner', 'admin', 'doctor', 'optometrist', 'receptionist'],
  /** A patient's documents: scans, letters, identity and insurance papers. */
  'files:read': ['owner', 'admin', 'doctor', 'optometrist', 'receptionist'],
  'files:write': ['owner', 'admin', 'doctor', 'optometrist', 'receptionist'],
  'appointments:read': EVERYONE,
  'appointments:write': ['owner', 'admin', 'doctor', 'receptionist'],
  'queue:read': EVERYONE,
  'queue:write': EVERYONE,
  'visits:read': ['owner', 'admin', 'doctor', 'optometrist'],
  'medicines:read': EVERYONE,
  'medicines:write': ['owner', 'admin', 'pharmacist'],
  'reports:read': ['owner', 'admin', 'doctor'],
  'staff:read': EVERYONE,
  'staff:write': ['owner', 'admin'],
  'settings:read': ['owner', 'admin'],
  'settings:write': ['owner', 'admin'],
  /** Whoever sets the provider could sign in as anybody. */
  'single-sign-on:write': ['owner'],
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
