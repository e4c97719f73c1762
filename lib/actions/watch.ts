import 'server-only';
import type { Permission } from '../auth/permissions';
import { getPrincipal, readPrincipal } from '../auth/principal';
import { seatOf } from './seat';

/**
 * For answers that outlive the check at their start, such as a stream: the result says whether the session
 * that opened it may still do this. Called inside the request, asked as often as needed afterwards.
 */
export async function watchStaff(permission: Permission): Promise<() => Promise<boolean>> {
  const opener = await getPrincipal();
  const seat = seatOf(opener);
  if (!opener || !seat) return async () => false;
  const { userId, sessionId } = opener;
  const organizationId = seat.organization._id.toString();
  return async () => {
    const now = seatOf(await readPrincipal({ id: userId, sessionId }));
    if (now?.organization._id.toString() !== organizationId || now.mustSetUpSecondFactor) return false;
    return now.can(permission);
  };
}
