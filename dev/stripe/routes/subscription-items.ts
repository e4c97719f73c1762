import type Stripe from 'stripe';
import { z } from 'zod';
import { type Api, type ApiRoute, find, pageOf } from '../api';
import { invalidRequest, resourceMissing } from '../errors';
import { changeItems } from '../flows/subscriptions';
import { accepted, boolean, integer, mergeMetadata, metadata, paging, params, parse, text } from '../form';
import { planOf } from '../objects/price';
import { makeSubscriptionItem } from '../objects/subscription';

export const quantity = integer.pipe(z.number().min(1).max(999_999)).optional();
export const itemInput = z.strictObject({
  id: text.optional(),
  price: text.optional(),
  quantity,
  deleted: boolean.optional(),
  metadata: metadata.optional(),
});
type ItemInput = z.output<typeof itemInput>;

export const prorationBehavior = z.enum(['none', 'create_prorations', 'always_invoice']).optional();

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
export function itemsAfter(
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
    { proration: proration ?? 'create_prorations' },
  );
  return findItem(api, id).item;
}

function listItems(api: Api, input: unknown): object {
  const schema = params<Stripe.SubscriptionItemListParams>()({ ...paging, subscription: text.min(1) });
  const { subscription, ...cursor } = parse(schema, input);
  const { items } = find(api, 'subscription', subscription, 'subscription');
  return pageOf('/v1/subscription_items', items.data, 'subscription item', cursor);
}

export const subscriptionItemRoutes: ApiRoute[] = [
  { method: 'GET', path: '/v1/subscription_items', handle: listItems },
  { method: 'GET', path: '/v1/subscription_items/:id', handle: (api, _input, id) => findItem(api, id).item },
  { method: 'POST', path: '/v1/subscription_items/:id', handle: updateItem },
];
