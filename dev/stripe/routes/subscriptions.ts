import type Stripe from 'stripe';
import { z } from 'zod';
import { type Api, type ApiRoute, createdFilter, find, findCustomer, isInRange, pageOf } from '../api';
import { invalidRequest, resourceMissing } from '../errors';
import { redeem, redeemable } from '../flows/discounts';
import { startSubscription, trialEndAfter } from '../flows/start';
import { cancelAtPeriodEnd, cancelNow, changeItems, saveSubscription } from '../flows/subscriptions';
import {
  accepted,
  boolean,
  integer,
  list,
  mergeMetadata,
  metadata,
  paging,
  params,
  parse,
  text,
} from '../form';
import { nowSeconds } from '../ids';
import { idOf } from '../objects/subscription';
import { itemInput, itemsAfter, prorationBehavior, quantity } from './subscription-items';

const cancellationDetails = z
  .strictObject({ comment: text.optional(), feedback: text.optional(), feedback_option: text.optional() })
  .optional();
const paymentBehavior = z
  .enum(['allow_incomplete', 'default_incomplete', 'error_if_incomplete', 'pending_if_incomplete'])
  .optional();

const updateInput = params<Stripe.SubscriptionUpdateParams>()({
  cancel_at_period_end: boolean.optional(),
  cancellation_details: cancellationDetails,
  default_payment_method: text.optional(),
  description: text.optional(),
  items: list(itemInput).max(20).optional(),
  metadata: metadata.optional(),
  payment_behavior: paymentBehavior,
  proration_behavior: prorationBehavior,
  proration_date: integer.optional(),
  automatic_tax: z.strictObject({ enabled: boolean }).optional(),
  billing_cycle_anchor: z.strictObject({ type: z.enum(['now', 'unchanged']) }).optional(),
  cancel_at: z.union([z.literal(''), integer]).optional(),
  collection_method: z.enum(['charge_automatically', 'send_invoice']).optional(),
  days_until_due: integer.optional(),
  discounts: z
    .union([
      z.literal(''),
      list(
        z.strictObject({
          coupon: text.optional(),
          promotion_code: text.optional(),
          discount: text.optional(),
        }),
      ).max(20),
    ])
    .optional(),
  pause_collection: z
    .union([
      z.literal(''),
      z.strictObject({
        behavior: z.enum(['keep_as_draft', 'mark_uncollectible', 'void']),
        resumes_at: integer.optional(),
      }),
    ])
    .optional(),
  trial_end: z.union([z.literal('now'), integer]).optional(),
});
const cancelInput = params<Stripe.SubscriptionCancelParams>()({
  cancellation_details: cancellationDetails,
  invoice_now: boolean.optional(),
  prorate: boolean.optional(),
});
const listInput = params<Stripe.SubscriptionListParams>()({
  ...paging,
  created: createdFilter,
  customer: text.optional(),
  price: text.optional(),
  status: z
    .enum([
      'active',
      'all',
      'canceled',
      'ended',
      'incomplete',
      'incomplete_expired',
      'past_due',
      'paused',
      'trialing',
      'unpaid',
    ])
    .optional(),
});
/** The terms other than items that an update gives. */
function termsOf(
  api: Api,
  before: Stripe.Subscription,
  data: z.output<typeof updateInput>,
): Partial<Stripe.Subscription> {
  const terms: Partial<Stripe.Subscription> = {};
  if (data.cancel_at !== undefined) {
    terms.cancel_at = data.cancel_at === '' ? null : data.cancel_at;
    terms.canceled_at = data.cancel_at === '' ? null : nowSeconds();
  }
  if (data.pause_collection !== undefined) {
    const pause = data.pause_collection;
    terms.pause_collection =
      pause === '' ? null : { behavior: pause.behavior, resumes_at: pause.resumes_at ?? null };
  }
  if (data.automatic_tax) {
    const { enabled } = data.automatic_tax;
    terms.automatic_tax = { disabled_reason: null, enabled, liability: enabled ? { type: 'self' } : null };
  }
  if (data.collection_method) terms.collection_method = data.collection_method;
  if (data.days_until_due !== undefined) terms.days_until_due = data.days_until_due;
  if (data.discounts !== undefined) {
    const owner = { id: before.id, customer: idOf(before.customer) };
    terms.discounts = (data.discounts || []).flatMap((asked, index) => {
      if (asked.discount) return [asked.discount];
      const promotion = asked.promotion_code
        ? find(api, 'promotion_code', asked.promotion_code, `discounts[${index}][promotion_code]`)
        : null;
      const coupon = promotion?.promotion.coupon ? idOf(promotion.promotion.coupon) : asked.coupon;
      if (!coupon) return [];
      const found = redeemable(api, coupon, `discounts[${index}][coupon]`);
      return [redeem(api, found, owner, promotion?.id ?? null)];
    });
  }
  if (typeof data.trial_end === 'number') {
    const trialEnd = data.trial_end;
    terms.status = 'trialing';
    terms.trial_end = trialEnd;
    terms.trial_start = before.trial_start ?? nowSeconds();
    terms.billing_cycle_anchor = trialEnd;
    terms.items = {
      ...before.items,
      data: before.items.data.map((item) => ({ ...item, current_period_end: trialEnd })),
    };
  }
  return terms;
}

