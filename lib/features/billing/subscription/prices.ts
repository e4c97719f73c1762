import 'server-only';
import { AppError } from '@/lib/errors';
import type { PlanId } from '@/lib/master/vocabulary';
import { stripe } from '@/lib/stripe/client';
import { type Interval, lookupKeyOf, PLANS } from '../plans';

/** The Stripe price that a plan is sold at now. @throws AppError CONFLICT when it is not sold that way. */
export async function priceIdOf(plan: PlanId, interval: Interval): Promise<string> {
  const { data } = await stripe().prices.list({
    lookup_keys: [lookupKeyOf(plan, interval)],
    active: true,
    limit: 1,
  });
  if (data[0]) return data[0].id;
  throw new AppError(
    'CONFLICT',
    `${PLANS[plan].name} is not sold by the ${interval} at the moment. Choose another plan, or ask support.`,
  );
}
