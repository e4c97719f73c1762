import type { OrganizationPurpose, OrganizationState } from '../master/vocabulary';

/**
 * What the company counts. Each organization stands in one of these, so that their numbers add up to all
 * organizations; every page, list, export and health score reads this and nothing else.
 */
const STANDINGS = [
  ...['paying', 'trial', 'overdue', 'paused', 'suspended', 'leaving'],
  ...['setting-up', 'unpaid', 'requested', 'gone', 'not-a-customer'],
] as const;
export type Standing = (typeof STANDINGS)[number];

type Counted = {
  status: OrganizationState;
  /** Closed by the company, whatever is paid. */
  isSuspended: boolean;
  /** A payment is missing. */
  owes: boolean;
  subscriptionStatus?: string | null | undefined;
  purpose?: OrganizationPurpose | null | undefined;
};

const OF_STATE: Record<OrganizationState, Standing> = {
  active: 'paying',
  requested: 'requested',
  pending_payment: 'unpaid',
  provisioning: 'setting-up',
  past_due: 'overdue',
  read_only: 'overdue',
  suspended: 'suspended',
  canceled: 'gone',
  offboarding: 'leaving',
  deleted: 'gone',
};

/** How an organization stands with the company. Templates, demos and sandboxes pay nothing. */
export function standingOf({ status, isSuspended, owes, subscriptionStatus, purpose }: Counted): Standing {
  if (purpose && purpose !== 'customer') return 'not-a-customer';
  // One that has left is not shut out as well.
  if (isSuspended && OF_STATE[status] !== 'gone') return 'suspended';
  // A pause, or a trial that ended without a card: records can be read, and nothing is owed.
  if (status === 'read_only' && !owes) return 'paused';
  return status === 'active' && subscriptionStatus === 'trialing' ? 'trial' : OF_STATE[status];
}

/** Customers who have their records before them: paid for, on trial, paused or with a payment missing. */
export const isOpen = (standing: Standing): boolean =>
  ['paying', 'trial', 'overdue', 'paused'].includes(standing);

/** The state as everybody is shown it: a suspension by the company stands above what is paid. */
export const shownState = (row: { status: OrganizationState; suspension?: unknown }): OrganizationState =>
  row.suspension && OF_STATE[row.status] !== 'gone' ? 'suspended' : row.status;

/** Of those whose payment is missing; with `nonPayment`, and no suspension. */
export const OVERDUE_STATES = ['past_due', 'read_only'] as const satisfies OrganizationState[];

/** The end of what is paid for; none before a first payment, so also none in a trial. */
export function paidUntil(subscription: {
  status: string;
  currentPeriodEnd: Date;
  /** Since when a payment is missing: what was paid ended there. */
  unpaidSince: Date | null;
  /** Nothing is charged meanwhile: what was paid before still counts. */
  isPaused: boolean;
  known: Date | null;
}): Date | null {
  if (subscription.status === 'trialing') return null;
  if (subscription.unpaidSince) return subscription.unpaidSince;
  if (subscription.isPaused) return subscription.known;
  return subscription.currentPeriodEnd;
}
