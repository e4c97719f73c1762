import type { StaffActor } from '../tenancy/context';
import { type Permission, supportMay } from './permissions';

export const SUPPORT_SCOPES = ['read-only', 'read-write'] as const;
export type SupportScope = (typeof SUPPORT_SCOPES)[number];

/** Looking is what support is let in for; the table says what a grant for changes adds. */
export function supportCan(scope: SupportScope, permission: Permission): boolean {
  const may = supportMay(permission);
  return may === 'look' || (scope === 'read-write' && may === 'change');
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
