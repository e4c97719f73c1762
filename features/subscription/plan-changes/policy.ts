import { type Interval, PLANS } from '@/features/subscription/billing/plans';
import type { PlanId } from '@/lib/master/vocabulary';
import { formatBytes } from '@/lib/money';

const RANK: Record<PlanId, number> = { starter: 0, professional: 1, enterprise: 2 };

type Terms = { plan: PlanId; interval: Interval };

/**
 * How a change is made: more, or the same for a longer time, at once; less at the end of what is paid for.
 * The same terms are not a change.
 */
export function changeKind(from: Terms, to: Terms): 'none' | 'now' | 'later' {
  const step = RANK[to.plan] - RANK[from.plan];
  if (step !== 0) return step > 0 ? 'now' : 'later';
  if (from.interval === to.interval) return 'none';
  return to.interval === 'year' ? 'now' : 'later';
}

type Use = {
  seats: { used: number };
  storage: { usedBytes: number };
  /** That are open. */
  branches: number;
  /** Whether the present plan has it. */
  hasAnalytics: boolean;
};

/**
 * What will not fit into a plan, one sentence each. Nothing of it is deleted: growth stops until it fits
 * again.
 */
export function overLimits(use: Use, to: PlanId): string[] {
  const plan = PLANS[to];
  const sentences: string[] = [];
  if (plan.maxUsers !== null && use.seats.used > plan.maxUsers) {
    sentences.push(
      `${use.seats.used} staff accounts are in use and ${plan.name} includes ${plan.maxUsers}. Everybody keeps working; nobody can be added until ${use.seats.used - plan.maxUsers} of them are free.`,
    );
  }
  if (plan.maxStorageBytes !== null && use.storage.usedBytes > plan.maxStorageBytes) {
    sentences.push(
      `${formatBytes(use.storage.usedBytes)} are stored and ${plan.name} includes ${formatBytes(plan.maxStorageBytes)}. Every file stays; nothing can be uploaded until it fits.`,
    );
  }
  if (plan.maxBranches !== null && use.branches > plan.maxBranches) {
    const included = plan.maxBranches === 1 ? 'one' : plan.maxBranches;
    sentences.push(
      `${use.branches} branches are open and ${plan.name} includes ${included}. All go on working; none can be added or opened again.`,
    );
  }
  if (use.hasAnalytics && !plan.enableAnalytics) {
    sentences.push(
      'Advanced analytics are not included. The figures are kept and come back with an upgrade.',
    );
  }
  return sentences;
}

/** What may keep somebody: money where money is the reason, a break where there is too little use. */
export function offerFor(
  reason: CancelReason,
  facts: { interval: Interval; hasHadDiscount: boolean; isPaid: boolean },
): 'discount' | 'pause' | null {
  if (!facts.isPaid) return null;
  if (reason === 'too_expensive' && !facts.hasHadDiscount) return 'discount';
  // A year is paid ahead: there is nothing to pause.
  if ((reason === 'unused' || reason === 'other') && facts.interval === 'month') return 'pause';
  return null;
}

export const STAY_DISCOUNT = { percent: 20, months: 3 } as const;

/** Calendar months later, in UTC; the last day where the month is shorter. */
export function monthsLater(seconds: number, months: number): number {
  const from = new Date(seconds * 1_000);
  const to = new Date(from);
  to.setUTCDate(1);
  to.setUTCMonth(to.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return Math.floor(to.getTime() / 1_000);
}

/** Why people leave, in Stripe's words and in ours. */
export const CANCEL_REASONS = {
  too_expensive: 'It costs too much',
  unused: 'We do not use it enough',
  missing_features: 'Something we need is missing',
  too_complex: 'It is too difficult to use',
  low_quality: 'It does not work well',
  customer_service: 'We were not helped well',
  switched_service: 'We are moving to another system',
  other: 'Another reason',
} as const;
export type CancelReason = keyof typeof CANCEL_REASONS;
