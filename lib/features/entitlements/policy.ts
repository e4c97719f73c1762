import type { PlanId } from '@/lib/master/vocabulary';
import { PLANS } from '../billing/plans';

/** What a plan may or may not include, each with the field of the organization that grants it. */
export const ENTITLEMENTS = {
  reports: { field: 'enableReports', name: 'Reports' },
  analytics: { field: 'enableAnalytics', name: 'Advanced analytics' },
} as const;
export type Entitlement = keyof typeof ENTITLEMENTS;

type Granted = { enableReports: boolean; enableAnalytics: boolean };
type Holder = { organization: { features: Granted } };

/** Reads what was granted to the organization, not the table of plans: an agreed extra survives an edit of the table. */
export const hasEntitlement = (ctx: Holder, entitlement: Entitlement): boolean =>
  ctx.organization.features[ENTITLEMENTS[entitlement].field];

/** The smallest plan that includes it. */
export function planWith(entitlement: Entitlement): PlanId {
  const { field } = ENTITLEMENTS[entitlement];
  const order: readonly PlanId[] = ['starter', 'professional', 'enterprise'];
  return order.find((plan) => PLANS[plan][field]) ?? 'enterprise';
}

/** What is said where something is refused: why, and who can change it. */
export const missingSentence = (entitlement: Entitlement): string =>
  `${ENTITLEMENTS[entitlement].name} is part of the ${PLANS[planWith(entitlement)].name} plan. The owner of your organization can upgrade under Billing.`;
