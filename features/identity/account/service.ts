import 'server-only';
import { enqueueProjection, syncDirectory } from '@/features/identity/staff/projection';
import { noteChange } from '@/lib/audit/changes';
import { hashToken } from '@/lib/crypto/cipher';
import { refuseCommonPassword } from '@/lib/crypto/common-passwords';
import { hashPassword, verifyPassword } from '@/lib/crypto/password';
import { AppError, notFoundError } from '@/lib/errors';
import { composeMail } from '@/lib/mail/compose';
import { masterTransaction } from '@/lib/master/connection';
import { membershipModel } from '@/lib/master/models/membership';
import { sessionModel } from '@/lib/master/models/session';
import { userModel } from '@/lib/master/models/user';
import { userTokenModel } from '@/lib/master/models/user-token';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { clearPoints, takePoint } from '@/lib/rate-limit/limiter';
import type { TenantContext } from '@/lib/tenancy/context';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import { findLink, mailLink } from './links';

/** One answer for every link that does not work. */
export const linkUnusable = (): AppError =>
  new AppError('NOT_FOUND', 'This link is wrong, used or too old. Ask for a new one.');

/** The id of the staff member who asks. @throws AppError FORBIDDEN for the system. */
export function actorId(ctx: TenantContext): string {
  if (ctx.actor.kind !== 'staff') throw new AppError('FORBIDDEN', 'Only people have an account.');
  return ctx.actor.userId;
}

const findByAddress = async (emailKey: string) =>
  (await userModel()).findOne({ emailKey, disabledAt: null }).select('name email emailVerifiedAt').lean();

/** Asks the person to confirm the address; nothing when it is confirmed already or was asked a moment ago. */
export async function sendVerificationMail(userId: string): Promise<boolean> {
  const user = await (await userModel())
    .findById(objectId(userId, 'account'))
    .select('name email emailVerifiedAt')
    .lean();
  if (!user || user.emailVerifiedAt) return false;
  return mailLink('verify-email', { id: userId, name: user.name, email: user.email });
}

/** Whoever asks gets the same answer in the same time: whether the address is known is found out in a job. */
export async function requestPasswordReset(email: string): Promise<void> {
  await enqueue('account.reset-password', email.toLowerCase());
}
export async function requestVerification(email: string): Promise<void> {
  await enqueue('account.verify-email', email.toLowerCase());
}

/** The job behind requestPasswordReset. */
export async function mailPasswordReset(emailKey: string): Promise<void> {
  const user = await findByAddress(emailKey);
  if (user) await mailLink('reset-password', { id: user._id.toString(), name: user.name, email: user.email });
}

/** The job behind requestVerification. */
export async function mailVerificationTo(emailKey: string): Promise<void> {
  const user = await findByAddress(emailKey);
  if (user) await sendVerificationMail(user._id.toString());
}

/** The job behind the lock of an account: a link that opens it at once. */
export async function mailUnlock(emailKey: string): Promise<void> {
  const user = await findByAddress(emailKey);
  if (user) await mailLink('unlock', { id: user._id.toString(), name: user.name, email: user.email });
}

/** Opens a locked account. Single use. @throws AppError NOT_FOUND for a wrong, used or old link. */
export async function unlockAccount(token: string, now = new Date()): Promise<void> {
  const link = await findLink('unlock', token, now);
  const used = link
    ? await (await userTokenModel()).updateOne({ _id: link._id, usedAt: null }, { $set: { usedAt: now } })
    : null;
  const user =
    link && used?.modifiedCount === 1
      ? await (await userModel()).findById(link.userId).select('emailKey').lean()
      : null;
  if (!user) throw linkUnusable();
  await clearPoints('sign-in.account', user.emailKey);
}

/**
 * Asks for the current password before something that matters.
 * @throws AppError INVALID_INPUT on `currentPassword`, TOO_MANY_REQUESTS.
 */
export async function confirmPassword(ctx: TenantContext, currentPassword: string) {
  const userId = actorId(ctx);
  await takePoint('password-again.user', userId);
  const user = await (await userModel()).findById(objectId(userId)).select('+passwordHash name email').lean();
  if (!(await verifyPassword(user?.passwordHash, currentPassword)) || !user) {
    throw new AppError('INVALID_INPUT', 'That is not your current password.', { field: 'currentPassword' });
  }
  await clearPoints('password-again.user', userId);
  return user;
}

