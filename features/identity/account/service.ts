import 'server-only';
import type { ClientSession } from 'mongoose';
import { dropFactorsSince, type Proof, proveAddress } from '@/features/identity/mailbox/service';
import { syncDirectory } from '@/features/identity/staff/projection';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { listClaims } from '@/lib/auth/claims';
import { isFreed } from '@/lib/auth/freed';
import { RECENT_FACTOR_DAYS } from '@/lib/auth/limits';
import { hashToken } from '@/lib/crypto/cipher';
import { refuseCommonPassword } from '@/lib/crypto/common-passwords';
import { hashPassword, verifyPassword } from '@/lib/crypto/password';
import { AppError, notFoundError } from '@/lib/errors';
import { composeMail } from '@/lib/mail/compose';
import { masterTransaction } from '@/lib/master/connection';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { sessionModel } from '@/lib/master/models/session';
import { userModel } from '@/lib/master/models/user';
import { userTokenModel } from '@/lib/master/models/user-token';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { enqueueProjection } from '@/lib/organizations/projection';
import { clearPoints, takePoint } from '@/lib/rate-limit/limiter';
import type { TenantContext } from '@/lib/tenancy/context';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import { findLink, mailLink } from './mail-links';

type Id = ReturnType<typeof newObjectId>;

/** One answer for every link that does not work. */
export const linkUnusable = (): AppError =>
  new AppError('NOT_FOUND', 'This link is wrong, used or too old. Ask for a new one.');

/** The id of the staff member who asks. @throws AppError FORBIDDEN for the system. */
export function actorId(ctx: TenantContext): string {
  if (ctx.actor.kind !== 'staff') throw new AppError('FORBIDDEN', 'Only people have an account.');
  return ctx.actor.userId;
}

/** The account of an address; before its first proof, the claim that comes first. */
const findByAddress = async (emailKey: string) =>
  (await userModel.findOne({ emailKey, disabledAt: null }).select('name email emailVerifiedAt').lean()) ??
  (await listClaims(emailKey))[0];

/** Asks the person to confirm the address; nothing when it is confirmed already or was asked a moment ago. */
export async function sendVerificationMail(userId: string): Promise<boolean> {
  const user = await userModel
    .findById(objectId(userId, 'account'))
    .select('name email emailVerifiedAt')
    .lean();
  if (!user || user.emailVerifiedAt) return false;
  return mailLink('verify-email', { id: userId, name: user.name, email: user.email });
}

/**
 * Everybody who asks gets the same answer in the same time: whether the address is known is found out in a
 * job.
 */
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

/**
 * Opens a locked account. Single use. @returns the person's id: who holds the mailbox is known in this
 * browser from then on, so that the one who locked the account does not lock it for them again.
 * @throws AppError NOT_FOUND for a wrong, used or old link.
 */
export async function unlockAccount(token: string, now = new Date()): Promise<string> {
  const link = await findLink('unlock', token, now);
  const used = link
    ? await userTokenModel.updateOne({ _id: link._id, usedAt: null }, { $set: { usedAt: now } })
    : null;
  const user =
    link && used?.modifiedCount === 1 ? await userModel.findById(link.userId).select('email').lean() : null;
  if (!user) throw linkUnusable();
  await clearPoints('sign-in.account', user.email.toLowerCase());
  return user._id.toString();
}

/**
 * Asks for the current password before something that matters.
 * @throws AppError INVALID_INPUT on `currentPassword`, TOO_MANY_REQUESTS.
 */
export async function confirmPassword(ctx: TenantContext, currentPassword: string) {
  const userId = actorId(ctx);
  await takePoint('password-again.user', userId);
  const user = await userModel.findById(objectId(userId)).select('+passwordHash name email').lean();
  if (!(await verifyPassword(user?.passwordHash, currentPassword)) || !user) {
    throw new AppError('INVALID_INPUT', 'That is not your current password.', { field: 'currentPassword' });
  }
  await clearPoints('password-again.user', userId);
  return user;
}

/**
 * Asks for the current password before a second factor or a PIN is added, and for an address that has been
 * proved: a factor on a claim would outlive the proof by its real holder.
 * @throws AppError FORBIDDEN before the address is confirmed; as confirmPassword does.
 */
export async function confirmForFactor(ctx: TenantContext, currentPassword: string) {
  const user = await confirmPassword(ctx, currentPassword);
  await assertMayAddFactor(ctx);
  return user;
}

