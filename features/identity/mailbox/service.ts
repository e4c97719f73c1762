import 'server-only';
import type { ClientSession } from 'mongoose';
import { claimOf } from '@/lib/auth/claims';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { invitationModel } from '@/lib/master/models/invitation';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { passkeyModel } from '@/lib/master/models/passkey';
import { secondFactorModel } from '@/lib/master/models/second-factor';
import { sessionModel } from '@/lib/master/models/session';
import { userModel } from '@/lib/master/models/user';
import { userTokenModel } from '@/lib/master/models/user-token';
import { newObjectId, op } from '@/lib/mongo';
import { enqueueProjection } from '@/lib/organizations/projection';
import { enqueue } from '@/lib/work/queue';

// An account belongs to the mailbox that proved its address (docs/decisions/0005). Before the first proof a
// sign-up is a claim: a row of its own with its own password, which opens the organization it signed up and
// nothing else.

type Id = ReturnType<typeof newObjectId>;
type Person = { _id: Id; email: string };

/**
 * What the person who opens the link brings: `sessionId` of their own signed-in session, or `isSamePerson`
 * when the browser or the password shows that they also signed up; otherwise the hash of a new password.
 */
export type Proof =
  | { isSamePerson: true; sessionId?: string | undefined }
  | { isSamePerson: false; passwordHash: string };

/**
 * The first proof of an address, in the transaction that uses up the link. Everything set before is void:
 * password (unless the same person chose it), second factors, PIN, sessions, links; other claims of the
 * address lose all.
 * @returns false when another account has proved the address meanwhile: its holder is offered the
 * organization by mail.
 */
export async function proveAddress(
  user: Person,
  proof: Proof,
  session: ClientSession,
  now = new Date(),
): Promise<boolean> {
  const emailKey = user.email.toLowerCase();
  const holder = await userModel
    .findOne({ emailKey, _id: op({ $ne: user._id }) })
    .select('_id')
    .session(session)
    .lean();
  if (holder) {
    await voidClaims(emailKey, holder._id, session, now);
    return false;
  }
  await dropFactors(user._id, session);
  await endSessions(user._id, session, now, proof.isSamePerson ? proof.sessionId : undefined);
  await userTokenModel.deleteMany({ userId: user._id, usedAt: null }, { session });
  await userModel.updateOne(
    { _id: user._id },
    {
      $set: {
        emailKey,
        emailVerifiedAt: now,
        ...(proof.isSamePerson ? {} : { passwordHash: proof.passwordHash }),
      },
      $unset: { claimedEmailKey: 1, pinHash: 1 },
    },
    { session },
  );
  await voidClaims(emailKey, user._id, session, now);
  await settleTrials(user._id, session);
  if (!proof.isSamePerson) {
    await suspendOthers(user._id, session, now);
    await voidAcceptances(user._id, session);
  }
  return true;
}

/** Free days are one to a mailbox, and whether it has had some is asked only now (features/subscription). */
async function settleTrials(ownerId: Id, session: ClientSession): Promise<void> {
  const owned = await organizationModel.find({ ownerId }).select('_id').session(session).lean();
  for (const { _id } of owned) await enqueue('billing.settle-trial', _id.toString(), {}, { session });
}

/** Who did not hold the mailbox bound nobody; the holder is asked again (subscription/agreements). */
const voidAcceptances = (userId: Id, session: ClientSession) =>
  enqueue('agreements.void', userId.toString(), {}, { session });

/**
 * Ends every claim of an address that `holderId` has proved. What was signed up under a claim is offered to
 * the holder by mail; the password typed for it opens nothing more than the state of its payment.
 */
export async function voidClaims(
  emailKey: string,
  holderId: Id,
  session: ClientSession,
  now = new Date(),
): Promise<void> {
  const claims = await userModel
    .find({ claimedEmailKey: emailKey, _id: op({ $ne: holderId }) })
    .select('+passwordHash')
    .session(session)
    .lean();
  for (const { _id, passwordHash } of claims) {
    const begun = await organizationModel
      .find({ ownerId: _id, status: op({ $ne: 'deleted' as const }) })
      .select('_id')
      .session(session)
      .lean();
    await membershipModel.deleteMany({ userId: _id }, { session });
    for (const organization of begun) {
      const id = organization._id.toString();
      await organizationModel.updateOne(
        { _id: organization._id },
        { $set: { ownerId: holderId, signupPasswordHash: passwordHash } },
        { session },
      );
      await enqueueProjection(id, _id.toString(), session);
      await enqueue('signup.mail', id, {}, { session });
    }
    await dropFactors(_id, session);
    await endSessions(_id, session, now);
    await voidAcceptances(_id, session);
    await userTokenModel.deleteMany({ userId: _id }, { session });
    await userModel.deleteOne({ _id }, { session });
  }
}

