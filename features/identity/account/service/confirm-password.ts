import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { isFreed } from '@/lib/auth/freed';
import { verifyPassword } from '@/lib/crypto/password';
import { AppError } from '@/lib/errors';
import { membershipModel } from '@/lib/master/models/membership';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { clearPoints, takePoint } from '@/lib/rate-limit/limiter';
import type { TenantContext } from '@/lib/tenancy/context';

/** Somebody with an account at work on it: of a hospital, or of the company. */
export type AccountContext = TenantContext | PlatformContext;

/** The person who asks. @throws AppError FORBIDDEN for the system. */
export function personOf({ actor }: AccountContext): { userId: string; name: string; email: string } {
  if (actor.kind === 'system') throw new AppError('FORBIDDEN', 'Only people have an account.');
  return actor;
}

/** The id of the person who asks. @throws AppError FORBIDDEN for the system. */
export const actorId = (ctx: AccountContext): string => personOf(ctx).userId;

/** The organization that somebody works for; null for one of the company's people. */
export const organizationOf = (ctx: AccountContext): TenantContext | null => ('db' in ctx ? ctx : null);

/**
 * Asks for the current password before something that matters.
 * @throws AppError INVALID_INPUT on `currentPassword`, TOO_MANY_REQUESTS.
 */
export async function confirmPassword(ctx: AccountContext, currentPassword: string) {
  const userId = actorId(ctx);
  await takePoint('password-again.user', userId);
  const user = await userModel.findById(objectId(userId)).select('+passwordHash name email').lean();
  if (!(await verifyPassword(user?.passwordHash, currentPassword)) || !user) {
    throw new AppError('INVALID_INPUT', 'That is not your current password.', { field: 'currentPassword' });
  }
  await clearPoints('password-again.user', userId);
  return user;
}

/**
 * Asks for the current password before a second factor or a PIN is added, and for an address that has been
 * proved: a factor on a claim would outlive the proof by its real holder.
 * @throws AppError FORBIDDEN before the address is confirmed; as confirmPassword does.
 */
export async function confirmForFactor(ctx: AccountContext, currentPassword: string) {
  const user = await confirmPassword(ctx, currentPassword);
  await assertMayAddFactor(ctx);
  return user;
}

/**
 * @throws AppError FORBIDDEN before the address is confirmed, and while an administrator has freed the
 * person.
 */
export async function assertMayAddFactor(ctx: AccountContext): Promise<void> {
  const userId = objectId(actorId(ctx));
  const organization = organizationOf(ctx);
  const [user, here] = await Promise.all([
    userModel.findById(userId).select('emailVerifiedAt factorAddedAt secondFactorSince').lean(),
    organization &&
      membershipModel
        .findOne({ userId, organizationId: objectId(organization.organizationId) })
        .select('factorsFrom')
        .lean(),
  ]);
  if (!user?.emailVerifiedAt)
    throw new AppError('FORBIDDEN', 'Confirm your e-mail address first, with the link that we sent to it.');
  if (isFreed(here, user))
    throw new AppError(
      'FORBIDDEN',
      'Your second factor still protects another organization. Sign in there with it, or ask its owner to reset it too.',
    );
}
