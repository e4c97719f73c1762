import type Stripe from 'stripe';
import { type Api, find } from '../api';
import { invalidRequest } from '../errors';
import { addMonths, newId, nowSeconds } from '../ids';
import { idOf } from '../objects/subscription';

export type Applied = { discount: Stripe.Discount; coupon: Stripe.Coupon };

function couponOf(api: Api, discount: Stripe.Discount): Stripe.Coupon | undefined {
  const { coupon } = discount.source;
  return coupon ? api.store.get('coupons', idOf(coupon)) : undefined;
}

/** The discounts of a subscription that still count at this moment. */
export function discountsOf(api: Api, subscription: Stripe.Subscription): Applied[] {
  return subscription.discounts.flatMap((value) => {
    const discount = api.store.get('discounts', idOf(value));
    const coupon = discount && couponOf(api, discount);
    if (!discount || !coupon || (discount.end !== null && discount.end <= nowSeconds())) return [];
    return [{ discount, coupon }];
  });
}

/** A coupon that may still be redeemed. @throws ApiError 400 */
export function redeemable(api: Api, id: string, param = 'coupon'): Stripe.Coupon {
  const coupon = find(api, 'coupon', id, param);
  const isOver =
    (coupon.redeem_by !== null && coupon.redeem_by <= nowSeconds()) ||
    (coupon.max_redemptions !== null && coupon.times_redeemed >= coupon.max_redemptions);
  if (isOver || !coupon.valid) throw invalidRequest(`Coupon expired: ${id}`, 'coupon_expired', param);
  return coupon;
}

/** Redeems a coupon for a subscription. @returns the id of the new discount */
export function redeem(
  api: Api,
  coupon: Stripe.Coupon,
  subscription: { id: string; customer: string },
  promotionCode: string | null = null,
  checkoutSession: string | null = null,
): string {
  const now = nowSeconds();
  const discount: Stripe.Discount = {
    id: newId('di'),
    object: 'discount',
    checkout_session: checkoutSession,
    customer: subscription.customer,
    customer_account: null,
    end: coupon.duration === 'repeating' ? addMonths(now, coupon.duration_in_months ?? 1) : null,
    invoice: null,
    invoice_item: null,
    promotion_code: promotionCode,
    source: { coupon: coupon.id, type: 'coupon' },
    start: now,
    subscription: subscription.id,
    subscription_item: null,
  };
  api.store.put('discounts', discount.id, discount);
  api.store.put('coupons', coupon.id, { ...coupon, times_redeemed: coupon.times_redeemed + 1 });
  const promotion = promotionCode ? api.store.get('promotionCodes', promotionCode) : undefined;
  if (promotion) {
    api.store.put('promotionCodes', promotion.id, {
      ...promotion,
      times_redeemed: promotion.times_redeemed + 1,
    });
  }
  api.emit('customer.discount.created', discount);
  return discount.id;
}

/** What a price costs after the discounts, in whole cents; the whole is never below zero. */
export const amountOff = ({ coupon }: Applied, amount: number): number =>
  coupon.percent_off !== null
    ? Math.round((amount * coupon.percent_off) / 100)
    : Math.min(amount, coupon.amount_off ?? 0);
