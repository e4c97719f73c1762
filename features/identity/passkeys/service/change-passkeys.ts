import 'server-only';
import {
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import {
  type AccountContext,
  actorId,
  assertMayAddFactor,
  confirmForFactor,
  personOf,
} from '@/features/identity/account/service/confirm-password';
import { endWeakSessions } from '@/features/identity/account/service/revoke-session';
import { settleSecondFactor } from '@/features/identity/second-factor/service/settle-second-factor';
import { assertMayLoseFactor } from '@/features/identity/second-factor/service/totp';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { mailPerson } from '@/lib/mail/security-notice';
import { passkeyModel } from '@/lib/master/models/passkey';
import { secondFactorModel } from '@/lib/master/models/second-factor';
import { objectId } from '@/lib/mongo';
import { wakeWorker } from '@/lib/work/queue';
import { notAccepted, parse, readState, relyingParty, signState, type Transport } from './ceremony';

export const MAX_PASSKEYS = 20;

/** What the browser needs to make a passkey. Asks for the password first. */
export async function beginPasskey(ctx: AccountContext, input: { currentPassword: string }) {
  const user = await confirmForFactor(ctx, input.currentPassword);
  const userId = actorId(ctx);
  const known = await passkeyModel
    .find({ userId: objectId(userId) })
    .limit(MAX_PASSKEYS)
    .lean();
  if (known.length >= MAX_PASSKEYS)
    throw new AppError('LIMIT_REACHED', 'You have 20 passkeys. Remove one that you no longer use first.');
  const options = await generateRegistrationOptions({
    rpName: 'Chakravue',
    rpID: relyingParty().id,
    userName: user.email,
    userDisplayName: user.name,
    userID: new TextEncoder().encode(userId),
    attestationType: 'none',
    excludeCredentials: known.map(({ _id, transports }) => ({
      id: _id,
      transports: transports as Transport[],
    })),
    authenticatorSelection: { residentKey: 'preferred', userVerification: 'preferred' },
  });
  return { options, state: signState(`add/${userId}`, options.challenge) };
}

/**
 * @returns recovery codes, when this is the first second factor.
 * @throws AppError INVALID_INPUT, CONFLICT.
 */
export async function addPasskey(
  ctx: AccountContext,
  input: { response: string; state: string; name: string },
): Promise<{ recoveryCodes: string[] | null }> {
  const userId = actorId(ctx);
  await assertMayAddFactor(ctx);
  const expectedChallenge = await readState(`add/${userId}`, input.state);
  const { id: expectedRPID, origins: expectedOrigin } = relyingParty();
  const verified = await verifyRegistrationResponse({
    response: parse<RegistrationResponseJSON>(input.response),
    expectedChallenge,
    expectedOrigin,
    expectedRPID,
    requireUserVerification: false,
  }).catch((cause: unknown) => {
    throw notAccepted(cause);
  });
  if (!verified.verified) throw notAccepted();
  const { credential, credentialBackedUp } = verified.registrationInfo;
  try {
    const recoveryCodes = await auditedMasterWrite(ctx, async (session) => {
      await passkeyModel.create(
        [
          {
            _id: credential.id,
            userId: objectId(userId),
            name: input.name,
            publicKey: Buffer.from(credential.publicKey).toString('base64url'),
            counter: credential.counter,
            transports: credential.transports ?? [],
            isBackedUp: credentialBackedUp,
          },
        ],
        { session },
      );
      const codes = await settleSecondFactor(userId, session, new Date(), { isAdded: true });
      if (codes) await endWeakSessions(ctx, session);
      await mailPerson(
        personOf(ctx),
        {
          subject: 'A passkey was added to your account',
          paragraphs: [`You can now sign in to Chakravue with the passkey "${input.name}".`],
        },
        session,
      );
      return codes;
    });
    wakeWorker();
    return { recoveryCodes };
  } catch (error) {
    if (duplicateKey(error)) throw new AppError('CONFLICT', 'This passkey is registered already.');
    throw error;
  }
}

/** @throws AppError NOT_FOUND. */
export async function renamePasskey(
  ctx: AccountContext,
  input: { passkeyId: string; name: string },
): Promise<void> {
  const mine = { _id: input.passkeyId, userId: objectId(actorId(ctx)) };
  await auditedMasterWrite(ctx, async (session) => {
    const before = await passkeyModel
      .findOneAndUpdate(mine, { $set: { name: input.name } }, { session })
      .select('name')
      .lean();
    if (!before) throw notFoundError('passkey');
    noteChange(ctx, before, input, ['name']);
  });
}

/**
 * @throws AppError NOT_FOUND, CONFLICT when it is the last second factor and the organization asks for one.
 */
export async function removePasskey(ctx: AccountContext, passkeyId: string): Promise<void> {
  const userId = actorId(ctx);
  const mine = { _id: passkeyId, userId: objectId(userId) };
  if (!(await passkeyModel.exists(mine))) throw notFoundError('passkey');
  const [count, factor] = await Promise.all([
    passkeyModel.countDocuments({ userId: mine.userId }),
    secondFactorModel.findById(mine.userId).select('totpSecret').lean(),
  ]);
  await assertMayLoseFactor(ctx, count > 1 || Boolean(factor?.totpSecret));
  await auditedMasterWrite(ctx, async (session) => {
    const gone = await passkeyModel.findOneAndDelete(mine, { session }).select('name').lean();
    if (!gone) throw notFoundError('passkey');
    await settleSecondFactor(userId, session);
    await mailPerson(
      personOf(ctx),
      {
        subject: 'A passkey was removed from your account',
        paragraphs: [`The passkey "${gone.name}" no longer opens your account at Chakravue.`],
      },
      session,
    );
  });
  wakeWorker();
}
