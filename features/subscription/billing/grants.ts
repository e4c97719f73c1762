import type { PlanId } from '@/lib/master/vocabulary';
import { PLANS } from './plans';

/** The limits of a plan as they are copied onto an organization. */
export function featuresOf(plan: PlanId) {
  const { maxUsers, maxStorageBytes, enableAnalytics, enableReports } = PLANS[plan];
  return { maxUsers, maxStorage: maxStorageBytes, enableAnalytics, enableReports };
}
