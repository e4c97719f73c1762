import type Stripe from 'stripe';
import { z } from 'zod';
import { type Api, type ApiRoute, find, pageOf } from '../api';
import { invalidRequest } from '../errors';
import { redeemable } from '../flows/discounts';
import { boolean, integer, mergeMetadata, metadata, paging, params, parse, text } from '../form';
import { newId, nowSeconds, randomLetters } from '../ids';

const couponInput = params<Stripe.CouponCreateParams>()({
  id: text.optional(),
  name: z.string().max(40).optional(),
  amount_off: integer.pipe(z.number().min(1)).optional(),
  percent_off: z.coerce.number().gt(0).max(100).optional(),
  currency: text.optional(),
  duration: z.enum(['forever', 'once', 'repeating']).optional(),
  duration_in_months: integer.optional(),
  max_redemptions: integer.optional(),
  redeem_by: integer.optional(),
  metadata: metadata.optional(),
});

function createCoupon(api: Api, input: unknown): Stripe.Coupon {
  const data = parse(couponInput, input);
  if ((data.amount_off === undefined) === (data.percent_off === undefined)) {
    throw invalidRequest(
      'You must pass exactly one of amount_off and percent_off.',
      undefined,
      'percent_off',
    );
  }
  if (data.amount_off !== undefined && !data.currency) {
    throw invalidRequest('Missing required param: currency.', 'parameter_missing', 'currency');
  }
  if (data.duration === 'repeating' && !data.duration_in_months) {
    throw invalidRequest(
      'Missing required param: duration_in_months.',
      'parameter_missing',
      'duration_in_months',
    );
  }
  const id = data.id ?? randomLetters(8);
  if (api.store.get('coupons', id)) {
    throw invalidRequest('Coupon already exists.', 'resource_already_exists', 'id');
  }
  const coupon: Stripe.Coupon = {
    id,
    object: 'coupon',
    amount_off: data.amount_off ?? null,
    created: nowSeconds(),
    currency: data.amount_off === undefined ? null : (data.currency ?? null),
    duration: data.duration ?? 'once',
    duration_in_months: data.duration_in_months ?? null,
    livemode: false,
    max_redemptions: data.max_redemptions ?? null,
    metadata: mergeMetadata({}, data.metadata),
    name: data.name ?? null,
    percent_off: data.percent_off ?? null,
    redeem_by: data.redeem_by ?? null,
    times_redeemed: 0,
    valid: true,
  };
  api.store.put('coupons', id, coupon);
  api.emit('coupon.created', coupon);
  return coupon;
}

const promotionInput = params<Stripe.PromotionCodeCreateParams>()({
  promotion: z.strictObject({ type: z.literal('coupon'), coupon: text.min(1) }),
  code: z.string().max(500).optional(),
  customer: text.optional(),
  expires_at: integer.optional(),
  max_redemptions: integer.optional(),
  metadata: metadata.optional(),
});

function createPromotionCode(api: Api, input: unknown): Stripe.PromotionCode {
  const data = parse(promotionInput, input);
  const coupon = redeemable(api, data.promotion.coupon, 'promotion[coupon]');
  const promotion: Stripe.PromotionCode = {
    id: newId('promo'),
    object: 'promotion_code',
    active: true,
    code: data.code ?? randomLetters(8).toUpperCase(),
    created: nowSeconds(),
    customer: data.customer ?? null,
    customer_account: null,
    expires_at: data.expires_at ?? null,
    livemode: false,
    max_redemptions: data.max_redemptions ?? null,
    metadata: mergeMetadata({}, data.metadata),
    promotion: { coupon: coupon.id, type: 'coupon' },
    restrictions: { first_time_transaction: false, minimum_amount: null, minimum_amount_currency: null },
    times_redeemed: 0,
  };
  api.store.put('promotionCodes', promotion.id, promotion);
  api.emit('promotion_code.created', promotion);
  return promotion;
}

const listPromotionsInput = params<Stripe.PromotionCodeListParams>()({
  ...paging,
  active: boolean.optional(),
  code: text.optional(),
  coupon: text.optional(),
});

function listPromotionCodes(api: Api, input: unknown): object {
  const { active, code, coupon, ...cursor } = parse(listPromotionsInput, input);
  const codes = api.store
    .newest('promotionCodes')
    .filter((promotion) => active === undefined || promotion.active === active)
    .filter((promotion) => code === undefined || promotion.code.toLowerCase() === code.toLowerCase())
    .filter((promotion) => coupon === undefined || promotion.promotion.coupon === coupon);
  return pageOf('/v1/promotion_codes', codes, 'promotion_code', cursor);
}

export const couponRoutes: ApiRoute[] = [
  { method: 'POST', path: '/v1/coupons', handle: createCoupon },
  { method: 'GET', path: '/v1/coupons/:id', handle: (api, _input, id) => find(api, 'coupon', id) },
  { method: 'POST', path: '/v1/promotion_codes', handle: createPromotionCode },
  { method: 'GET', path: '/v1/promotion_codes', handle: listPromotionCodes },
  {
    method: 'GET',
    path: '/v1/promotion_codes/:id',
    handle: (api, _input, id) => find(api, 'promotion_code', id),
  },
];