/**
 * Colleagues whom a stranger let in before the mailbox was proved: they wait for the owner to let them in
 * again.
 */
async function suspendOthers(ownerId: Id, session: ClientSession, now = new Date()): Promise<void> {
  const owned = await organizationModel
    .find({ ownerId, signupPasswordHash: op({ $exists: false }) })
    .select('_id')
    .session(session)
    .lean();
  for (const { _id } of owned) await suspendColleagues(_id, ownerId, session, now);
}

/** The same for one organization that its new owner takes on; the owner is told by mail. */
export async function suspendColleagues(
  organizationId: Id,
  ownerId: Id,
  session: ClientSession,
  now = new Date(),
): Promise<void> {
  const others = await membershipModel
    .find({ organizationId, userId: op({ $ne: ownerId }), status: 'active' })
    .select('userId')
    .session(session)
    .lean();
  await invitationModel.updateMany(
    { organizationId, status: 'pending' },
    { $set: { expiresAt: now } },
    { session },
  );
  if (others.length === 0) return;
  const ids = others.map(({ userId }) => userId);
  await membershipModel.updateMany(
    { organizationId, userId: op({ $in: ids }) },
    { $set: { status: 'suspended' } },
    { session },
  );
  await sessionModel.updateMany(
    { organizationId, userId: op({ $in: ids }), revokedAt: null },
    { $set: { revokedAt: now } },
    { session },
  );
  for (const id of ids) await enqueueProjection(organizationId.toString(), id.toString(), session);
  const owner = await userModel.findById(ownerId).select('name email').session(session).orFail().lean();
  const mail = composeMail({
    to: owner.email,
    name: owner.name,
    subject: 'Colleagues wait for you to let them in',
    paragraphs: [
      'Your address is confirmed now. People who had joined your organization at Chakravue before that are suspended until you let them in again, in case it was not you who invited them.',
      'You find them under Staff. Invitations that were still open have ended.',
    ],
  });
  await enqueueMail(`colleagues:${newObjectId()}`, mail, { session });
}

/** Every second factor of a person, with the recovery codes. */
export async function dropFactors(userId: Id, session: ClientSession): Promise<void> {
  await secondFactorModel.deleteOne({ _id: userId }, { session });
  await passkeyModel.deleteMany({ userId }, { session });
  await userModel.updateOne(
    { _id: userId },
    { $unset: { secondFactorSince: 1, factorAddedAt: 1 } },
    { session },
  );
}

/**
 * Removes second factors added after `since`, with the recovery codes: they may have been renewed since too.
 */
export async function dropFactorsSince(userId: Id, since: Date, session: ClientSession): Promise<void> {
  const newer = op({ $gte: since });
  const removed = await passkeyModel.deleteMany({ userId, createdAt: newer }, { session });
  const totp = await secondFactorModel.updateOne(
    { _id: userId, totpAddedAt: newer },
    { $unset: { totpSecret: 1, totpAddedAt: 1, pendingSecret: 1, pendingUntil: 1 } },
    { session },
  );
  if (removed.deletedCount === 0 && totp.modifiedCount === 0) return;
  const factor = await secondFactorModel.findById(userId).select('totpSecret').session(session).lean();
  const isLeft =
    Boolean(factor?.totpSecret) || (await passkeyModel.exists({ userId }).session(session)) !== null;
  await secondFactorModel.updateOne({ _id: userId }, { $set: { recoveryHashes: [] } }, { session });
  if (!isLeft)
    await userModel.updateOne(
      { _id: userId },
      { $unset: { secondFactorSince: 1, factorAddedAt: 1 } },
      { session },
    );
}

async function endSessions(userId: Id, session: ClientSession, now: Date, except?: string): Promise<void> {
  await sessionModel.updateMany(
    { userId, revokedAt: null, ...(except ? { _id: op({ $ne: except }) } : {}) },
    { $set: { revokedAt: now } },
    { session },
  );
}

/** At the start: rows of earlier versions that hold an address without having proved it become claims. */
export async function releaseUnprovedAddresses(): Promise<void> {
  const rows = await userModel
    .find({ emailVerifiedAt: null, claimedEmailKey: null, platformRole: null })
    .select('email')
    .lean();
  for (const { _id, email } of rows)
    await userModel.updateOne({ _id, emailVerifiedAt: null }, { $set: claimOf(_id, email) });
}
