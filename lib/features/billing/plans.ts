import type { PlanId } from '@/lib/master/vocabulary';

const GIB = 1024 ** 3;

export type Plan = {
  id: PlanId;
  name: string;
  /** null: agreed with the customer. */
  priceCentsMonthly: number | null;
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
