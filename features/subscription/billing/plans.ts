import { PLAN_IDS, type PlanId } from '@/lib/master/vocabulary';
import { monthlyPrice, type SoldPlan } from './price-list';

const GIB = 1024 ** 3;

export const INTERVALS = ['month', 'year'] as const;
export type Interval = (typeof INTERVALS)[number];

/** Twelve months for the price of ten. */
const MONTHS_PAID_A_YEAR = 10;
export const TRIAL_DAYS = 14;

export type Plan = {
  id: PlanId;
  name: string;
  /** null: unlimited or agreed. */
  maxUsers: number | null;
  maxStorageBytes: number | null;
  /** Places at which it works. */
  maxBranches: number | null;
  enableAnalytics: boolean;
  enableReports: boolean;
  support: string;
  database: string;
  forWhom: string;
  highlights: readonly string[];
};

/** What is sold. Limits are copied onto the organization when granted. */
export const PLANS: Record<PlanId, Plan> = {
  starter: {
    id: 'starter',
    name: 'Starter',
    maxUsers: 5,
    maxStorageBytes: GIB,
    maxBranches: 1,
    enableAnalytics: false,
    enableReports: true,
    support: 'E-mail support',
    database: 'Own database on a shared cluster',
    forWhom: 'For a single doctor or a small clinic',
    highlights: [
      '5 staff accounts',
      '1 GiB of storage',
      'Basic reports',
      'E-mail support',
      'A database of your own',
    ],
  },
  professional: {
    id: 'professional',
    name: 'Professional',
    maxUsers: 20,
    maxStorageBytes: 10 * GIB,
    maxBranches: 5,
    enableAnalytics: true,
    enableReports: true,
    support: 'Priority support',
    database: 'Own database on a shared cluster',
    forWhom: 'For a hospital with several doctors',
    highlights: [
      '20 staff accounts, up to 5 branches',
      '10 GiB of storage',
      'Basic reports and advanced analytics',
      'Priority support',
      'A database of your own',
    ],
  },
  enterprise: {
    id: 'enterprise',
    name: 'Enterprise',
    maxUsers: null,
    maxStorageBytes: null,
    maxBranches: null,
    enableAnalytics: true,
    enableReports: true,
    support: '24/7 support with an SLA',
    database: 'Dedicated cluster, where you choose',
    forWhom: 'For chains and hospitals with many branches',
    highlights: [
      'As many staff accounts and branches as agreed',
      'Storage as agreed',
      'All reports',
      '24/7 support with an SLA',
      'A cluster of your own',
    ],
  },
};

/** The plan that fits the number of people who will use it. */
export function recommendPlan(expectedUsers: number): PlanId {
  if (expectedUsers <= 5) return 'starter';
  return expectedUsers <= 20 ? 'professional' : 'enterprise';
}

/** What one period of a plan costs, before tax, in the smallest unit; null when it is agreed. */
export function priceCents(plan: PlanId, interval: Interval, currency: string): number | null {
  if (!isSold(plan)) return null;
  return monthlyPrice(plan, currency) * (interval === 'year' ? MONTHS_PAID_A_YEAR : 1);
}

/** How a price is found at Stripe again; its amount may change there under the same key. */
export const lookupKeyOf = (plan: PlanId, interval: Interval, currency: string): string =>
  `chakravue_${plan}_${interval === 'year' ? 'yearly' : 'monthly'}${currency === 'usd' ? '' : `_${currency}`}`;

/** A plan with a price of its own. */
export const isSold = (plan: PlanId): plan is SoldPlan => plan !== 'enterprise';
/** In the order of the table. */
export const SOLD_PLANS: readonly SoldPlan[] = PLAN_IDS.filter(isSold);

export const isPlanId = (value: unknown): value is PlanId =>
  typeof value === 'string' && (PLAN_IDS as readonly string[]).includes(value);
