import 'server-only';
import { hashPassword } from '@/lib/crypto/password';
import { env } from '@/lib/env';
import { duplicateKey } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { masterConnection } from '@/lib/master/connection';
import { userModel } from '@/lib/master/models/user';

/**
 * Makes the first person of the company from the environment, unless there is an owner. The password opens
 * nothing but the page where a second factor is set up. Runs at start; several processes at once are fine.
 */
export async function ensureFirstAdmin(): Promise<void> {
  const { PLATFORM_ADMIN_EMAIL: email, PLATFORM_ADMIN_PASSWORD: password } = env();
  // Rows of versions that knew one role only.
  const users = (await masterConnection()).collection('users');
  await users.updateMany({ platformRole: 'super-admin' }, { $set: { platformRole: 'owner' } });
  if (!email || !password) return;
  if (await userModel.exists({ platformRole: 'owner', disabledAt: null })) return;
  try {
    await userModel.create({
      email,
      emailKey: email.toLowerCase(),
      name: 'Platform administrator',
      passwordHash: await hashPassword(password),
      emailVerifiedAt: new Date(),
      platformRole: 'owner',
    });
    logger.info({ email }, 'first person of the company made');
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
}
