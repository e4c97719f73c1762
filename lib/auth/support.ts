import type { Permission } from './permissions';

export const SUPPORT_SCOPES = ['read-only', 'read-write'] as const;
export type SupportScope = (typeof SUPPORT_SCOPES)[number];

/** What the owner's grant may let support change: the clinic's own work, never billing, staff, settings or exports. */
const CHANGES: readonly string[] = [
  'patients:write',
  'appointments:write',
  'queue:write',
  'visits:write',
  'medicines:write',
] satisfies readonly (Permission | 'visits:write')[];

/** Looking is what support is let in for; whatever is neither a look nor in the list above is refused. */
export function supportCan(scope: SupportScope, permission: Permission): boolean {
  if (permission.endsWith(':read')) return true;
  return scope === 'read-write' && CHANGES.includes(permission);
}
