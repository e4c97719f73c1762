import 'server-only';
import type { ClientSession } from 'mongoose';
import { renderSVG } from 'uqr';
import {
  actorId,
  assertMayAddFactor,
  confirmForFactor,
  confirmPassword,
} from '@/features/identity/account/service';
import { auditedMasterWrite } from '@/lib/audit/audited';
import {
  hashRecoveryCode,
  newRecoveryCodes,
  newTotpSecret,
  openTotpSecret,
  readChallenge,
  sealTotpSecret,
  spendRecoveryCode,
  spendTotp,
  totpAddress,
  totpStep,
} from '@/lib/auth/second-factor';
import { admit, type SignedIn, SignInRefused, type SignInRequest } from '@/lib/auth/sign-in';
import { SIGN_IN_PROBLEMS } from '@/lib/auth/sign-in-problem';
import { AppError } from '@/lib/errors';
import { mailPerson } from '@/lib/mail/security-notice';
import { organizationModel } from '@/lib/master/models/organization';
import { passkeyModel } from '@/lib/master/models/passkey';
import { secondFactorModel } from '@/lib/master/models/second-factor';
import { ssoConnectionModel } from '@/lib/master/models/sso-connection';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { clearPoints, takePoint } from '@/lib/rate-limit/limiter';
import type { TenantContext } from '@/lib/tenancy/context';
import { wakeWorker } from '@/lib/work/queue';

const PENDING_MINUTES = 15;

type Person = { name: string; email: string };

/**
 * Brings `secondFactorSince` in step with what there is, in the transaction that changed it. The first factor
 * comes with recovery codes, the last one takes them along.
 * @returns new codes, to be shown once, or null.
 */
export async function settleSecondFactor(
  userId: string,
  session: ClientSession,
  now = new Date(),
  { isAdded = false }: { isAdded?: boolean } = {},
): Promise<string[] | null> {
  const id = objectId(userId);
  const factor = await secondFactorModel
    .findById(id)
    .select('totpSecret recoveryHashes')
    .session(session)
    .lean();
  const hasFactor =
    Boolean(factor?.totpSecret) || (await passkeyModel.exists({ userId: id }).session(session));
  if (!hasFactor) {
    await userModel.updateOne(
      { _id: id },
      { $unset: { secondFactorSince: 1, factorAddedAt: 1 } },
      { session },
    );
    await secondFactorModel.updateOne({ _id: id }, { $set: { recoveryHashes: [] } }, { session });
    return null;
  }
  if (isAdded) await userModel.updateOne({ _id: id }, { $set: { factorAddedAt: now } }, { session });
  await userModel.updateOne(
    { _id: id, secondFactorSince: null },
    { $set: { secondFactorSince: now } },
    { session },
  );
  if (factor?.recoveryHashes.length) return null;
  const codes = newRecoveryCodes();
  const recoveryHashes = codes.map(hashRecoveryCode);
  await secondFactorModel.updateOne({ _id: id }, { $set: { recoveryHashes } }, { session, upsert: true });
  return codes;
}

/** A new secret for an authenticator app, kept aside until a code proves that the app has it. */
export async function beginTotp(ctx: TenantContext, input: { currentPassword: string }, now = new Date()) {
  const user = await confirmForFactor(ctx, input.currentPassword);
  const userId = actorId(ctx);
  const secret = newTotpSecret();
  const pendingUntil = new Date(now.getTime() + PENDING_MINUTES * 60_000);
  await auditedMasterWrite(ctx, (session) =>
    secondFactorModel.updateOne(
      { _id: objectId(userId) },
      { $set: { pendingSecret: sealTotpSecret(userId, secret), pendingUntil } },
      { upsert: true, session },
    ),
  );
  const svg = renderSVG(totpAddress(secret, user.email), { border: 2 });
  return {
    secret: secret.replace(/(.{4})(?=.)/g, '$1 '),
    qrCode: `data:image/svg+xml;base64,${Buffer.from(svg).toString('base64')}`,
  };
}

/**
 * Switches the authenticator app on. @returns recovery codes, when these are the first.
 * @throws AppError INVALID_INPUT on a wrong code, CONFLICT when the QR code is too old.
 */
export async function confirmTotp(
  ctx: TenantContext,
  input: { code: string },
  now = new Date(),
): Promise<{ recoveryCodes: string[] | null }> {
  const userId = actorId(ctx);
  await assertMayAddFactor(ctx);
  await takePoint('second-factor.user', userId);
  const factor = await secondFactorModel.findById(objectId(userId)).lean();
  if (!factor?.pendingSecret || !factor.pendingUntil || factor.pendingUntil < now) {
    throw new AppError('CONFLICT', 'This QR code is too old. Begin again for a new one.');
  }
  const secret = openTotpSecret(userId, factor.pendingSecret);
  const step = totpStep(secret, input.code, now);
  if (step === null) {
    throw new AppError('INVALID_INPUT', 'That code is not right. Wait for the next one and try again.', {
      field: 'code',
    });
  }
  const totpSecret = sealTotpSecret(userId, secret);
  const recoveryCodes = await auditedMasterWrite(ctx, async (session) => {
    await secondFactorModel.updateOne(
      { _id: objectId(userId) },
      {
        $set: { totpSecret, totpStep: step, totpAddedAt: now },
        $unset: { pendingSecret: 1, pendingUntil: 1 },
      },
      { session },
    );
    const codes = await settleSecondFactor(userId, session, now, { isAdded: true });
    await mailPerson(
      personOf(ctx),
      {
        subject: 'An authenticator app was added to your account',
        paragraphs: ['From now on you are asked for its code when you sign in to Chakravue.'],
      },
      session,
    );
    return codes;
  });
  await clearPoints('second-factor.user', userId);
  wakeWorker();
  return { recoveryCodes };
}

