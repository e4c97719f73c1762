import type Stripe from 'stripe';
import { z } from 'zod';
import { resourceMissing } from './errors';
import { integer } from './form';
import { newId } from './ids';
import { type EventObject, makeEvent, type PreviousAttributes } from './objects/event';
import { NORMAL_DELIVERY, type Store, type StoredAccount } from './store';
import type { WebhookOptions } from './webhooks';

/** What each handler works with: the state, the way to tell the world, and who asked. */
export type Api = {
  store: Store;
  /** Whose key was used. */
  account: StoredAccount;
  baseUrl: string;
  emit: <T extends Stripe.Event.Type>(
    type: T,
    object: EventObject<T>,
    previous?: PreviousAttributes<T>,
  ) => void;
};

/** Handlers are synchronous, so one request is one change of the store. */
export type ApiRoute = {
  method: 'GET' | 'POST' | 'DELETE';
  path: string;
  handle: (api: Api, input: unknown, id: string, second: string) => object;
};

/** An account as far as its requests need it. */
type Asked = { facts: StoredAccount; store: Store; webhook: WebhookOptions | null };

/** An Api for one request; each event is kept together with the deliveries it asks for. */
export function makeApi(
  { facts, store, webhook }: Asked,
  baseUrl: string,
  request: Stripe.Event.Request = { id: null, idempotency_key: null },
): Api {
  return {
    store,
    account: facts,
    baseUrl,
    emit: (type, object, previous) => {
      const targets = targetsOf(store, type, webhook !== null);
      const event = makeEvent(type, object, request, targets.length, previous);
      store.put('events', event.id, event);
      queueDeliveries(store, event, targets);
    },
  };
}

/** Null is the endpoint that was configured outside of the API. */
type Target = string | null;

const targetsOf = (store: Store, type: string, hasWebhook: boolean): Target[] => [
  ...(hasWebhook ? [null] : []),
  ...store
    .newest('webhookEndpoints')
    .filter(({ endpoint }) => endpoint.status === 'enabled')
    .filter(({ endpoint: { enabled_events: wanted } }) => wanted.includes('*') || wanted.includes(type))
    .map(({ endpoint }) => endpoint.id),
];

/** Asks for an event to be sent once more to everybody who wants it. */
export function redeliver({ store }: Api, event: Stripe.EventBase, hasWebhook: boolean): string {
  return queueDeliveries(store, event, targetsOf(store, event.type, hasWebhook));
}

function queueDeliveries(store: Store, event: Stripe.EventBase, targets: readonly Target[]): string {
  const { times, delayMs } = store.get('deliveryPlan', 'plan') ?? NORMAL_DELIVERY;
  const rows = targets.flatMap((endpoint) =>
    Array.from({ length: times }, () => ({ id: newId('del'), endpoint })),
  );
  for (const { id, endpoint } of rows) {
    store.put('deliveries', id, {
      id,
      ...(endpoint ? { endpoint } : {}),
      event: event.id,
      type: event.type,
      state: 'pending',
      attempts: 0,
      createdAt: Date.now(),
      nextAttemptAt: Date.now() + delayMs,
      lastStatus: null,
      lastError: null,
      deliveredAt: null,
    });
  }
  return rows[0]?.id ?? '';
}

const COLLECTION = {
  charge: 'charges',
  dispute: 'disputes',
  setup_intent: 'setupIntents',
  payment_intent: 'paymentIntents',
  coupon: 'coupons',
  promotion_code: 'promotionCodes',
  refund: 'refunds',
  credit_note: 'creditNotes',
  subscription_schedule: 'schedules',
  test_clock: 'testClocks',
  customer: 'customers',
  product: 'products',
  price: 'prices',
  subscription: 'subscriptions',
  invoice: 'invoices',
  payment_method: 'paymentMethods',
  event: 'events',
} as const;
type Noun = keyof typeof COLLECTION;

type Found<N extends Noun> = NonNullable<ReturnType<typeof rawGet<N>>>;
const rawGet = <N extends Noun>(store: Store, noun: N, id: string) => store.get(COLLECTION[noun], id);

/** A record by its id. @throws ApiError 404, or 400 for one that another parameter names, as Stripe does. */
export function find<N extends Noun>(api: Api, noun: N, id: string, param = 'id'): Found<N> {
  const found = rawGet(api.store, noun, id);
  if (!found) throw resourceMissing(noun, id, param);
  return found;
}

/** A customer that has not been deleted. */
export function findCustomer(api: Api, id: string, param = 'id'): Stripe.Customer {
  const customer = find(api, 'customer', id, param);
  if (customer.deleted) throw resourceMissing('customer', id, param);
  return customer;
}

/** The fields that a change gave another value, with what they were: an event's previous_attributes. */
export function previousOf<T extends object>(before: T, after: T): Partial<T> {
  const previous: Partial<T> = {};
  for (const key in before) {
    if (JSON.stringify(before[key]) !== JSON.stringify(after[key])) previous[key] = before[key];
  }
  return previous;
}

export const createdFilter = z
  .union([
    integer,
    z.strictObject({
      gt: integer.optional(),
      gte: integer.optional(),
      lt: integer.optional(),
      lte: integer.optional(),
    }),
  ])
  .optional();

/** Whether a time fits the `created` filter of a list. */
export function isInRange(created: number, filter: z.output<typeof createdFilter>): boolean {
  if (filter === undefined) return true;
  if (typeof filter === 'number') return created === filter;
  const { gt = -1, gte = 0, lt = Number.POSITIVE_INFINITY, lte = Number.POSITIVE_INFINITY } = filter;
  return created > gt && created >= gte && created < lt && created <= lte;
}

/** One page of a list, newest first, with Stripe's cursors. */
export function pageOf<T extends { id: string }>(
  url: string,
  all: T[],
  noun: string,
  paging: {
    limit?: number | undefined;
    starting_after?: string | undefined;
    ending_before?: string | undefined;
  },
): Stripe.ApiList<T> {
  const limit = paging.limit ?? 10;
  const placeOf = (id: string, param: string): number => {
    const index = all.findIndex((item) => item.id === id);
    if (index < 0) throw resourceMissing(noun, id, param);
    return index;
  };
  if (paging.ending_before !== undefined) {
    const end = placeOf(paging.ending_before, 'ending_before');
    const start = Math.max(0, end - limit);
    return { object: 'list', data: all.slice(start, end), has_more: start > 0, url };
  }
  const start =
    paging.starting_after === undefined ? 0 : placeOf(paging.starting_after, 'starting_after') + 1;
  return { object: 'list', data: all.slice(start, start + limit), has_more: start + limit < all.length, url };
}
