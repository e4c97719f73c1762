import 'server-only';
import { syncSubscription } from '@/features/subscription/billing/sync';
import { monthsLater } from '@/features/subscription/plan-changes/policy';
import { liveSubscription } from '@/features/subscription/plan-changes/reach';
import type { PlatformContext } from '@/lib/actions/platform';
import { AppError } from '@/lib/errors';
import { stripe } from '@/lib/stripe/client';
import { isMissingAtStripe, reach } from '@/lib/stripe/failures';
import { couponIdOf, discountWords } from '../policy';
import type { GiveDiscountInput } from '../schema';
import { noteTerms, payingCustomer, pressAt } from './at-stripe';

async function couponOf(input: GiveDiscountInput): Promise<string> {
  const id = couponIdOf(input);
  try {
    return (await stripe().coupons.retrieve(id)).id;
  } catch (error) {
    if (!isMissingAtStripe(error)) throw error;
  }
  const months = input.months === 'forever' ? null : Number(input.months);
  const coupon = await stripe().coupons.create(
    {
      id,
      name: discountWords(input).slice(0, 40),
      percent_off: input.percent,
      duration: months === null ? 'forever' : 'repeating',
      ...(months === null ? {} : { duration_in_months: months }),
    },
    { idempotencyKey: `coupon:${id}` },
  );
  return coupon.id;
}

/**
 * Takes something off the next invoices; it takes the place of a discount that is there. Those who pay learn
 * of it from syncSubscription.
 * @returns the discount in words. @throws AppError NOT_FOUND, CONFLICT without a live subscription,
 * INVALID_INPUT where it would end before the next invoice.
 */
export async function giveDiscount(
  ctx: PlatformContext,
  input: GiveDiscountInput,
  now = new Date(),
): Promise<string> {
  await payingCustomer(input.organizationId);
  const give = async () => {
    const { subscription, item, customerId } = await liveSubscription(input.organizationId);
    const { months } = input;
    if (months !== 'forever' && monthsLater(now.getTime() / 1_000, Number(months)) <= item.current_period_end)
      throw new AppError('INVALID_INPUT', 'The next invoice comes later than that. Choose longer.', {
        field: 'months',
      });
    await stripe().subscriptions.update(
      subscription.id,
      { discounts: [{ coupon: await couponOf(input) }] },
      { idempotencyKey: pressAt(ctx, 'discount') },
    );
    return customerId;
  };
  const customerId = await reach(give());
  const words = discountWords(input);
  await noteTerms(ctx, words, input.reason);
  await syncSubscription(customerId);
  return words;
}
