import 'server-only';
import { renderSVG } from 'uqr';
import {
  type AccountContext,
  actorId,
  assertMayAddFactor,
  confirmForFactor,
  confirmPassword,
  organizationOf,
  personOf,
} from '@/features/identity/account/service/confirm-password';
import { endWeakSessions } from '@/features/identity/account/service/revoke-session';
import { auditedMasterWrite } from '@/lib/audit/audited';
import {
  hashRecoveryCode,
  newRecoveryCodes,
  newTotpSecret,
  openTotpSecret,
  sealTotpSecret,
  totpAddress,
  totpStep,
} from '@/lib/auth/second-factor';
import { AppError } from '@/lib/errors';
import { mailPerson } from '@/lib/mail/security-notice';
import { organizationModel } from '@/lib/master/models/organization';
import { passkeyModel } from '@/lib/master/models/passkey';
import { secondFactorModel } from '@/lib/master/models/second-factor';
import { ssoConnectionModel } from '@/lib/master/models/sso-connection';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { clearPoints, takePoint } from '@/lib/rate-limit/limiter';
import { wakeWorker } from '@/lib/work/queue';
import { settleSecondFactor } from './settle-second-factor';

const PENDING_MINUTES = 15;

/** A new secret for an authenticator app, kept aside until a code proves that the app has it. */
export async function beginTotp(ctx: AccountContext, input: { currentPassword: string }, now = new Date()) {
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
  ctx: AccountContext,
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
    if (codes) await endWeakSessions(ctx, session, now);
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

/** @throws AppError CONFLICT when the organization, or the company, asks for one and this is the last. */
export async function assertMayLoseFactor(ctx: AccountContext, hasOther: boolean): Promise<void> {
  if (hasOther) return;
  const here = organizationOf(ctx);
  if (!here)
    throw new AppError(
      'CONFLICT',
      'The company’s pages open with a second factor only. Add another one before you remove this.',
    );
  const isBreakGlass = await ssoConnectionModel.exists({
    _id: objectId(here.organizationId),
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
    .findById(objectId(here.organizationId))
    .select('security')
    .lean();
  if (!organization?.security?.requireSecondFactor) return;
  throw new AppError(
    'CONFLICT',
    'Your organization asks everybody for a second factor. Add another one before you remove this.',
  );
}

/** Switches the authenticator app off. @throws AppError INVALID_INPUT, CONFLICT. */
export async function removeTotp(ctx: AccountContext, input: { currentPassword: string }): Promise<void> {
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
  ctx: AccountContext,
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

export const totpAddedAt = async (userId: string): Promise<Date | null> =>
  (await secondFactorModel.findById(objectId(userId)).select('totpAddedAt').lean())?.totpAddedAt ?? null;
