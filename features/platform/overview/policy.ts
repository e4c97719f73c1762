import { monthlyCents } from '@/features/subscription/billing/policy';
import type { OrganizationState } from '@/lib/master/vocabulary';

type Subscription = {
  status: string;
  priceCents: number;
  quantity: number;
  interval: string;
  currency: string;
};

export type Amount = { currency: string; cents: number };

/** What comes in each month, by currency, largest first: amounts of different currencies are never added. */
export function recurringRevenue(
  subscriptions: readonly { subscription: Subscription; count: number }[],
): Amount[] {
  const sums = new Map<string, number>();
  for (const { subscription, count } of subscriptions) {
    const cents = monthlyCents(subscription) * count;
    if (cents > 0) sums.set(subscription.currency, (sums.get(subscription.currency) ?? 0) + cents);
  }
  return [...sums].map(([currency, cents]) => ({ currency, cents })).sort((a, b) => b.cents - a.cents);
}

const STUCK_AFTER_MS = 2 * 60_000;

/** A vendor that makes a cluster takes a quarter of an hour, and more on a bad day. */
const VENDOR_STUCK_AFTER_MS = 60 * 60_000;

/** Setting up takes seconds: one that failed a step or takes minutes needs a person to look. */
export const isStuck = (
  row: { hasFailed: boolean; startedAt: Date; isAtVendor?: boolean },
  now: Date,
): boolean =>
  row.hasFailed ||
  now.getTime() - row.startedAt.getTime() > (row.isAtVendor ? VENDOR_STUCK_AFTER_MS : STUCK_AFTER_MS);

export const canRetryProvisioning = (status: OrganizationState): boolean => status === 'provisioning';

/** An event without a customer says nothing about a subscription. */
export const canReplay = (event: { customerId: string | null }): boolean => event.customerId !== null;

export const OUTCOME_LABEL: Record<EventOutcome, string> = {
  received: 'Waiting',
  processed: 'Processed',
  ignored: 'Ignored',
  failed: 'Failed',
};

/** An error text may quote an address with its password. */
export const withoutCredentials = (text: string): string =>
  text.replace(/\b(mongodb(?:\+srv)?:\/\/)[^@\s/]*@/gi, '$1…@');

export const EVENT_OUTCOMES = ['received', 'processed', 'ignored', 'failed'] as const;
export type EventOutcome = (typeof EVENT_OUTCOMES)[number];

/** The families of events that people look for. */
export const EVENT_KINDS = ['checkout', 'customer', 'invoice', 'charge', 'payment_method'] as const;

/** From how many days the pace of new organizations is taken. */
export const PACE_DAYS = 90;
