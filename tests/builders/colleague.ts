import { randomUUID } from 'node:crypto';
import { hashPassword } from '@/lib/crypto/password';
import { userModel } from '@/lib/master/models/user';
import type { PlatformRole } from '@/lib/master/vocabulary';
import { platformPrincipal } from './principals';
import { TEST_PASSWORD } from './staff';

/** Somebody of the company's team, with TEST_PASSWORD and, so far as the gates know, a second factor. */
export async function colleague(role: PlatformRole, name = `A ${role}`) {
  const email = `${role}-${randomUUID().slice(0, 8)}@chakravue.test`;
  const user = await userModel.create({
    name,
    email,
    emailKey: email,
    passwordHash: await hashPassword(TEST_PASSWORD),
    emailVerifiedAt: new Date(),
    platformRole: role,
    secondFactorSince: new Date(),
  });
  const id = user._id.toString();
  return {
    id,
    name,
    email,
    ctx: { actor: { kind: 'platform' as const, userId: id, name, email }, requestId: 'test' },
    principal: platformPrincipal(role, { id, name, email }),
  };
}
