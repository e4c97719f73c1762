import type Stripe from 'stripe';
import { z } from 'zod';
import { type Api, type ApiRoute, createdFilter, find, isInRange, pageOf } from '../api';
import { invalidRequest, resourceMissing } from '../errors';
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
import { planOf } from '../objects/price';
import { makeSubscriptionItem } from '../objects/subscription';

const quantity = integer.pipe(z.number().min(1).max(999_999)).optional();
const itemInput = z.strictObject({
  id: text.optional(),
  price: text.optional(),
  quantity,
  deleted: boolean.optional(),
  metadata: metadata.optional(),
});
type ItemInput = z.output<typeof itemInput>;

const cancellationDetails = z
  .strictObject({ comment: text.optional(), feedback: text.optional(), feedback_option: text.optional() })
  .optional();
const prorationBehavior = z.enum(['none', 'create_prorations', 'always_invoice']).optional();

const updateInput = params<Stripe.SubscriptionUpdateParams>()({
  cancel_at_period_end: boolean.optional(),
  cancellation_details: cancellationDetails,
  default_payment_method: text.optional(),
  description: text.optional(),
  items: list(itemInput).max(20).optional(),
  metadata: metadata.optional(),
  payment_behavior: accepted.optional(),
  proration_behavior: prorationBehavior,
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
const updateItemInput = params<Stripe.SubscriptionItemUpdateParams>()({
  price: text.optional(),
  quantity,
  metadata: metadata.optional(),
  payment_behavior: accepted.optional(),
  proration_behavior: prorationBehavior,
});

function changed(
  api: Api,
  item: Stripe.SubscriptionItem,
  input: ItemInput,
  param: string,
): Stripe.SubscriptionItem {
  const price = input.price === undefined ? item.price : find(api, 'price', input.price, `${param}[price]`);
  return {
    ...item,
    price,
    plan: planOf(price),
    quantity: input.quantity ?? item.quantity ?? 1,
    metadata: mergeMetadata(item.metadata, input.metadata),
  };
}

/** The items after an update: those that it names change or go, one without an id is new, the others stay. */
function itemsAfter(
  api: Api,
  subscription: Stripe.Subscription,
  inputs: ItemInput[],
): Stripe.SubscriptionItem[] {
  const items = new Map(subscription.items.data.map((item) => [item.id, item]));
  inputs.forEach((input, index) => {
    const param = `items[${index}]`;
    if (input.id === undefined) {
      if (input.price === undefined)
        throw invalidRequest(
          `Missing required param: ${param}[price].`,
          'parameter_missing',
          `${param}[price]`,
        );
      const price = find(api, 'price', input.price, `${param}[price]`);
      const start = subscription.items.data[0]?.current_period_start ?? subscription.start_date;
      const item = makeSubscriptionItem(subscription.id, price, input.quantity ?? 1, start);
      items.set(item.id, item);
      return;
    }
    const item = items.get(input.id);
    if (!item) throw resourceMissing('subscription item', input.id, `${param}[id]`);
    if (input.deleted) items.delete(input.id);
    else items.set(input.id, changed(api, item, input, param));
  });
  const left = [...items.values()];
  if (left.length === 0)
    throw invalidRequest('A subscription must have at least one active item.', undefined, 'items');
  if (left.some(({ price }) => !price.recurring)) {
    throw invalidRequest(
      'The price specified is set to `type=one_time` but this field only accepts prices with `type=recurring`.',
      undefined,
      'items',
    );
  }
  return left;
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
  if (!data.items) return saveSubscription(api, before, { ...before, ...fields });
  return changeItems(
    api,
    before,
    itemsAfter(api, before, data.items),
    fields,
    data.proration_behavior ?? 'create_prorations',
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

function findItem(
  api: Api,
  id: string,
): { subscription: Stripe.Subscription; item: Stripe.SubscriptionItem } {
  for (const subscription of api.store.newest('subscriptions')) {
    const item = subscription.items.data.find((candidate) => candidate.id === id);
    if (item) return { subscription, item };
  }
  throw resourceMissing('subscription item', id, 'item');
}

function updateItem(api: Api, input: unknown, id: string): Stripe.SubscriptionItem {
  const {
    proration_behavior: proration,
    payment_behavior: _ignored,
    expand: _expand,
    ...data
  } = parse(updateItemInput, input);
  const { subscription } = findItem(api, id);
  changeItems(
    api,
    subscription,
    itemsAfter(api, subscription, [{ ...data, id }]),
    {},
    proration ?? 'create_prorations',
  );
  return findItem(api, id).item;
}

function listItems(api: Api, input: unknown): object {
  const schema = params<Stripe.SubscriptionItemListParams>()({ ...paging, subscription: text.min(1) });
  const { subscription, ...cursor } = parse(schema, input);
  const { items } = find(api, 'subscription', subscription, 'subscription');
  return pageOf('/v1/subscription_items', items.data, 'subscription item', cursor);
}

export const subscriptionRoutes: ApiRoute[] = [
  { method: 'GET', path: '/v1/subscriptions', handle: all },
  {
    method: 'GET',
    path: '/v1/subscriptions/:id',
    handle: (api, _input, id) => find(api, 'subscription', id),
  },
  { method: 'POST', path: '/v1/subscriptions/:id', handle: update },
  { method: 'DELETE', path: '/v1/subscriptions/:id', handle: cancel },
  { method: 'GET', path: '/v1/subscription_items', handle: listItems },
  { method: 'GET', path: '/v1/subscription_items/:id', handle: (api, _input, id) => findItem(api, id).item },
  { method: 'POST', path: '/v1/subscription_items/:id', handle: updateItem },
];