function update(api: Api, input: unknown, id: string): Stripe.Subscription {
  const data = parse(updateInput, input);
  const before = find(api, 'subscription', id);
  const others = Object.keys(data).filter(
    (key) => !['metadata', 'cancellation_details', 'expand'].includes(key),
  );
  if (before.status === 'canceled' && others.length > 0) {
    throw invalidRequest('A canceled subscription can only update its cancellation_details and metadata.');
  }
  if (data.default_payment_method)
    find(api, 'payment_method', data.default_payment_method, 'default_payment_method');
  const fields: Partial<Stripe.Subscription> = {
    metadata: mergeMetadata(before.metadata, data.metadata),
    ...(data.description === undefined ? {} : { description: data.description || null }),
    ...(data.default_payment_method === undefined
      ? {}
      : { default_payment_method: data.default_payment_method || null }),
    ...(data.cancel_at_period_end === undefined ? {} : cancelAtPeriodEnd(before, data.cancel_at_period_end)),
  };
  if (data.cancellation_details) {
    const details = fields.cancellation_details ?? before.cancellation_details;
    fields.cancellation_details = {
      comment: data.cancellation_details.comment || null,
      feedback: data.cancellation_details.feedback || null,
      feedback_option: data.cancellation_details.feedback_option || null,
      reason: details?.reason ?? null,
    };
  }
  Object.assign(fields, termsOf(api, before, data));
  const endTrial = data.trial_end === 'now' && before.status === 'trialing';
  const restart = data.billing_cycle_anchor?.type === 'now';
  if (!data.items && !endTrial && !restart) return saveSubscription(api, before, { ...before, ...fields });
  return changeItems(
    api,
    before,
    data.items ? itemsAfter(api, before, data.items) : (fields.items?.data ?? before.items.data),
    fields,
    {
      proration: data.proration_behavior ?? 'create_prorations',
      prorationDate: data.proration_date,
      paymentBehavior: data.payment_behavior,
      restart,
      endTrial,
    },
  );
}

function cancel(api: Api, input: unknown, id: string): Stripe.Subscription {
  const { cancellation_details: details } = parse(cancelInput, input);
  const subscription = find(api, 'subscription', id);
  if (subscription.status === 'canceled') throw resourceMissing('subscription', id);
  return cancelNow(api, subscription, {
    comment: details?.comment || null,
    feedback: details?.feedback || null,
    feedback_option: details?.feedback_option || null,
  });
}

