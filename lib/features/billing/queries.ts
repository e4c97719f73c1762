import 'server-only';
import { notFoundError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';

/** What the owner sees of the subscription: plan, what Stripe said last, and use against the limits. */
export async function getBilling(ctx: TenantContext) {
  const organization = await (await organizationModel())
    .findById(objectId(ctx.organizationId))
    .select('plan status subscription features usage expiresAt')
    .lean();
  if (!organization) throw notFoundError('organization');
  const { subscription, features, usage } = organization;
  return {
    plan: organization.plan,
    state: organization.status,
    subscription: subscription
      ? {
          status: subscription.status,
          priceCents: subscription.priceCents,
          currency: subscription.currency,
          interval: subscription.interval,
          currentPeriodEnd: subscription.currentPeriodEnd.toISOString(),
          cancelAtPeriodEnd: subscription.cancelAtPeriodEnd,
        }
      : null,
    seats: { used: usage?.seats ?? 0, limit: features.maxUsers ?? null },
    storage: { usedBytes: usage?.storageBytes ?? 0, limitBytes: features.maxStorage ?? null },
  };
}

export type Billing = Awaited<ReturnType<typeof getBilling>>;
