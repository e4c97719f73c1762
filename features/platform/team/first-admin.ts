import 'server-only';
import { hashPassword } from '@/lib/crypto/password';
import { env } from '@/lib/env';
import { duplicateKey } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { userModel } from '@/lib/master/models/user';

/**
 * Makes the first super-admin from the environment, unless there is one. Runs at start; several processes at
 * once are fine.
 */
export async function ensureFirstAdmin(): Promise<void> {
  const { PLATFORM_ADMIN_EMAIL: email, PLATFORM_ADMIN_PASSWORD: password } = env();
  if (!email || !password) return;
  if (await userModel.exists({ platformRole: 'super-admin' })) return;
  try {
    await userModel.create({
      email,
      emailKey: email.toLowerCase(),
      name: 'Platform administrator',
      passwordHash: await hashPassword(password),
      emailVerifiedAt: new Date(),
      platformRole: 'super-admin',
    });
    logger.info({ email }, 'first super-admin made');
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
}
