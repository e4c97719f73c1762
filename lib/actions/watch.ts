import 'server-only';
import { type Permission, roleCan } from '../auth/permissions';
import { getPrincipal, readPrincipal } from '../auth/principal';
import { stateAllows } from '../features/organizations/policy';

/**
 * For answers that outlive the check at their start, such as a stream: the result says whether the session that
 * opened it may still do this. Called inside the request, asked as often as needed afterwards.
 */
export async function watchStaff(permission: Permission): Promise<() => Promise<boolean>> {
  const opener = await getPrincipal();
  if (opener?.kind !== 'staff') return async () => false;
  const { userId, sessionId } = opener;
  const organizationId = opener.organization._id.toString();
  return async () => {
    const now = await readPrincipal({ id: userId, sessionId });
    if (now?.kind !== 'staff' || now.organization._id.toString() !== organizationId) return false;
    if (now.mustSetUpSecondFactor) return false;
    return roleCan(now.role, permission) && stateAllows(now.organization.status, permission);
  };
}
