import 'server-only';
import type { PlanId } from '@/lib/master/vocabulary';
import { ensurePrice } from '../catalog';
import type { Interval } from '../plans';

/** The Stripe price that a plan is sold at now. @throws AppError CONFLICT for a plan whose price is agreed. */
export const priceIdOf = async (plan: PlanId, interval: Interval): Promise<string> =>
  (await ensurePrice(plan, interval)).priceId;
