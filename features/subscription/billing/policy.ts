import type { OrganizationState } from '@/lib/master/vocabulary';

/** How far a missing payment has come. */
const NON_PAYMENT_STAGES = ['retrying', 'read_only', 'suspended', 'canceled'] as const;
export type NonPaymentStage = (typeof NON_PAYMENT_STAGES)[number];

/** Days after the first declined payment at which the next stage begins. */
export type NonPaymentDays = { readOnly: number; suspended: number; canceled: number };

/**
 * What happens when, if nobody pays: everything works until `readOnlyAt`, then records can be seen, printed
 * and exported until `suspendedAt`, then only the owner can pay, until the subscription ends at `canceledAt`.
 * `since` is the moment of the oldest unpaid invoice, so the dates are the same wherever they are computed
 * and whenever.
 */
export function nonPaymentSchedule(since: Date, days: NonPaymentDays) {
  const after = (count: number) => new Date(since.getTime() + count * 86_400_000);
  return {
    since,
    readOnlyAt: after(days.readOnly),
    suspendedAt: after(days.suspended),
    canceledAt: after(days.canceled),
  };
}
export type NonPaymentSchedule = ReturnType<typeof nonPaymentSchedule>;

/** The stage at a moment, and when the next one begins; null after the last. */
export function nonPaymentStage(
  schedule: NonPaymentSchedule,
  now: Date,
): { stage: NonPaymentStage; nextStageAt: Date | null } {
  const { readOnlyAt, suspendedAt, canceledAt } = schedule;
  if (now < readOnlyAt) return { stage: 'retrying', nextStageAt: readOnlyAt };
  if (now < suspendedAt) return { stage: 'read_only', nextStageAt: suspendedAt };
  if (now < canceledAt) return { stage: 'suspended', nextStageAt: canceledAt };
  return { stage: 'canceled', nextStageAt: null };
}

/** The part of Stripe's subscription that decides; the status is an open list on Stripe's side. */
export type SubscriptionFacts = { status: string };

const LIVE = new Set(['active', 'trialing', 'past_due', 'unpaid', 'paused']);
export const isLive = (subscription: SubscriptionFacts): boolean => LIVE.has(subscription.status);

/** A payment is missing: Stripe is trying again, or has given up. */
export const isUnpaid = (subscription: SubscriptionFacts): boolean =>
  subscription.status === 'past_due' || subscription.status === 'unpaid';

/** Earns money now: what MRR counts. */
const isPaying = (status: string): boolean => status === 'active' || status === 'past_due';

/**
 * A pause stops invoices, not the period that is paid for: the organization becomes read-only when the first
 * invoice of the pause is void (or left as a draft), and opens again when the pause ends.
 */
export const isRestingUnpaid = (subscription: {
  isPaused: boolean;
  latestInvoiceStatus: string | null;
}): boolean =>
  subscription.isPaused &&
  subscription.latestInvoiceStatus !== null &&
  ['void', 'draft', 'uncollectible'].includes(subscription.latestInvoiceStatus);

/**
 * What only an organization whose database is ready can be. Activation opens it a moment before its step is
 * written: a delivery that comes between must not send it back.
 */
const OPENED: ReadonlySet<OrganizationState> = new Set(['active', 'past_due', 'read_only', 'suspended']);

/**
 * The state an organization belongs in, given what Stripe says now. The same answer for any event, in any
 * order, any number of times.
 */
export function stateAfterSync(
  current: OrganizationState,
  subscription: SubscriptionFacts | null,
  hasDatabase: boolean,
  more: { stage?: NonPaymentStage | undefined; isResting?: boolean } = {},
): OrganizationState {
  if (current === 'offboarding' || current === 'deleted') return current;
  if (!subscription || !isLive(subscription)) {
    // Paid and ended before anybody looked: Stripe never calls an abandoned checkout's subscription canceled.
    if (subscription?.status === 'canceled' && current === 'pending_payment') return 'canceled';
    // Never paid yet: an abandoned checkout stays open.
    return current === 'pending_payment' || current === 'requested' ? current : 'canceled';
  }
  if (!hasDatabase && !OPENED.has(current)) return 'provisioning';
  if (isUnpaid(subscription)) {
    // The subscription itself is ended by billing.advance; until Stripe says so the organization can still
    // pay.
    if (more.stage === 'canceled') return 'suspended';
    return !more.stage || more.stage === 'retrying' ? 'past_due' : more.stage;
  }
  // A trial that ended without a card, or a pause: nothing is owed, so the records stay in sight.
  return subscription.status === 'paused' || more.isResting ? 'read_only' : 'active';
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
