import Stripe from 'stripe';
import { newId, nowSeconds } from '../ids';

export type PriceFields = {
  product: string;
  currency: string;
  unitAmount: number;
  recurring: { interval: 'month' | 'year'; intervalCount: number } | null;
  lookupKey: string | null;
  nickname: string | null;
  metadata: Stripe.Metadata;
  active: boolean;
};

export const makePrice = (fields: PriceFields): Stripe.Price => ({
  id: newId('price'),
  object: 'price',
  active: fields.active,
  billing_scheme: 'per_unit',
  created: nowSeconds(),
  currency: fields.currency,
  custom_unit_amount: null,
  livemode: false,
  lookup_key: fields.lookupKey,
  metadata: fields.metadata,
  nickname: fields.nickname,
  product: fields.product,
  recurring: fields.recurring && {
    interval: fields.recurring.interval,
    interval_count: fields.recurring.intervalCount,
    meter: null,
    trial_period_days: null,
    usage_type: 'licensed',
  },
  tax_behavior: 'unspecified',
  tiers_mode: null,
  transform_quantity: null,
  type: fields.recurring ? 'recurring' : 'one_time',
  unit_amount: fields.unitAmount,
  unit_amount_decimal: Stripe.Decimal.from(fields.unitAmount),
});

/** The older face of a recurring price that subscription items still carry. */
export const planOf = (price: Stripe.Price): Stripe.Plan => ({
  id: price.id,
  object: 'plan',
  active: price.active,
  amount: price.unit_amount,
  amount_decimal: price.unit_amount_decimal,
  billing_scheme: price.billing_scheme,
  created: price.created,
  currency: price.currency,
  interval: price.recurring?.interval ?? 'month',
  interval_count: price.recurring?.interval_count ?? 1,
  livemode: false,
  metadata: price.metadata,
  meter: null,
  nickname: price.nickname,
  product: price.product,
  tiers_mode: null,
  transform_usage: null,
  trial_period_days: null,
  usage_type: 'licensed',
});

/** How long one period of a recurring price lasts, in months. */
export function monthsOf(price: Stripe.Price): number {
  const count = price.recurring?.interval_count ?? 1;
  return price.recurring?.interval === 'year' ? count * 12 : count;
}
