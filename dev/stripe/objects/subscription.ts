import type Stripe from 'stripe';
import { addMonths, newId, nowSeconds } from '../ids';
import { listOf } from './lists';
import { monthsOf, planOf } from './price';

export const makeSubscriptionItem = (
  subscription: string,
  price: Stripe.Price,
  quantity: number,
  periodStart: number,
): Stripe.SubscriptionItem => ({
  id: newId('si', 14),
  object: 'subscription_item',
  billing_thresholds: null,
  created: nowSeconds(),
  current_period_end: addMonths(periodStart, monthsOf(price)),
  current_period_start: periodStart,
  current_trial: null,
  discounts: [],
  metadata: {},
  plan: planOf(price),
  price,
  quantity,
  subscription,
  tax_rates: [],
});

/** A subscription whose first payment is still due. */
export function makeSubscription(fields: {
  customer: string;
  lines: { price: Stripe.Price; quantity: number }[];
  paymentMethod: string | null;
  metadata: Stripe.Metadata;
  description: string | null;
  trialEnd?: number | null;
  isTaxAutomatic?: boolean;
  daysUntilDue?: number | null;
  testClock?: string | null;
}): Stripe.Subscription {
  const now = nowSeconds();
  const id = newId('sub');
  const trialEnd = fields.trialEnd ?? null;
  const items = fields.lines.map(({ price, quantity }) => {
    const item = makeSubscriptionItem(id, price, quantity, now);
    return trialEnd === null ? item : { ...item, current_period_end: trialEnd };
  });
  return {
    id,
    object: 'subscription',
    application: null,
    application_fee_percent: null,
    automatic_tax: {
      disabled_reason: null,
      enabled: fields.isTaxAutomatic ?? false,
      liability: fields.isTaxAutomatic ? { type: 'self' } : null,
    },
    billing_cycle_anchor: trialEnd ?? now,
    billing_cycle_anchor_config: null,
    billing_mode: { flexible: { proration_discounts: 'included' }, type: 'flexible' },
    billing_schedules: [],
    billing_thresholds: null,
    cancel_at: null,
    cancel_at_period_end: false,
    canceled_at: null,
    cancellation_details: { comment: null, feedback: null, feedback_option: null, reason: null },
    collection_method: fields.daysUntilDue ? 'send_invoice' : 'charge_automatically',
    created: now,
    currency: fields.lines[0]?.price.currency ?? 'usd',
    customer: fields.customer,
    customer_account: null,
    days_until_due: fields.daysUntilDue ?? null,
    default_payment_method: fields.paymentMethod,
    default_source: null,
    default_tax_rates: [],
    description: fields.description,
    discounts: [],
    ended_at: null,
    invoice_settings: {
      account_tax_ids: null,
      custom_fields: null,
      description: null,
      footer: null,
      issuer: { type: 'self' },
    },
    items: listOf(`/v1/subscription_items?subscription=${id}`, items),
    latest_invoice: null,
    livemode: false,
    managed_payments: null,
    metadata: fields.metadata,
    next_pending_invoice_item_invoice: null,
    on_behalf_of: null,
    pause_collection: null,
    payment_settings: {
      payment_method_options: null,
      payment_method_types: null,
      save_default_payment_method: 'off',
    },
    pending_invoice_item_interval: null,
    pending_setup_intent: null,
    pending_update: null,
    schedule: null,
    start_date: now,
    status: trialEnd === null ? 'incomplete' : 'trialing',
    test_clock: fields.testClock ?? null,
    transfer_data: null,
    trial_end: trialEnd,
    trial_settings: {
      end_behavior: { billing_cycle_anchor: null, missing_payment_method: 'create_invoice' },
    },
    trial_start: trialEnd === null ? null : now,
  };
}

/** When the running period of the whole subscription ends. */
export const periodEndOf = (subscription: Stripe.Subscription): number =>
  Math.min(...subscription.items.data.map((item) => item.current_period_end));

/** The id behind a field that Stripe may also show as a whole object. */
export const idOf = (value: string | { id: string }): string =>
  typeof value === 'string' ? value : value.id;
