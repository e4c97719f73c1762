import 'server-only';
import { type Proof, proveAddress } from '@/features/identity/mailbox/service';
import { refuseCommonPassword } from '@/lib/crypto/common-passwords';
import { hashPassword, verifyPassword } from '@/lib/crypto/password';
import { AppError } from '@/lib/errors';
import { masterTransaction } from '@/lib/master/connection';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import { objectId, op } from '@/lib/mongo';
import { wakeWorker } from '@/lib/work/queue';
import { findLink } from '../mail-links';
import { addressIsTaken, type Id, linkUnusable, useLink } from './use-link';

/**
 * Who holds the mailbox confirms it. `proof` says what the browser brings; without it a new password is asked
 * for, so that a stranger's password never opens the account of an address that its holder confirms.
 * @throws AppError NOT_FOUND for a wrong, used or old link, INVALID_INPUT on the password.
 */
export async function verifyEmail(
  input: { token: string; newPassword?: string | undefined },
  browser: { userId?: string; sessionId?: string; signupOrganizationId?: string | null } = {},
  now = new Date(),
): Promise<void> {
  const link = await findLink('verify-email', input.token, now);
  const user = link
    ? await userModel.findById(link.userId).select('+passwordHash name email emailVerifiedAt').lean()
    : null;
  if (!link || !user) throw linkUnusable();
  const proof = user.emailVerifiedAt ? null : await proofOf(user, input.newPassword, browser);
  const isTheirs = await masterTransaction(async (session) => {
    await useLink(link._id, session, now);
    return proof ? proveAddress(user, proof, session, now) : true;
  });
  wakeWorker();
  if (!isTheirs) throw addressIsTaken();
}

/**
 * Whether this browser is the one that signed up: signed in as that person, or with the cookie of the
 * sign-up.
 */
export async function isOwnSignup(
  userId: Id,
  browser: { userId?: string; signupOrganizationId?: string | null },
): Promise<boolean> {
  if (browser.userId === userId.toString()) return true;
  if (!browser.signupOrganizationId) return false;
  const own = await organizationModel.exists({
    _id: objectId(browser.signupOrganizationId),
    ownerId: userId,
    signupPasswordHash: op({ $exists: false }),
  });
  return own !== null;
}

async function proofOf(
  user: { _id: Id; name: string; email: string; passwordHash: string },
  newPassword: string | undefined,
  browser: { userId?: string; sessionId?: string; signupOrganizationId?: string | null },
): Promise<Proof> {
  if (await isOwnSignup(user._id, browser)) return { isSamePerson: true, sessionId: browser.sessionId };
  if (newPassword === undefined)
    throw new AppError('INVALID_INPUT', 'Choose the password of your account.', { field: 'newPassword' });
  if (await verifyPassword(user.passwordHash, newPassword)) return { isSamePerson: true };
  await refuseCommonPassword(newPassword, 'newPassword', [user.name, user.email]);
  return { isSamePerson: false, passwordHash: await hashPassword(newPassword) };
}