/** Single use. Every session ends; the link has also proved the address. @throws AppError NOT_FOUND. */
export async function resetPassword(
  input: { token: string; newPassword: string },
  now = new Date(),
): Promise<void> {
  const link = await findLink('reset-password', input.token, now);
  const person = link ? await (await userModel()).findById(link.userId).select('name email').lean() : null;
  if (!link || !person) throw linkUnusable();
  await refuseCommonPassword(input.newPassword, 'newPassword', [person.name, person.email]);
  const passwordHash = await hashPassword(input.newPassword);
  const [users, tokens, sessions] = [await userModel(), await userTokenModel(), await sessionModel()];
  let emailKey = '';
  await masterTransaction(async (session) => {
    const used = await tokens.updateOne(
      { _id: link._id, usedAt: null },
      { $set: { usedAt: now } },
      { session },
    );
    if (used.modifiedCount !== 1) throw linkUnusable();
    const user = await users
      .findOne({ _id: link.userId, disabledAt: null })
      .select('name email emailKey')
      .session(session)
      .lean();
    if (!user) throw linkUnusable();
    await users.updateOne({ _id: user._id }, { $set: { passwordHash } }, { session });
    await users.updateOne(
      { _id: user._id, emailVerifiedAt: null },
      { $set: { emailVerifiedAt: now } },
      { session },
    );
    await sessions.updateMany(
      { userId: user._id, revokedAt: null },
      { $set: { revokedAt: now } },
      { session },
    );
    await enqueue('mail.send', `password-changed:${newObjectId()}`, passwordChangedMail(user), { session });
    emailKey = user.emailKey;
  });
  // Who has the mailbox is let in at once.
  await clearPoints('sign-in.account', emailKey);
  wakeWorker();
}

/** @throws AppError NOT_FOUND for a wrong, used or old link. */
export async function verifyEmail(token: string, now = new Date()): Promise<void> {
  const link = await findLink('verify-email', token, now);
  if (!link) throw linkUnusable();
  await masterTransaction(async (session) => {
    const used = await (await userTokenModel()).updateOne(
      { _id: link._id, usedAt: null },
      { $set: { usedAt: now } },
      { session },
    );
    if (used.modifiedCount !== 1) throw linkUnusable();
    await (await userModel()).updateOne(
      { _id: link.userId },
      { $set: { emailVerifiedAt: now } },
      { session },
    );
  });
}

/** Ends every other session. @throws AppError INVALID_INPUT on the current password. */
export async function changePassword(
  ctx: TenantContext,
  input: { currentPassword: string; newPassword: string },
  currentSessionId: string,
  now = new Date(),
): Promise<void> {
  const users = await userModel();
  const user = await confirmPassword(ctx, input.currentPassword);
  if (input.currentPassword === input.newPassword) {
    throw new AppError('INVALID_INPUT', 'The new password is the one you have. Choose another.', {
      field: 'newPassword',
    });
  }
  await refuseCommonPassword(input.newPassword, 'newPassword', [
    user.name,
    user.email,
    ctx.organization.name,
  ]);
  const passwordHash = await hashPassword(input.newPassword);
  const sessions = await sessionModel();
  await masterTransaction(async (session) => {
    await users.updateOne({ _id: user._id }, { $set: { passwordHash } }, { session });
    await sessions.updateMany(
      { userId: user._id, _id: op({ $ne: currentSessionId }), revokedAt: null },
      { $set: { revokedAt: now } },
      { session },
    );
    await enqueue('mail.send', `password-changed:${newObjectId()}`, passwordChangedMail(user), { session });
  });
  wakeWorker();
}

const passwordChangedMail = (user: { name: string; email: string }) =>
  composeMail({
    to: user.email,
    subject: 'Your password was changed',
    name: user.name,
    paragraphs: [
      'The password of your account at Chakravue was changed just now, and your other sessions were ended.',
      'If this was not you, choose a new password on the sign-in page at once and tell the owner of your organization.',
    ],
  });

/** The new name reaches the directories of all organizations the person works for. */
export async function rename(ctx: TenantContext, name: string): Promise<void> {
  const userId = actorId(ctx);
  const places = await (await membershipModel())
    .find({ userId: objectId(userId) })
    .select('organizationId')
    .limit(50)
    .lean();
  await masterTransaction(async (session) => {
    const before = await (await userModel())
      .findOneAndUpdate({ _id: objectId(userId) }, { $set: { name } }, { session })
      .select('name')
      .lean();
    noteChange(ctx, before, { name }, ['name']);
    for (const place of places) await enqueueProjection(place.organizationId.toString(), userId, session);
  });
  wakeWorker();
  await syncDirectory(ctx.db, userId);
}

/** Ends one session of the person's own, named by the reference in the list. @throws AppError NOT_FOUND. */
export async function revokeSession(ctx: TenantContext, reference: string, now = new Date()): Promise<void> {
  const sessions = await sessionModel();
  const open = await sessions
    .find({ userId: objectId(actorId(ctx)), revokedAt: null, expiresAt: op({ $gt: now }) })
    .sort({ createdAt: -1 })
    .limit(200)
    .select('_id')
    .lean();
  const found = open.find(({ _id }) => hashToken(_id) === reference);
  if (!found) throw notFoundError('session');
  await sessions.updateOne({ _id: found._id }, { $set: { revokedAt: now } });
}

/** @returns how many ended. */
export async function revokeOtherSessions(
  ctx: TenantContext,
  currentSessionId: string,
  now = new Date(),
): Promise<number> {
  const { modifiedCount } = await (await sessionModel()).updateMany(
    {
      userId: objectId(actorId(ctx)),
      _id: op({ $ne: currentSessionId }),
      revokedAt: null,
      expiresAt: op({ $gt: now }),
    },
    { $set: { revokedAt: now } },
  );
  return modifiedCount;
}
