import 'server-only';
import type { ClientSession } from 'mongoose';
import { dropFactorsSince, voidClaims } from '@/features/identity/mailbox/service';
import { randomToken } from '@/lib/crypto/cipher';
import { hashPassword, verifyPassword } from '@/lib/crypto/password';
import { AppError, duplicateKey } from '@/lib/errors';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { masterTransaction } from '@/lib/master/connection';
import { membershipModel } from '@/lib/master/models/membership';
import { sessionModel } from '@/lib/master/models/session';
import { userModel } from '@/lib/master/models/user';
import { userTokenModel } from '@/lib/master/models/user-token';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { enqueueProjection } from '@/lib/organizations/projection';
import { clearPoints, takePoint } from '@/lib/rate-limit/limiter';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import { findLink, mailLink } from './mail-links';
import { type AccountContext, actorId, confirmPassword } from './service/confirm-password';
import { linkUnusable } from './service/use-link';

type Id = ReturnType<typeof newObjectId>;

/**
 * Asks for another address. Whether somebody has it already is found out in a job: the answer is the same.
 * @throws AppError INVALID_INPUT on the password or one's own address, TOO_MANY_REQUESTS.
 */
export async function requestEmailChange(
  ctx: AccountContext,
  input: { currentPassword: string; newEmail: string },
): Promise<void> {
  const user = await confirmPassword(ctx, input.currentPassword);
  if (user.email.toLowerCase() === input.newEmail.toLowerCase())
    throw new AppError('INVALID_INPUT', 'This is the address you have.', { field: 'newEmail' });
  const userId = actorId(ctx);
  await takePoint('change-email.user', userId);
  await enqueue('account.change-email', userId, { newEmail: input.newEmail });
  wakeWorker();
}

/**
 * The job behind requestEmailChange: a link to a free address; who has the address already is told so there.
 */
export async function mailEmailChange(userId: string, newEmail: string): Promise<void> {
  const user = await userModel
    .findOne({ _id: objectId(userId), disabledAt: null })
    .select('name')
    .lean();
  if (!user) return;
  const holder = await userModel.findOne({ emailKey: newEmail.toLowerCase() }).select('name email').lean();
  if (!holder) {
    await mailLink('change-email', { id: userId, name: user.name, email: newEmail }, new Date(), {
      newEmail,
    });
    return;
  }
  const mail = composeMail({
    to: holder.email,
    name: holder.name,
    subject: 'You have an account with this address already',
    paragraphs: [
      'Somebody, perhaps you, asked to use this address for another account at Chakravue. It belongs to yours already, so nothing was changed.',
      'If it was you, sign in with this address, or use another one for the other account.',
    ],
  });
  await enqueueMail(`email-in-use:${newObjectId()}`, mail);
}

/**
 * Single use. The link proves the mailbox; the session or the password shows that its holder is also the
 * person who asked, so that nobody's address ends up on a stranger's account. Sessions go on. Links that were
 * sent to the old mailbox stop working, but for the one that takes the change back.
 * @throws AppError NOT_FOUND for a wrong, used or old link, and for an address that somebody took meanwhile;
 * INVALID_INPUT on the password.
 */
export async function confirmEmailChange(
  input: { token: string; currentPassword?: string | undefined },
  signedInUserId?: string,
  now = new Date(),
): Promise<void> {
  const link = await findLink('change-email', input.token, now);
  if (!link?.newEmail) throw linkUnusable();
  if (signedInUserId !== link.userId.toString()) {
    const user = await userModel.findById(link.userId).select('+passwordHash').lean();
    await takePoint('password-again.user', link.userId.toString());
    if (!(await verifyPassword(user?.passwordHash, input.currentPassword ?? '')))
      throw new AppError('INVALID_INPUT', 'Type the password of the account that asked for this address.', {
        field: 'currentPassword',
      });
    await clearPoints('password-again.user', link.userId.toString());
  }
  const before = await putAddress(link._id, link.userId, link.newEmail, now);
  // An old address that nobody proved takes nothing back.
  if (!before.emailVerifiedAt) return;
  await mailLink('undo-email', { id: link.userId.toString(), name: before.name, email: before.email }, now, {
    newEmail: before.email,
  });
}

/**
 * From the old mailbox: its address counts again. The password, the PIN, every session and each second factor
 * added since the change are void in the same step, and a link for a new password is on its way.
 * @throws AppError NOT_FOUND as above.
 */
export async function undoEmailChange(token: string, now = new Date()): Promise<void> {
  const link = await findLink('undo-email', token, now);
  if (!link?.newEmail) throw linkUnusable();
  const { name } = await putAddress(link._id, link.userId, link.newEmail, now, {
    voidSince: link.createdAt,
    passwordHash: await hashPassword(randomToken()),
  });
  await mailLink('reset-password', { id: link.userId.toString(), name, email: link.newEmail }, now);
}

/** Uses the link up, writes the address and brings every directory along. @returns the person as before. */
async function putAddress(
  linkId: Id,
  userId: Id,
  email: string,
  now: Date,
  takenBack?: { voidSince: Date; passwordHash: string },
) {
  const places = await membershipModel.find({ userId }).select('organizationId').limit(50).lean();
  try {
    const before = await masterTransaction(async (session) => {
      const used = await userTokenModel.updateOne(
        { _id: linkId, usedAt: null },
        { $set: { usedAt: now } },
        { session },
      );
      const user = await userModel
        .findOne({ _id: userId, disabledAt: null })
        .select('name email emailVerifiedAt')
        .session(session)
        .lean();
      if (used.modifiedCount !== 1 || !user) throw linkUnusable();
      await userModel.updateOne(
        { _id: userId },
        {
          $set: { email, emailKey: email.toLowerCase(), emailVerifiedAt: now },
          $unset: { claimedEmailKey: 1 },
        },
        { session },
      );
      await voidClaims(email.toLowerCase(), userId, session, now);
      if (takenBack) await voidAccess(userId, takenBack, session, now);
      const stale = ['reset-password', 'verify-email', 'unlock', 'change-email'] as const;
      await userTokenModel.deleteMany(
        { userId, purpose: op({ $in: [...stale] }), usedAt: null },
        { session },
      );
      for (const { organizationId } of places)
        await enqueueProjection(organizationId.toString(), userId.toString(), session);
      return user;
    });
    wakeWorker();
    return before;
  } catch (error) {
    if (duplicateKey(error)) throw linkUnusable();
    throw error;
  }
}

async function voidAccess(
  userId: Id,
  { voidSince, passwordHash }: { voidSince: Date; passwordHash: string },
  session: ClientSession,
  now: Date,
): Promise<void> {
  await userModel.updateOne({ _id: userId }, { $set: { passwordHash }, $unset: { pinHash: 1 } }, { session });
  await sessionModel.updateMany({ userId, revokedAt: null }, { $set: { revokedAt: now } }, { session });
  await dropFactorsSince(userId, voidSince, session);
}
