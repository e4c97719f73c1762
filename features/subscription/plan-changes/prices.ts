import 'server-only';
import { ensurePrice } from '@/features/subscription/billing/catalog';
import type { Interval } from '@/features/subscription/billing/plans';
import type { PlanId } from '@/lib/master/vocabulary';

/**
 * The Stripe price that a plan is sold at now.
 * @throws AppError CONFLICT for a plan whose price is agreed.
 */
export const priceIdOf = async (plan: PlanId, interval: Interval): Promise<string> =>
  (await ensurePrice(plan, interval)).priceId;
