import type { OrganizationState } from '@/lib/master/vocabulary';

/** The part of Stripe's subscription that decides; the status is an open list on Stripe's side. */
export type SubscriptionFacts = { status: string };

const LIVE = new Set(['active', 'trialing', 'past_due', 'unpaid', 'paused']);
export const isLive = (subscription: SubscriptionFacts): boolean => LIVE.has(subscription.status);

/** Earns money now: what MRR counts. */
export const isPaying = (status: string): boolean => status === 'active' || status === 'past_due';

/**
 * The state an organization belongs in, given what Stripe says now. The same answer for any event, in any order,
 * any number of times.
 */
export function stateAfterSync(
  current: OrganizationState,
  subscription: SubscriptionFacts | null,
  hasDatabase: boolean,
): OrganizationState {
  if (current === 'offboarding' || current === 'deleted') return current;
  if (!subscription || !isLive(subscription)) {
    // Never paid yet: an abandoned checkout stays open.
    return current === 'pending_payment' || current === 'requested' ? current : 'canceled';
  }
  if (!hasDatabase) return 'provisioning';
  switch (subscription.status) {
    case 'past_due':
      return 'past_due';
    case 'unpaid':
    case 'paused':
      return 'suspended';
    default:
      return 'active';
  }
}

/** Monthly recurring revenue of one subscription in cents; a year counts a twelfth. */
export function monthlyCents(subscription: {
  status: string;
  priceCents: number;
  quantity: number;
  interval: string;
}): number {
  if (!isPaying(subscription.status)) return 0;
  const total = subscription.priceCents * subscription.quantity;
  return subscription.interval === 'year' ? Math.round(total / 12) : total;
}
