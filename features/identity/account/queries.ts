import 'server-only';
import { RECENT_FACTOR_DAYS } from '@/lib/auth/limits';
import { hashToken } from '@/lib/crypto/cipher';
import { passkeyModel } from '@/lib/master/models/passkey';
import { secondFactorModel } from '@/lib/master/models/second-factor';
import { sessionModel } from '@/lib/master/models/session';
import { userModel } from '@/lib/master/models/user';
import { objectId, op } from '@/lib/mongo';
import { type Session, toSession } from './dto';
import { findLink } from './mail-links';
import { type AccountContext, actorId } from './service/confirm-password';
import { isOwnSignup } from './service/verify-email';

/** Whether a link can still be used; the page says nothing else about it. */
export const canUnlock = async (token: string): Promise<boolean> =>
  (await findLink('unlock', token)) !== null;
export const canUndoEmail = async (token: string): Promise<boolean> =>
  (await findLink('undo-email', token)) !== null;

/** What the page behind a confirmation link asks for; null for a link that cannot be used. */
export async function findVerification(
  token: string,
  browser: Parameters<typeof isOwnSignup>[1] = {},
): Promise<{ needsPassword: boolean } | null> {
  const link = await findLink('verify-email', token);
  return link ? { needsPassword: !(await isOwnSignup(link.userId, browser)) } : null;
}

/** What the page behind a link to a new address asks for; null for a link that cannot be used. */
export async function findEmailChange(
  token: string,
  signedInUserId?: string,
): Promise<{ needsPassword: boolean } | null> {
  const link = await findLink('change-email', token);
  return link ? { needsPassword: link.userId.toString() !== signedInUserId } : null;
}

/**
 * The second factors that stay after a new password, and those that go with the old one; for the reset page.
 */
export async function findResetFactors(token: string, now = new Date()) {
  const link = await findLink('reset-password', token, now);
  if (!link) return null;
  const [factor, passkeys, user] = await Promise.all([
    secondFactorModel.findById(link.userId).select('totpSecret totpAddedAt').lean(),
    passkeyModel.find({ userId: link.userId }).limit(20).select('name createdAt').lean(),
    userModel.findById(link.userId).select('emailVerifiedAt secondFactorSince platformRole').lean(),
  ]);
  const totpAddedAt = factor?.totpAddedAt ?? user?.secondFactorSince ?? now;
  const all = [
    ...(factor?.totpSecret ? [{ name: 'Authenticator app', addedAt: totpAddedAt }] : []),
    ...passkeys.map(({ name, createdAt }) => ({ name: `Passkey "${name}"`, addedAt: createdAt })),
  ];
  const since = new Date(now.getTime() - RECENT_FACTOR_DAYS * 86_400_000);
  return all.map(({ name, addedAt }) => ({
    name,
    addedOn: addedAt.toISOString(),
    goes: !user?.emailVerifiedAt || (addedAt >= since && !user.platformRole),
  }));
}

export async function isEmailVerified(ctx: AccountContext): Promise<boolean> {
  const user = await userModel
    .findById(objectId(actorId(ctx)))
    .select('emailVerifiedAt')
    .lean();
  return Boolean(user?.emailVerifiedAt);
}

/** The person's open sessions, newest first, at most 50. */
export async function listSessions(
  ctx: AccountContext,
  currentSessionId: string,
  now = new Date(),
): Promise<Session[]> {
  // A session of this product lives for hours, so the days since then bound the walk.
  const since = new Date(now.getTime() - 7 * 86_400_000);
  const rows = await sessionModel
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
