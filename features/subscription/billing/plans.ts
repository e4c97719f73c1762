import { PLAN_IDS, type PlanId } from '@/lib/master/vocabulary';

const GIB = 1024 ** 3;

export const INTERVALS = ['month', 'year'] as const;
export type Interval = (typeof INTERVALS)[number];

/** Twelve months for the price of ten. */
const MONTHS_PAID_A_YEAR = 10;
export const TRIAL_DAYS = 14;

export type Plan = {
  id: PlanId;
  name: string;
  /** null: agreed with the customer. */
  priceCentsMonthly: number | null;
  priceCentsYearly: number | null;
  /** null: unlimited or agreed. */
  maxUsers: number | null;
  maxStorageBytes: number | null;
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
    priceCentsMonthly: 9_900,
    priceCentsYearly: 9_900 * MONTHS_PAID_A_YEAR,
    maxUsers: 5,
    maxStorageBytes: GIB,
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
    priceCentsMonthly: 29_900,
    priceCentsYearly: 29_900 * MONTHS_PAID_A_YEAR,
    maxUsers: 20,
    maxStorageBytes: 10 * GIB,
    enableAnalytics: true,
    enableReports: true,
    support: 'Priority support',
    database: 'Own database on a shared cluster',
    forWhom: 'For a hospital with several doctors',
    highlights: [
      '20 staff accounts',
      '10 GiB of storage',
      'Basic reports and advanced analytics',
      'Priority support',
      'A database of your own',
    ],
  },
  enterprise: {
    id: 'enterprise',
    name: 'Enterprise',
    priceCentsMonthly: null,
    priceCentsYearly: null,
    maxUsers: null,
    maxStorageBytes: null,
    enableAnalytics: true,
    enableReports: true,
    support: '24/7 support with an SLA',
    database: 'Dedicated cluster, where you choose',
    forWhom: 'For hospital groups and chains',
    highlights: [
      'As many staff accounts as agreed',
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

/** What one period of a plan costs, before tax; null when it is agreed. */
export const priceCents = (plan: PlanId, interval: Interval): number | null =>
  interval === 'year' ? PLANS[plan].priceCentsYearly : PLANS[plan].priceCentsMonthly;

/** How a price is found at Stripe again; its amount may change there under the same key. */
export const lookupKeyOf = (plan: PlanId, interval: Interval): string =>
  `chakravue_${plan}_${interval === 'year' ? 'yearly' : 'monthly'}`;

/** The plans with a price of their own, in the order of the table. */
export const SOLD_PLANS = PLAN_IDS.filter((id) => PLANS[id].priceCentsMonthly !== null);

export const isPlanId = (value: unknown): value is PlanId =>
  typeof value === 'string' && (PLAN_IDS as readonly string[]).includes(value);
