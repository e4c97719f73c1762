import type Stripe from 'stripe';
import { newId, nowSeconds } from '../ids';
import { planOf } from './price';
import { idOf, periodEndOf } from './subscription';

export type PhaseItem = { price: Stripe.Price; quantity: number };

export const makePhase = (fields: {
  items: PhaseItem[];
  start: number;
  end: number;
  currency: string;
  prorationBehavior?: 'always_invoice' | 'create_prorations' | 'none';
  metadata?: Stripe.Metadata;
}): Stripe.SubscriptionSchedule.Phase => ({
  add_invoice_items: [],
  application_fee_percent: null,
  billing_cycle_anchor: null,
  billing_thresholds: null,
  collection_method: null,
  currency: fields.currency,
  default_payment_method: null,
  default_tax_rates: [],
  description: null,
  discounts: [],
  end_date: fields.end,
  invoice_settings: null,
  items: fields.items.map(({ price, quantity }) => ({
    billing_thresholds: null,
    discounts: [],
    metadata: {},
    plan: planOf(price).id,
    price: price.id,
    quantity,
    tax_rates: [],
  })),
  metadata: fields.metadata ?? {},
  on_behalf_of: null,
  proration_behavior: fields.prorationBehavior ?? 'create_prorations',
  start_date: fields.start,
  transfer_data: null,
  trial_end: null,
});

/** A schedule whose only phase is the running period of a subscription. */
export function makeSchedule(subscription: Stripe.Subscription): Stripe.SubscriptionSchedule {
  const start = Math.max(...subscription.items.data.map((item) => item.current_period_start));
  const end = periodEndOf(subscription);
  return {
    id: newId('sub_sched'),
    object: 'subscription_schedule',
    application: null,
    billing_mode: subscription.billing_mode,
    canceled_at: null,
    completed_at: null,
    created: nowSeconds(),
    current_phase: { start_date: start, end_date: end },
    customer: idOf(subscription.customer),
    customer_account: null,
    default_settings: {
      application_fee_percent: null,
      billing_cycle_anchor: 'automatic',
      billing_thresholds: null,
      collection_method: 'charge_automatically',
      default_payment_method: null,
      description: null,
      invoice_settings: {
        account_tax_ids: null,
        custom_fields: null,
        days_until_due: null,
        description: null,
        footer: null,
        issuer: { type: 'self' },
      },
      on_behalf_of: null,
      transfer_data: null,
    },
    end_behavior: 'release',
    livemode: false,
    metadata: {},
    pause_schedules: [],
    phases: [
      makePhase({
        items: subscription.items.data.map(({ price, quantity }) => ({ price, quantity: quantity ?? 1 })),
        start,
        end,
        currency: subscription.currency,
      }),
    ],
    released_at: null,
    released_subscription: null,
    status: 'active',
    subscription: subscription.id,
    test_clock: subscription.test_clock && idOf(subscription.test_clock),
  };
}
