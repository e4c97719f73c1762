import 'server-only';
import { hashToken } from '@/lib/crypto/cipher';
import { sessionModel } from '@/lib/master/models/session';
import { userModel } from '@/lib/master/models/user';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Session, toSession } from './dto';
import { findLink } from './links';
import { actorId } from './service';

/** Whether a link can still be used; the page says nothing else about it. */
export const canResetPassword = async (token: string): Promise<boolean> =>
  (await findLink('reset-password', token)) !== null;
export const canUnlock = async (token: string): Promise<boolean> =>
  (await findLink('unlock', token)) !== null;
export const canConfirmEmail = async (token: string): Promise<boolean> =>
  (await findLink('change-email', token)) !== null;
export const canUndoEmail = async (token: string): Promise<boolean> =>
  (await findLink('undo-email', token)) !== null;
export const canVerifyEmail = async (token: string): Promise<boolean> =>
  (await findLink('verify-email', token)) !== null;

export async function isEmailVerified(ctx: TenantContext): Promise<boolean> {
  const user = await (await userModel())
    .findById(objectId(actorId(ctx)))
    .select('emailVerifiedAt')
    .lean();
  return Boolean(user?.emailVerifiedAt);
}

/** The person's open sessions, newest first, at most 50. */
export async function listSessions(
  ctx: TenantContext,
  currentSessionId: string,
  now = new Date(),
): Promise<Session[]> {
  // A session of this product lives for hours, so the days since then bound the walk.
  const since = new Date(now.getTime() - 7 * 86_400_000);
  const rows = await (await sessionModel())
    .find({
      userId: objectId(actorId(ctx)),
      createdAt: op({ $gte: since }),
      revokedAt: null,
      expiresAt: op({ $gt: now }),
    })
    .sort({ createdAt: -1 })
    .limit(50)
    .lean();
  return rows.map((row) => toSession(row, hashToken(row._id), row._id === currentSessionId));
}
