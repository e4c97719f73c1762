import 'server-only';
import { readChallenge, spendRecoveryCode, spendTotp } from '@/lib/auth/second-factor';
import { admit, type SignedIn, SignInRefused, type SignInRequest } from '@/lib/auth/sign-in';
import { SIGN_IN_PROBLEMS } from '@/lib/auth/sign-in-problem';
import { AppError } from '@/lib/errors';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { clearPoints, takePoint } from '@/lib/rate-limit/limiter';
import { totpAddedAt } from './totp';

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
