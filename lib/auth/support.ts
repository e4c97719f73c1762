import type { StaffActor } from '../tenancy/context';
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

type Supporter = { userId: string; name: string; email: string; sessionId: string };

/** Somebody of support at an organization's work: the log carries both names. */
export const supportActor = (
  { userId, name, email, sessionId }: Supporter,
  grantedBy: { id: string; name: string },
): StaffActor => ({
  kind: 'staff',
  userId,
  name: `${name} (support, allowed by ${grantedBy.name})`,
  email,
  role: 'admin',
  sessionId,
  onBehalfOf: grantedBy,
});
