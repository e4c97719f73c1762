import type Stripe from 'stripe';
import type { Api } from '../api';
import { nowSeconds } from '../ids';
import { idOf } from '../objects/subscription';
import type { CheckoutRecord } from '../store';
import { isReverseCharge, taxPercentOf } from './tax';

/** A checkout with its sums as they are now: lines, discount and tax. A trial asks for nothing today. */
export function withTotals(api: Api, record: CheckoutRecord): CheckoutRecord {
  const { session } = record;
  const coupon = record.coupon ? api.store.get('coupons', record.coupon) : undefined;
  const customer = session.customer ? api.store.get('customers', idOf(session.customer)) : undefined;
  const percent =
    session.automatic_tax.enabled && customer && !customer.deleted && !isReverseCharge(api, customer)
      ? taxPercentOf(customer)
      : 0;
  const isTrial = Boolean(record.trialEndAfterDays);
  let fixed = coupon?.amount_off ?? 0;
  const lineItems = record.lineItems.map((item): Stripe.LineItem => {
    const subtotal = isTrial ? 0 : (item.price?.unit_amount ?? 0) * (item.quantity ?? 1);
    const off =
      coupon?.percent_off === null || coupon?.percent_off === undefined
        ? Math.min(subtotal, fixed)
        : Math.round((subtotal * coupon.percent_off) / 100);
    if (!coupon?.percent_off) fixed -= off;
    const tax = Math.round(((subtotal - off) * percent) / 100);
    return {
      ...item,
      amount_subtotal: subtotal,
      amount_discount: off,
      amount_tax: tax,
      amount_total: subtotal - off + tax,
    };
  });
  const sum = (field: 'amount_subtotal' | 'amount_discount' | 'amount_tax' | 'amount_total') =>
    lineItems.reduce((total, item) => total + item[field], 0);
  return {
    ...record,
    lineItems,
    session: {
      ...session,
      amount_subtotal: sum('amount_subtotal'),
      amount_total: sum('amount_total'),
      total_details: {
        amount_discount: sum('amount_discount'),
        amount_shipping: 0,
        amount_tax: sum('amount_tax'),
      },
      discounts: record.coupon
        ? [{ coupon: record.coupon, promotion_code: record.promotionCode ?? null }]
        : [],
    },
  };
}

/** The promotion code that a payer typed, when it may be used now. */
function usableCode(api: Api, code: string): Stripe.PromotionCode | undefined {
  const now = nowSeconds();
  const isLeft = (used: number, most: number | null) => most === null || used < most;
  return api.store.newest('promotionCodes').find((promotion) => {
    const coupon = promotion.promotion.coupon
      ? api.store.get('coupons', idOf(promotion.promotion.coupon))
      : undefined;
    return (
      promotion.active &&
      promotion.code.toLowerCase() === code.trim().toLowerCase() &&
      (promotion.expires_at === null || promotion.expires_at > now) &&
      isLeft(promotion.times_redeemed, promotion.max_redemptions) &&
      coupon?.valid === true &&
      (coupon.redeem_by === null || coupon.redeem_by > now) &&
      isLeft(coupon.times_redeemed, coupon.max_redemptions)
    );
  });
}

/** Puts a code on a checkout; an empty one takes it away. @returns null for one that cannot be used */
export function applyCode(api: Api, record: CheckoutRecord, code: string): CheckoutRecord | null {
  const promotion = code.trim() === '' ? undefined : usableCode(api, code);
  if (code.trim() !== '' && !promotion?.promotion.coupon) return null;
  const after = withTotals(api, {
    ...record,
    coupon: promotion?.promotion.coupon ? idOf(promotion.promotion.coupon) : null,
    promotionCode: promotion?.id ?? null,
    promotionText: promotion?.code ?? null,
  });
  api.store.put('checkouts', after.session.id, after);
  return after;
}
