import 'server-only';
import type { ClientSession } from 'mongoose';
import { dropFactorsSince, proveAddress } from '@/features/identity/mailbox/service';
import { RECENT_FACTOR_DAYS } from '@/lib/auth/limits';
import { refuseCommonPassword } from '@/lib/crypto/common-passwords';
import { hashPassword } from '@/lib/crypto/password';
import { enqueueMail } from '@/lib/mail/queue';
import { masterTransaction } from '@/lib/master/connection';
import { sessionModel } from '@/lib/master/models/session';
import { userModel } from '@/lib/master/models/user';
import type { PlatformRole } from '@/lib/master/vocabulary';
import { newObjectId } from '@/lib/mongo';
import { clearPoints } from '@/lib/rate-limit/limiter';
import { wakeWorker } from '@/lib/work/queue';
import { findLink } from '../mail-links';
import { passwordChangedMail } from './change-password';
import { addressIsTaken, type Id, linkUnusable, useLink } from './use-link';

/**
 * Single use. Every session ends, and so do second factors added within the last RECENT_FACTOR_DAYS: somebody
 * who had the old password could have added them. At the first proof of the address everything set before is
 * void.
 * @throws AppError NOT_FOUND, INVALID_INPUT for a common password, CONFLICT when another account has proved
 * the address meanwhile.
 */
export async function resetPassword(
  input: { token: string; newPassword: string },
  now = new Date(),
): Promise<void> {
  const link = await findLink('reset-password', input.token, now);
  const person = link ? await userModel.findById(link.userId).select('name email').lean() : null;
  if (!link || !person) throw linkUnusable();
  await refuseCommonPassword(input.newPassword, 'newPassword', [person.name, person.email]);
  const passwordHash = await hashPassword(input.newPassword);
  const isTheirs = await masterTransaction(async (session) => {
    await useLink(link._id, session, now);
    const user = await userModel
      .findOne({ _id: link.userId, disabledAt: null })
      .select('name email emailVerifiedAt platformRole')
      .session(session)
      .lean();
    if (!user) throw linkUnusable();
    if (user.emailVerifiedAt) await replacePassword(user, passwordHash, session, now);
    else if (!(await proveAddress(user, { isSamePerson: false, passwordHash }, session, now))) return false;
    await enqueueMail(`password-changed:${newObjectId()}`, passwordChangedMail(user), { session });
    return true;
  });
  wakeWorker();
  if (!isTheirs) throw addressIsTaken();
  // Who has the mailbox is let in at once.
  await clearPoints('sign-in.account', person.email.toLowerCase());
}

async function replacePassword(
  { _id: userId, platformRole }: { _id: Id; platformRole?: PlatformRole | null },
  passwordHash: string,
  session: ClientSession,
  now: Date,
): Promise<void> {
  await userModel.updateOne({ _id: userId }, { $set: { passwordHash }, $unset: { pinHash: 1 } }, { session });
  await sessionModel.updateMany({ userId, revokedAt: null }, { $set: { revokedAt: now } }, { session });
  // Of the company's people the mailbox alone must not open anything; an owner of the team resets a factor.
  if (platformRole) return;
  await dropFactorsSince(userId, new Date(now.getTime() - RECENT_FACTOR_DAYS * 86_400_000), session);
}
