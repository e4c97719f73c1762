import 'server-only';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  generateRegistrationOptions,
  type RegistrationResponseJSON,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { actorId, assertMayAddFactor, confirmForFactor } from '@/features/identity/account/service';
import {
  assertMayLoseFactor,
  enter,
  passSecondStep,
  settleSecondFactor,
} from '@/features/identity/second-factor/service';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { readChallenge } from '@/lib/auth/second-factor';
import { admit, type SignedIn, type SignInRequest, takeAddressPoint } from '@/lib/auth/sign-in';
import { signValue, verifySignedValue } from '@/lib/crypto/cipher';
import { env } from '@/lib/env';
import { AppError, duplicateKey, notFoundError } from '@/lib/errors';
import { mailPerson } from '@/lib/mail/security-notice';
import { passkeyModel } from '@/lib/master/models/passkey';
import { secondFactorModel } from '@/lib/master/models/second-factor';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { takePoint, tooMany } from '@/lib/rate-limit/limiter';
import type { TenantContext } from '@/lib/tenancy/context';
import { wakeWorker } from '@/lib/work/queue';

const STATE_MINUTES = 5;
const MAX_PASSKEYS = 20;
type Transport = NonNullable<RegistrationResponseJSON['response']['transports']>[number];

/**
 * Whose passkeys these are: the host people open. An address of digits cannot have any, so the local stack
 * answers to localhost.
 */
function relyingParty(): { id: string; origins: string[] } {
  const url = new URL(env().NEXTAUTH_URL);
  if (url.hostname !== '127.0.0.1') return { id: url.hostname, origins: [url.origin] };
  return { id: 'localhost', origins: [`${url.protocol}//localhost:${url.port}`] };
}

const signState = (purpose: string, challenge: string): string =>
  signValue(`passkey/${purpose}`, challenge, new Date(Date.now() + STATE_MINUTES * 60_000));

/** The challenge that was handed out for this; it can be answered once. @throws AppError CONFLICT. */
async function readState(purpose: string, state: string): Promise<string> {
  const challenge = verifySignedValue(`passkey/${purpose}`, state);
  const tooOld = new AppError('CONFLICT', 'That took too long. Please try again.');
  if (!challenge) throw tooOld;
  await takePoint('challenge.once', challenge).catch(() => {
    throw tooOld;
  });
  return challenge;
}

const notAccepted = (cause?: unknown): AppError =>
  new AppError('INVALID_INPUT', 'That passkey was not accepted. Try again, or use another way.', { cause });

function parse<T>(text: string): T {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw notAccepted(cause);
  }
}

/** What the browser needs to make a passkey. Asks for the password first. */
export async function beginPasskey(ctx: TenantContext, input: { currentPassword: string }) {
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
  ctx: TenantContext,
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
      const person = ctx.actor.kind === 'staff' ? ctx.actor : { name: '', email: '' };
      await mailPerson(
        person,
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
  ctx: TenantContext,
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
export async function removePasskey(ctx: TenantContext, passkeyId: string): Promise<void> {
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
      ctx.actor.kind === 'staff' ? ctx.actor : { name: '', email: '' },
      {
        subject: 'A passkey was removed from your account',
        paragraphs: [`The passkey "${gone.name}" no longer opens your account at Chakravue.`],
      },
      session,
    );
  });
  wakeWorker();
}

/** What the browser needs to answer with a passkey: any, or one of the person at the second step. */
export async function beginPasskeySignIn(challenge: string) {
  const person = challenge ? readChallenge(challenge) : null;
  const known = person
    ? await passkeyModel
        .find({ userId: objectId(person.userId) })
        .limit(MAX_PASSKEYS)
        .lean()
    : [];
  const options = await generateAuthenticationOptions({
    rpID: relyingParty().id,
    userVerification: person ? 'preferred' : 'required',
    allowCredentials: known.map(({ _id, transports }) => ({
      id: _id,
      transports: transports as Transport[],
    })),
  });
  return { options, state: signState('sign-in', options.challenge) };
}

/** Checks an answer and remembers the counter. @returns whose passkey it is, and since when. */
async function verify(input: { response: string; state: string }, mustKnowPerson: boolean, now: Date) {
  const expectedChallenge = await readState('sign-in', input.state);
  const response = parse<AuthenticationResponseJSON>(input.response);
  const passkey = await passkeyModel.findById(String(response.id ?? '')).lean();
  if (!passkey) throw notAccepted();
  const { id: expectedRPID, origins: expectedOrigin } = relyingParty();
  const result = await verifyAuthenticationResponse({
    response,
    expectedChallenge,
    expectedOrigin,
    expectedRPID,
    requireUserVerification: mustKnowPerson,
    credential: {
      id: passkey._id,
      publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
      counter: passkey.counter,
      transports: passkey.transports as Transport[],
    },
  }).catch((cause: unknown) => {
    throw notAccepted(cause);
  });
  if (!result.verified) throw notAccepted();
  const counter = result.authenticationInfo.newCounter;
  await passkeyModel.updateOne({ _id: passkey._id }, { $set: { counter, lastUsedAt: now } });
  return { userId: passkey.userId.toString(), addedAt: passkey.createdAt };
}

/**
 * With a passkey alone (it knows the person by finger, face or PIN, so it is both factors), or as the second
 * step.
 * @throws AppError INVALID_INPUT, UNAUTHENTICATED, FORBIDDEN with the reason.
 */
export async function signInWithPasskey(
  input: { response: string; state: string; challenge: string },
  request: SignInRequest,
  now = new Date(),
): Promise<SignedIn> {
  if (input.challenge) {
    return passSecondStep(
      input.challenge,
      request,
      async (userId) => {
        const passkey = await verify(input, false, now);
        if (passkey.userId !== userId) throw notAccepted();
        return passkey.addedAt;
      },
      now,
    );
  }
  if (!(await takeAddressPoint(request))) throw tooMany(60);
  const { userId, addedAt } = await verify(input, true, now);
  const user = await userModel.findById(objectId(userId)).lean();
  if (!user) throw notAccepted();
  return enter(() => admit(user, request, { method: 'passkey', factorAddedAt: addedAt }, now));
}