/**
 * @throws AppError FORBIDDEN before the address is confirmed, and while an administrator has freed the
 * person.
 */
export async function assertMayAddFactor(ctx: TenantContext): Promise<void> {
  const userId = objectId(actorId(ctx));
  const [user, here] = await Promise.all([
    userModel.findById(userId).select('emailVerifiedAt factorAddedAt secondFactorSince').lean(),
    membershipModel
      .findOne({ userId, organizationId: objectId(ctx.organizationId) })
      .select('factorsFrom')
      .lean(),
  ]);
  if (!user?.emailVerifiedAt)
    throw new AppError('FORBIDDEN', 'Confirm your e-mail address first, with the link that we sent to it.');
  if (isFreed(here, user))
    throw new AppError(
      'FORBIDDEN',
      'Your second factor still protects another organization. Sign in there with it, or ask its owner to reset it too.',
    );
}

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
      .select('name email emailVerifiedAt')
      .session(session)
      .lean();
    if (!user) throw linkUnusable();
    if (user.emailVerifiedAt) await replacePassword(user._id, passwordHash, session, now);
    else if (!(await proveAddress(user, { isSamePerson: false, passwordHash }, session, now))) return false;
    await enqueue('mail.send', `password-changed:${newObjectId()}`, passwordChangedMail(user), { session });
    return true;
  });
  wakeWorker();
  if (!isTheirs) throw addressIsTaken();
  // Who has the mailbox is let in at once.
  await clearPoints('sign-in.account', person.email.toLowerCase());
}

const addressIsTaken = (): AppError =>
  new AppError(
    'CONFLICT',
    'This address has an account already. We have sent you a mail to take the organization on with it.',
  );

async function useLink(linkId: Id, session: ClientSession, now: Date): Promise<void> {
  const used = await userTokenModel.updateOne(
    { _id: linkId, usedAt: null },
    { $set: { usedAt: now } },
    { session },
  );
  if (used.modifiedCount !== 1) throw linkUnusable();
}

async function replacePassword(
  userId: Id,
  passwordHash: string,
  session: ClientSession,
  now: Date,
): Promise<void> {
  await userModel.updateOne({ _id: userId }, { $set: { passwordHash }, $unset: { pinHash: 1 } }, { session });
  await sessionModel.updateMany({ userId, revokedAt: null }, { $set: { revokedAt: now } }, { session });
  await dropFactorsSince(userId, new Date(now.getTime() - RECENT_FACTOR_DAYS * 86_400_000), session);
}

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

/** Ends every other session. @throws AppError INVALID_INPUT on the current password. */
export async function changePassword(
  ctx: TenantContext,
  input: { currentPassword: string; newPassword: string },
  currentSessionId: string,
  now = new Date(),
): Promise<void> {
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
  await auditedMasterWrite(ctx, async (session) => {
    await userModel.updateOne({ _id: user._id }, { $set: { passwordHash } }, { session });
    await sessionModel.updateMany(
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
  const places = await membershipModel
    .find({ userId: objectId(userId) })
    .select('organizationId')
    .limit(50)
    .lean();
  await auditedMasterWrite(ctx, async (session) => {
    const before = await userModel
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
  const open = await sessionModel
    .find({ userId: objectId(actorId(ctx)), revokedAt: null, expiresAt: op({ $gt: now }) })
    .sort({ createdAt: -1 })
    .limit(200)
    .select('_id')
    .lean();
  const found = open.find(({ _id }) => hashToken(_id) === reference);
  if (!found) throw notFoundError('session');
  await auditedMasterWrite(ctx, (session) =>
    sessionModel.updateOne({ _id: found._id }, { $set: { revokedAt: now } }, { session }),
  );
}

/** @returns how many ended. */
export async function revokeOtherSessions(
  ctx: TenantContext,
  currentSessionId: string,
  now = new Date(),
): Promise<number> {
  const others = {
    userId: objectId(actorId(ctx)),
    _id: op({ $ne: currentSessionId }),
    revokedAt: null,
    expiresAt: op({ $gt: now }),
  };
  const { modifiedCount } = await auditedMasterWrite(ctx, (session) =>
    sessionModel.updateMany(others, { $set: { revokedAt: now } }, { session }),
  );
  return modifiedCount;
}
