import type Stripe from 'stripe';
import { type Api, type ApiRoute, find, pageOf } from '../api';
import { invalidRequest } from '../errors';
import { cancelNow } from '../flows/subscriptions';
import { advanceClock } from '../flows/time';
import { integer, paging, params, parse, text } from '../form';
import { nowSeconds } from '../ids';
import { makeDeletedCustomer } from '../objects/customer';
import { idOf } from '../objects/subscription';
import { makeTestClock } from '../objects/test-clock';
import type { Store } from '../store';

const isNamed = (input: unknown): input is { customer: string } =>
  typeof input === 'object' && input !== null && 'customer' in input && typeof input.customer === 'string';

const chargeIn = (input: unknown): string | undefined =>
  typeof input === 'object' && input !== null && 'charge' in input && typeof input.charge === 'string'
    ? input.charge
    : undefined;

/** A page of the portal is named by its secret, not by its session's id. */
const portalCustomer = (store: Store, secret: string): string | undefined =>
  secret.startsWith('test_')
    ? store.newest('portalSessions').find(({ url }) => url.endsWith(`/${secret}`))?.customer
    : undefined;

/** The time at which a request happens: that of its customer's test clock, or null for the real one. */
export function timeFor(store: Store, id: string, input: unknown): number | null {
  const owner =
    store.get('subscriptions', id)?.customer ??
    store.get('invoices', id)?.customer ??
    store.get('schedules', id)?.customer ??
    store.get('checkouts', id)?.session.customer ??
    store.get('charges', chargeIn(input) ?? id)?.customer ??
    portalCustomer(store, id) ??
    (isNamed(input) ? input.customer : id);
  const customer = store.get('customers', idOf(owner));
  const clock = customer && !customer.deleted ? customer.test_clock : null;
  return (clock && store.get('testClocks', idOf(clock))?.frozen_time) || null;
}

function create(api: Api, input: unknown): Stripe.TestHelpers.TestClock {
  const schema = params<Stripe.TestHelpers.TestClockCreateParams>()({
    frozen_time: integer,
    name: text.optional(),
  });
  const data = parse(schema, input);
  const clock = makeTestClock(data.frozen_time, data.name ?? null, nowSeconds());
  api.store.put('testClocks', clock.id, clock);
  api.emit('test_helpers.test_clock.created', clock);
  return clock;
}

function advance(api: Api, input: unknown, id: string): Stripe.TestHelpers.TestClock {
  const schema = params<Stripe.TestHelpers.TestClockAdvanceParams>()({ frozen_time: integer });
  const { frozen_time: to } = parse(schema, input);
  const clock = find(api, 'test_clock', id);
  if (to <= clock.frozen_time) {
    throw invalidRequest(
      'The new frozen time must be after the current frozen time of the test clock.',
      undefined,
      'frozen_time',
    );
  }
  return advanceClock(api, clock, to);
}

/** A clock goes with its customers and their subscriptions, as at Stripe. */
function remove(api: Api, _input: unknown, id: string): Stripe.TestHelpers.DeletedTestClock {
  const clock = find(api, 'test_clock', id);
  for (const subscription of api.store.newest('subscriptions')) {
    if (subscription.test_clock === id && subscription.status !== 'canceled') cancelNow(api, subscription);
  }
  for (const customer of api.store.newest('customers')) {
    if (!customer.deleted && customer.test_clock === id)
      api.store.put('customers', customer.id, makeDeletedCustomer(customer.id));
  }
  api.store.remove('testClocks', id);
  api.emit('test_helpers.test_clock.deleted', clock);
  return { id, object: 'test_helpers.test_clock', deleted: true };
}

export const clockRoutes: ApiRoute[] = [
  { method: 'POST', path: '/v1/test_helpers/test_clocks', handle: create },
  {
    method: 'GET',
    path: '/v1/test_helpers/test_clocks',
    handle: (api, input) =>
      pageOf(
        '/v1/test_helpers/test_clocks',
        api.store.newest('testClocks'),
        'test_clock',
        parse(params<Stripe.PaginationParams>()(paging), input),
      ),
  },
  {
    method: 'GET',
    path: '/v1/test_helpers/test_clocks/:id',
    handle: (api, _input, id) => find(api, 'test_clock', id),
  },
  { method: 'POST', path: '/v1/test_helpers/test_clocks/:id/advance', handle: advance },
  { method: 'DELETE', path: '/v1/test_helpers/test_clocks/:id', handle: remove },
];
