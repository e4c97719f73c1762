import 'server-only';
import {
  type AuthenticationResponseJSON,
  generateAuthenticationOptions,
  verifyAuthenticationResponse,
} from '@simplewebauthn/server';
import { enter, passSecondStep } from '@/features/identity/second-factor/service/finish-sign-in';
import { readChallenge } from '@/lib/auth/second-factor';
import { admit, type SignedIn, type SignInRequest, takeAddressPoint } from '@/lib/auth/sign-in';
import { passkeyModel } from '@/lib/master/models/passkey';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { tooMany } from '@/lib/rate-limit/limiter';
import { notAccepted, parse, readState, relyingParty, signState, type Transport } from './ceremony';
import { MAX_PASSKEYS } from './change-passkeys';

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
