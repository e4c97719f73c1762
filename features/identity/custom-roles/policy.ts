import { PERMISSION_TABLE } from '@/lib/auth/permission-table';
import { GRANTABLE, neededFor, PERMISSIONS, type Permission } from '@/lib/auth/permissions';

export { neededFor };

export const MAX_CUSTOM_ROLES = 20;

/** Each permission in plain words. */
export const PERMISSION_LABEL = Object.fromEntries(
  PERMISSION_TABLE.map(({ permission, label }) => [permission, label]),
) as Readonly<Record<Permission, string>>;

export type PermissionGroup = { title: string; permissions: Permission[] };

function groupsOf(shown: readonly Permission[]): PermissionGroup[] {
  const groups = new Map<string, Permission[]>();
  for (const { permission, group } of PERMISSION_TABLE) {
    if (shown.includes(permission)) groups.set(group, [...(groups.get(group) ?? []), permission]);
  }
  return [...groups].map(([title, permissions]) => ({ title, permissions }));
}

/** The table's rows in plain words, by noun. */
export const PERMISSION_GROUPS = groupsOf(PERMISSIONS);
/** Those of them that a custom role may hold. */
export const GRANTABLE_GROUPS = groupsOf(GRANTABLE);

/** Part of each role: without it nobody could see their own account or sign out of it. */
export const ALWAYS: Permission = 'today:read';

/** `chosen` with everything that its parts need. */
export function withNeeded(chosen: readonly Permission[]): Permission[] {
  const all = new Set<Permission>([ALWAYS, ...chosen]);
  for (const one of all) {
    const needed = neededFor(one);
    if (needed) all.add(needed);
  }
  return GRANTABLE.filter((one) => all.has(one));
}
