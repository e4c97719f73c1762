import 'server-only';
import { env } from '@/lib/env';
import { notFoundError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { nonPaymentDays } from './dunning';
import { readPayToken } from './pay-link';
import { priceCents } from './plans';
import { nonPaymentSchedule } from './policy';

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

/** What a pay link is about; null when the link is forged or too old. */
export async function findPayable(token: string) {
  const organizationId = readPayToken(token);
  if (!organizationId) return null;
  const organization = await (await organizationModel())
    .findById(objectId(organizationId, 'organization'))
    .select('organizationName status plan subscription nonPayment timeZone')
    .orFail(notFoundError('organization'))
    .lean();
  const { subscription, nonPayment } = organization;
  const interval = subscription?.interval ?? 'month';
  const isEnded = organization.status === 'canceled';
  const since = nonPayment?.since;
  const kind = isEnded ? ('ended' as const) : since ? ('owed' as const) : ('nothing' as const);
  return {
    kind,
    organizationName: organization.organizationName,
    timeZone: organization.timeZone,
    plan: organization.plan,
    interval,
    currency: subscription?.currency ?? env().BILLING_CURRENCY,
    amountCents: isEnded
      ? priceCents(organization.plan, interval)
      : (subscription?.latestInvoice?.remainingCents ?? null),
    endsAt: since ? nonPaymentSchedule(since, nonPaymentDays()).canceledAt.toISOString() : null,
  };
}
