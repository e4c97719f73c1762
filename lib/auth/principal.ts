import 'server-only';
import { getServerSession } from 'next-auth';
import { cache } from 'react';
import { membershipModel } from '../master/models/membership';
import { organizationModel } from '../master/models/organization';
import { sessionModel } from '../master/models/session';
import { userModel } from '../master/models/user';
import { authOptions } from './options';

/**
 * The person behind a session, as the master database knows them now. Null when the session has ended.
 * @throws AppError UNAVAILABLE when the master database cannot be reached.
 */
export async function readPrincipal({ id, sessionId }: { id: string; sessionId: string }) {
  const session = await (await sessionModel())
    .findById(sessionId)
    .select('userId organizationId expiresAt revokedAt')
    .lean();
  if (!session || session.revokedAt || session.expiresAt < new Date() || session.userId.toString() !== id)
    return null;

  const user = await (await userModel())
    .findById(session.userId)
    .select('name email platformRole disabledAt emailVerifiedAt createdAt')
    .lean();
  if (!user || user.disabledAt) return null;
  const person = {
    userId: id,
    name: user.name,
    email: user.email,
    isEmailVerified: Boolean(user.emailVerifiedAt),
    createdAt: user.createdAt,
    sessionId,
  };
  if (!session.organizationId) {
    return user.platformRole ? { kind: 'platform' as const, ...person, role: user.platformRole } : null;
  }

  const [membership, organization] = await Promise.all([
    (await membershipModel())
      .findOne({ userId: user._id, organizationId: session.organizationId })
      .select('role status')
      .lean(),
    (await organizationModel())
      .findById(session.organizationId)
      .select('organizationName timeZone country plan status features')
      .lean(),
  ]);
  if (membership?.status !== 'active' || !organization) return null;
  return { kind: 'staff' as const, ...person, role: membership.role, organization };
}

/**
 * Who is asking, read from the master database once per request: the token is only a hint, so a removed person,
 * a changed role or a suspended organization counts at the next request. Null when nobody is signed in.
 * @throws AppError UNAVAILABLE when the master database cannot be reached.
 */
export const getPrincipal = cache(async () => {
  const token = await getServerSession(authOptions());
  if (!token?.user.sessionId) return null;
  return readPrincipal({ id: token.user.id, sessionId: token.user.sessionId });
});

export type Principal = NonNullable<Awaited<ReturnType<typeof getPrincipal>>>;
export type StaffPrincipal = Extract<Principal, { kind: 'staff' }>;
export type PlatformPrincipal = Extract<Principal, { kind: 'platform' }>;
