import 'server-only';
import { cache } from 'react';
import type Stripe from 'stripe';
import { isPlanId } from '@/features/subscription/billing/plans';
import { isLive } from '@/features/subscription/billing/policy';
import { AppError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import type { PlanId } from '@/lib/master/vocabulary';
import { objectId } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';

/** A page must not wait long for Stripe: it shows what we know, and a way to try again. */
export const READ: Stripe.RequestOptions = { timeout: 4_000, maxNetworkRetries: 0 };

export type CustomerSubscription = {
  customerId: string;
  subscription: Stripe.Subscription;
  item: Stripe.SubscriptionItem;
};

/** Our plan that a subscription is for. */
export const planOf = ({ item, subscription }: CustomerSubscription): PlanId =>
  [item.price.metadata.plan, subscription.metadata.plan].find(isPlanId) ?? 'starter';

/** The organization's Stripe customer; null before the first payment. Read once for a page. */
export const findCustomerId = cache(async (organizationId: string): Promise<string | null> => {
  const row = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('stripeCustomerId')
    .lean();
  return row?.stripeCustomerId ?? null;
});

/** @throws AppError CONFLICT before the first payment. */
export async function customerIdOf(organizationId: string): Promise<string> {
  const customerId = await findCustomerId(organizationId);
  if (!customerId)
    throw new AppError('CONFLICT', 'There is no subscription yet, so there is nothing to change.');
  return customerId;
}

/** The live subscription of a customer as Stripe has it now. */
export async function findLive(customerId: string): Promise<CustomerSubscription | null> {
  const { data } = await stripe().subscriptions.list({ customer: customerId, status: 'all', limit: 20 });
  return liveOf(customerId, data);
}

/** The live one among a customer's subscriptions. */
export function liveOf(
  customerId: string,
  subscriptions: readonly Stripe.Subscription[],
): CustomerSubscription | null {
  const subscription = subscriptions.find(isLive);
  const item = subscription?.items.data[0];
  return subscription && item ? { customerId, subscription, item } : null;
}

/** A month of a pause has begun: its invoice is void, or was never issued. */
export async function isMonthUnpaid(subscription: Stripe.Subscription): Promise<boolean> {
  const latest = subscription.latest_invoice;
  const invoiceId = typeof latest === 'string' ? latest : latest?.id;
  if (!invoiceId) return false;
  const { status } = await stripe().invoices.retrieve(invoiceId);
  return status === 'void' || status === 'draft' || status === 'uncollectible';
}

/**
 * The live subscription as Stripe has it now, never as we remember it: what is decided here is paid for.
 * @throws AppError CONFLICT when there is none.
 */
export async function liveSubscription(organizationId: string): Promise<CustomerSubscription> {
  const found = await findLive(await customerIdOf(organizationId));
  if (!found) throw new AppError('CONFLICT', 'The subscription has ended. Start it again to change it.');
  return found;
}
