import 'server-only';
import { randomUUID } from 'node:crypto';
import { actorId, confirmForFactor } from '@/features/identity/account/service/confirm-password';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { lockSession } from '@/lib/auth/principal';
import type { SignedIn, SignInRequest } from '@/lib/auth/sign-in';
import { hashToken } from '@/lib/crypto/cipher';
import { hashPassword, verifyPassword } from '@/lib/crypto/password';
import { AppError } from '@/lib/errors';
import { mailPerson } from '@/lib/mail/security-notice';
import { masterTransaction } from '@/lib/master/connection';
import { membershipModel } from '@/lib/master/models/membership';
import { organizationModel } from '@/lib/master/models/organization';
import { sessionModel } from '@/lib/master/models/session';
import { userModel } from '@/lib/master/models/user';
import { objectId, op } from '@/lib/mongo';
import { STATE_ALLOWS } from '@/lib/organizations/policy';
import { clearPoints, countPoint } from '@/lib/rate-limit/limiter';
import type { TenantContext } from '@/lib/tenancy/context';
import { enqueue } from '@/lib/work/queue';

// A PIN is six digits: it never opens an account. It lets its person back into a session that they opened at
// this very computer with all that is asked at sign-in, until that session's own end.

/** @throws AppError INVALID_INPUT on the current password. */
export async function setPin(
  ctx: TenantContext,
  input: { currentPassword: string; pin: string },
): Promise<void> {
  const user = await confirmForFactor(ctx, input.currentPassword);
  const pinHash = await hashPassword(input.pin);
  await auditedMasterWrite(ctx, async (session) => {
    await userModel.updateOne({ _id: user._id }, { $set: { pinHash } }, { session });
    await mailPerson(
      user,
      {
        subject: 'A PIN was chosen for your account',
        paragraphs: [
          'A PIN for changing users on shared computers was chosen for your account at Chakravue.',
        ],
      },
      session,
    );
  });
}

/** Locked sessions of the person wait for nothing any more, so they end. */
export async function removePin(ctx: TenantContext, now = new Date()): Promise<void> {
  const userId = objectId(actorId(ctx));
  await auditedMasterWrite(ctx, async (session) => {
    await userModel.updateOne({ _id: userId }, { $unset: { pinHash: 1 } }, { session });
    await sessionModel.updateMany(
      { userId, revokedAt: null, lockedAt: op({ $exists: true }) },
      { $set: { revokedAt: now } },
      { session },
    );
    await mailPerson(
      ctx.actor.kind === 'staff' ? ctx.actor : { name: '', email: '' },
      {
        subject: 'The PIN of your account was removed',
        paragraphs: [
          'It no longer brings you back at a shared computer; sessions that waited there have ended.',
        ],
      },
      session,
    );
  });
}

/**
 * Leaves the session for its person to come back to.
 * @throws AppError CONFLICT without a PIN: there would be no way back but the password.
 */
export async function leaveComputer(sessionId: string, deviceId: string, now = new Date()): Promise<void> {
  await sessionModel.updateOne({ _id: sessionId, revokedAt: null }, { $set: { deviceId } });
  if (!(await lockSession(sessionId, now)))
    throw new AppError('CONFLICT', 'Choose a PIN under Your account first: with it you come back here.');
}

const cannotComeBack = (): AppError =>
  new AppError('UNAUTHENTICATED', 'This session has ended. Sign in with your password.');

/**
 * Opens the session that waits at this computer again, as a new one with the old one's end.
 * @throws AppError INVALID_INPUT on the PIN, UNAUTHENTICATED when the password is needed.
 */
export async function comeBack(
  input: { person: string; pin: string },
  request: SignInRequest,
  now = new Date(),
): Promise<SignedIn> {
  const waiting = await listWaiting(request.deviceId, now);
  const session = waiting.find(({ _id }) => hashToken(_id) === input.person);
  const organizationId = session?.organizationId;
  if (!session || !organizationId) throw cannotComeBack();
  const attempt = await countPoint('pin.session', session._id);
  const user = await userModel
    .findOne({ _id: session.userId, disabledAt: null })
    .select('+pinHash name email')
    .lean();
  const isRight = await verifyPassword(user?.pinHash, input.pin);
  if (!attempt.allowed || (!isRight && attempt.left === 0)) {
    await sessionModel.updateOne({ _id: session._id }, { $set: { revokedAt: now } });
    throw new AppError('UNAUTHENTICATED', 'That was too often wrong. Sign in with your password.');
  }
  if (!user || !isRight)
    throw new AppError('INVALID_INPUT', `That is not your PIN. ${triesLeft(attempt.left)}`, { field: 'pin' });
  await clearPoints('pin.session', session._id);

  const [membership, organization] = await Promise.all([
    membershipModel.findOne({ userId: user._id, organizationId, status: 'active' }).select('role').lean(),
    organizationModel.findById(organizationId).select('status').lean(),
  ]);
  if (!membership || !organization || !STATE_ALLOWS[organization.status].signIn) throw cannotComeBack();
  const sessionId = randomUUID();
  await masterTransaction(async (transaction) => {
    const { modifiedCount } = await sessionModel.updateOne(
      { _id: session._id, revokedAt: null, lockedAt: op({ $exists: true }) },
      { $set: { revokedAt: now, endedBy: 'switch' } },
      { session: transaction },
    );
    if (modifiedCount !== 1) throw cannotComeBack();
    await sessionModel.create(
      [
        {
          _id: sessionId,
          userId: user._id,
          organizationId,
          expiresAt: session.expiresAt,
          lastSeenAt: now,
          // What came in by single sign-on for one organization does not become more by the lock screen.
          method: session.method ?? 'pin',
          isReturn: true,
          isStrong: session.isStrong,
          deviceId: session.deviceId ?? null,
          ip: request.ip,
          userAgent: request.userAgent,
        },
      ],
      { session: transaction },
    );
  });
  await enqueue('account.record-sign-in', sessionId);
  return {
    id: user._id.toString(),
    name: user.name,
    email: user.email,
    organizationId: organizationId.toString(),
    role: membership.role,
    sessionId,
  };
}

const triesLeft = (left: number): string => `${left} ${left === 1 ? 'try is' : 'tries are'} left.`;

/** The sessions that wait at a computer, the newest of each person, at most twelve. */
export async function listWaiting(deviceId: string | undefined, now = new Date()) {
  if (!deviceId) return [];
  const rows = await sessionModel
    .find({
      deviceId,
      lockedAt: op({ $gt: new Date(now.getTime() - 86_400_000) }),
      revokedAt: null,
      expiresAt: op({ $gt: now }),
    })
    .sort({ lockedAt: -1 })
    .limit(50)
    .select('userId organizationId expiresAt method isStrong deviceId lockedAt')
    .lean();
  const seen = new Set<string>();
  return rows
    .filter(({ userId }) => !seen.has(userId.toString()) && seen.add(userId.toString()))
    .slice(0, 12);
}
