import 'server-only';
import { ensurePrice } from '@/features/subscription/billing/catalog';
import type { Interval } from '@/features/subscription/billing/plans';
import type { PlanId } from '@/lib/master/vocabulary';

/**
 * The Stripe price that a plan is sold at now; a subscription stays in its currency.
 * @throws AppError CONFLICT for a plan whose price is agreed.
 */
export const priceIdOf = async (plan: PlanId, interval: Interval, currency: string): Promise<string> =>
  (await ensurePrice(plan, interval, currency)).priceId;