function all(api: Api, input: unknown): object {
  const { created, customer, price, status, ...cursor } = parse(listInput, input);
  if (customer !== undefined) find(api, 'customer', customer, 'customer');
  const fits = (subscription: Stripe.Subscription): boolean => {
    if (status === 'all') return true;
    if (status === undefined) return subscription.status !== 'canceled';
    if (status === 'ended') return ['canceled', 'incomplete_expired'].includes(subscription.status);
    return subscription.status === status;
  };
  const subscriptions = api.store
    .newest('subscriptions')
    .filter((subscription) => customer === undefined || subscription.customer === customer)
    .filter((subscription) => isInRange(subscription.created, created))
    .filter(({ items }) => price === undefined || items.data.some((item) => item.price.id === price))
    .filter(fits);
  return pageOf('/v1/subscriptions', subscriptions, 'subscription', cursor);
}

const createInput = params<Stripe.SubscriptionCreateParams>()({
  customer: text.min(1),
  items: list(z.strictObject({ price: text.min(1), quantity }))
    .min(1)
    .max(20),
  automatic_tax: z.strictObject({ enabled: boolean }).optional(),
  collection_method: z.enum(['charge_automatically', 'send_invoice']).optional(),
  days_until_due: integer.optional(),
  default_payment_method: text.optional(),
  description: text.optional(),
  discounts: list(z.strictObject({ coupon: text.optional() }))
    .max(1)
    .optional(),
  metadata: metadata.optional(),
  payment_behavior: paymentBehavior,
  payment_settings: accepted.optional(),
  trial_end: integer.optional(),
  trial_period_days: integer.pipe(z.number().min(1).max(730)).optional(),
});

function create(api: Api, input: unknown): Stripe.Subscription {
  const data = parse(createInput, input);
  const customer = findCustomer(api, data.customer, 'customer');
  const isSent = data.collection_method === 'send_invoice';
  if (isSent && !data.days_until_due) {
    throw invalidRequest('Missing required param: days_until_due.', 'parameter_missing', 'days_until_due');
  }
  if (data.default_payment_method)
    find(api, 'payment_method', data.default_payment_method, 'default_payment_method');
  const trialEnd = data.trial_end ?? trialEndAfter(data.trial_period_days);
  const hasMethod = data.default_payment_method ?? customer.invoice_settings.default_payment_method;
  if (!isSent && !hasMethod && trialEnd === null && data.payment_behavior !== 'default_incomplete') {
    throw invalidRequest(
      'This customer has no attached payment source or default payment method. Please consider adding a default payment method.',
      'resource_missing',
    );
  }
  const coupon = data.discounts?.[0]?.coupon;
  return startSubscription(api, {
    customer: customer.id,
    lines: data.items.map((item, index) => ({
      price: find(api, 'price', item.price, `items[${index}][price]`),
      quantity: item.quantity ?? 1,
    })),
    paymentMethod: data.default_payment_method ?? null,
    metadata: mergeMetadata({}, data.metadata),
    description: data.description ?? null,
    trialEnd,
    isTaxAutomatic: data.automatic_tax?.enabled ?? false,
    daysUntilDue: isSent ? (data.days_until_due ?? null) : null,
    coupon: coupon ? redeemable(api, coupon, 'discounts[0][coupon]') : null,
    whenRefused: data.payment_behavior === 'error_if_incomplete' ? 'error' : 'incomplete',
    isChargedLater: data.payment_behavior === 'default_incomplete',
  }).subscription;
}

export const subscriptionRoutes: ApiRoute[] = [
  { method: 'GET', path: '/v1/subscriptions', handle: all },
  {
    method: 'GET',
    path: '/v1/subscriptions/:id',
    handle: (api, _input, id) => find(api, 'subscription', id),
  },
  { method: 'POST', path: '/v1/subscriptions', handle: create },
  { method: 'POST', path: '/v1/subscriptions/:id', handle: update },
  { method: 'DELETE', path: '/v1/subscriptions/:id', handle: cancel },
];