const personOf = ({ actor }: TenantContext): Person =>
  actor.kind === 'staff' ? { name: actor.name, email: actor.email } : { name: actor.name, email: '' };

/** @throws AppError CONFLICT when the organization asks for a second factor and this is the last. */
export async function assertMayLoseFactor(ctx: TenantContext, hasOther: boolean): Promise<void> {
  if (hasOther) return;
  const isBreakGlass = await ssoConnectionModel.exists({
    _id: objectId(ctx.organizationId),
    isEnforced: true,
    breakGlassIds: objectId(actorId(ctx)),
  });
  if (isBreakGlass) {
    throw new AppError(
      'CONFLICT',
      'You are named for emergencies of single sign-on, which needs a second factor. Add another one before you remove this.',
    );
  }
  const organization = await organizationModel
    .findById(objectId(ctx.organizationId))
    .select('security')
    .lean();
  if (!organization?.security?.requireSecondFactor) return;
  throw new AppError(
    'CONFLICT',
    'Your organization asks everybody for a second factor. Add another one before you remove this.',
  );
}

/** Switches the authenticator app off. @throws AppError INVALID_INPUT, CONFLICT. */
export async function removeTotp(ctx: TenantContext, input: { currentPassword: string }): Promise<void> {
  await confirmPassword(ctx, input.currentPassword);
  const userId = actorId(ctx);
  await assertMayLoseFactor(ctx, Boolean(await passkeyModel.exists({ userId: objectId(userId) })));
  await auditedMasterWrite(ctx, async (session) => {
    await secondFactorModel.updateOne(
      { _id: objectId(userId) },
      { $unset: { totpSecret: 1, totpAddedAt: 1, pendingSecret: 1, pendingUntil: 1 } },
      { session },
    );
    await settleSecondFactor(userId, session);
    await mailPerson(
      personOf(ctx),
      {
        subject: 'The authenticator app was removed from your account',
        paragraphs: ['Its codes are no longer asked for when you sign in to Chakravue.'],
      },
      session,
    );
  });
  wakeWorker();
}

/**
 * New recovery codes; the old ones stop working.
 * @throws AppError INVALID_INPUT, CONFLICT without a second factor.
 */
export async function renewRecoveryCodes(
  ctx: TenantContext,
  input: { currentPassword: string },
): Promise<{ recoveryCodes: string[] }> {
  await confirmPassword(ctx, input.currentPassword);
  const recoveryCodes = newRecoveryCodes();
  const user = await userModel
    .findById(objectId(actorId(ctx)))
    .select('secondFactorSince')
    .lean();
  if (!user?.secondFactorSince) throw new AppError('CONFLICT', 'Set up a second factor first.');
  await auditedMasterWrite(ctx, (session) =>
    secondFactorModel.updateOne(
      { _id: objectId(actorId(ctx)) },
      { $set: { recoveryHashes: recoveryCodes.map(hashRecoveryCode) } },
      { upsert: true, session },
    ),
  );
  return { recoveryCodes };
}

const totpAddedAt = async (userId: string): Promise<Date | null> =>
  (await secondFactorModel.findById(objectId(userId)).select('totpAddedAt').lean())?.totpAddedAt ?? null;

const challengeExpired = (): AppError => new AppError('UNAUTHENTICATED', SIGN_IN_PROBLEMS.CHALLENGE_EXPIRED);

/**
 * Opens the session of somebody who has passed the second step; the challenge is used up. `prove` checks the
 * factor and says when it was added.
 * @throws AppError UNAUTHENTICATED for an old challenge, TOO_MANY_REQUESTS, FORBIDDEN when the organization
 * is closed.
 */
export async function passSecondStep(
  challenge: string,
  request: SignInRequest,
  prove: (userId: string) => Promise<Date | null>,
  now = new Date(),
): Promise<SignedIn> {
  const read = readChallenge(challenge, now);
  const user = read ? await userModel.findById(objectId(read.userId)).lean() : null;
  if (!read || !user) throw challengeExpired();
  await takePoint('second-factor.user', read.userId);
  const factorAddedAt = (await prove(read.userId)) ?? user.secondFactorSince ?? now;
  await takePoint('challenge.once', read.nonce);
  await clearPoints('second-factor.user', read.userId);
  const organizationId = read.singleSignOnTo;
  if (!organizationId)
    return enter(() => admit(user, request, { method: 'second-factor', factorAddedAt }, now));
  return enter(() =>
    admit(user, request, { method: 'single-sign-on', organizationId, isStrong: true, factorAddedAt }, now),
  );
}

/** Turns a refusal into the sentence for it. */
export async function enter(work: () => Promise<SignedIn>): Promise<SignedIn> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof SignInRefused) throw new AppError('FORBIDDEN', SIGN_IN_PROBLEMS[error.problem]);
    throw error;
  }
}

/** @throws AppError INVALID_INPUT on the code; a code of the app works once. */
export async function finishSignIn(
  input: { challenge: string; code?: string | undefined; recoveryCode?: string | undefined },
  request: SignInRequest,
  now = new Date(),
): Promise<SignedIn> {
  return passSecondStep(
    input.challenge,
    request,
    async (userId) => {
      if (input.recoveryCode !== undefined) {
        if ((await spendRecoveryCode(userId, input.recoveryCode)) !== null) return null;
        throw new AppError('INVALID_INPUT', 'That code is wrong or was used before. Try another one.', {
          field: 'recoveryCode',
        });
      }
      if (input.code !== undefined && (await spendTotp(userId, input.code, now))) return totpAddedAt(userId);
      throw new AppError('INVALID_INPUT', 'That code is not right. Wait for the next one and try again.', {
        field: 'code',
      });
    },
    now,
  );
}
