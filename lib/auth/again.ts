import 'server-only';
import { verifyPassword } from '../crypto/password';
import { AppError } from '../errors';
import { userModel } from '../master/models/user';
import { objectId } from '../mongo';
import { clearPoints, takePoint } from '../rate-limit/limiter';
import { spendTotp } from './second-factor';

type Tries = [limit: 'password-again.user' | 'approval.pair', key: string];

/**
 * Asks a signed-in person again who they are, before what a session alone must not do: by the current
 * password, or by a code of the authenticator app, which people with single sign-on have too.
 * @param tries where wrong ones are counted; their own, unless somebody else asks them
 * @throws AppError INVALID_INPUT on `currentPassword`, TOO_MANY_REQUESTS.
 */
export async function confirmAgain(
  userId: string,
  given: unknown,
  tries: Tries = ['password-again.user', userId],
): Promise<void> {
  const field = 'currentPassword';
  if (typeof given !== 'string' || given === '' || given.length > 200)
    throw new AppError('INVALID_INPUT', 'Enter your current password.', { field });
  await takePoint(...tries);
  const isCode = /^\d{3}\s?\d{3}$/.test(given) && (await spendTotp(userId, given));
  const user = isCode ? null : await userModel.findById(objectId(userId)).select('+passwordHash').lean();
  if (!isCode && !(await verifyPassword(user?.passwordHash, given)))
    throw new AppError('INVALID_INPUT', 'That is not your current password.', { field });
  await clearPoints(...tries);
}
