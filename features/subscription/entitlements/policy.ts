import { PLANS } from '@/features/subscription/billing/plans';
import { CUSTOM_ROLES_FROM } from '@/lib/auth/permissions';
import { PLAN_IDS, type PlanId } from '@/lib/master/vocabulary';

/**
 * What a plan may or may not include, each with the field of the organization that grants it, or the plan
 * that it begins with.
 */
export const ENTITLEMENTS = {
  reports: { field: 'enableReports', name: 'Reports' },
  analytics: { field: 'enableAnalytics', name: 'Advanced analytics' },
  'custom-roles': { plan: CUSTOM_ROLES_FROM, name: 'Defining custom roles' },
  'single-sign-on': { plan: 'enterprise', name: 'Single sign-on' },
  'own-database': { plan: 'enterprise', name: 'Your own database server' },
} as const;
export type Entitlement = keyof typeof ENTITLEMENTS;

type Granted = { enableReports: boolean; enableAnalytics: boolean };
type Holder = { organization: { plan: PlanId; features: Granted } };

/**
 * Reads what was granted to the organization, not the table of plans: an agreed extra survives an edit of the
 * table.
 */
export function hasEntitlement({ organization }: Holder, entitlement: Entitlement): boolean {
  const granted = ENTITLEMENTS[entitlement];
  return 'plan' in granted
    ? PLAN_IDS.indexOf(organization.plan) >= PLAN_IDS.indexOf(granted.plan)
    : organization.features[granted.field];
}

/** The smallest plan that includes it. */
export function planWith(entitlement: Entitlement): PlanId {
  const granted = ENTITLEMENTS[entitlement];
  if ('plan' in granted) return granted.plan;
  const { field } = granted;
  const order: readonly PlanId[] = ['starter', 'professional', 'enterprise'];
  return order.find((plan) => PLANS[plan][field]) ?? 'enterprise';
}

/** What is said where something is refused: why, and who can change it. */
export const missingSentence = (entitlement: Entitlement): string =>
  `${ENTITLEMENTS[entitlement].name} is part of the ${PLANS[planWith(entitlement)].name} plan. The owner of your organization can upgrade under Billing.`;
