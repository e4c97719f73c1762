import type Stripe from 'stripe';
import { z } from 'zod';
import { type Api, type ApiRoute, find } from '../api';
import { readCard } from '../cards';
import { cardError, resourceMissing } from '../errors';
import { completeCheckout, expireCheckout, findCheckout, isOverdue } from '../flows/checkout';
import { cancelNow, renew } from '../flows/subscriptions';
import { parse } from '../form';
import { nowSeconds } from '../ids';
import { makePaymentMethod } from '../objects/payment-method';
import { idOf } from '../objects/subscription';
import { makeTestClock } from '../objects/test-clock';
import { failRefund } from './charges';
import { openDispute } from './disputes';

const completeInput = z.strictObject({ card: z.string().optional(), email: z.string().optional() });

/** Pays a session as the page would; a card that asks to confirm is confirmed. */
function complete(api: Api, input: unknown, id: string): Stripe.Checkout.Session {
  const data = parse(completeInput, input);
  const found = findCheckout(api, id);
  const record = isOverdue(found) ? expireCheckout(api, found) : found;
  const form = { number: data.card ?? '4242424242424242', expiry: '12 / 40', cvc: '123', name: 'Test Payer' };
  const { card, errors } = readCard(form);
  if (!card) throw cardError(errors.number ?? 'Your card number is invalid.', 'incorrect_number');
  return completeCheckout(api, record, card, data.email ?? null);
}

function cancel(api: Api, _input: unknown, id: string): Stripe.Subscription {
  const subscription = find(api, 'subscription', id);
  if (subscription.status === 'canceled') throw resourceMissing('subscription', id);
  return cancelNow(api, subscription);
}

const renewInput = z.strictObject({ outcome: z.enum(['paid', 'payment_failed']).optional() });

/**
 * The next period begins now, in place of waiting a month: paid with the card on file, or as `outcome` says.
 */
function renewNow(api: Api, input: unknown, id: string): Stripe.Subscription {
  const { outcome } = parse(renewInput, input);
  const subscription = find(api, 'subscription', id);
  if (subscription.status === 'canceled') throw resourceMissing('subscription', id);
  if (outcome === undefined) return renew(api, subscription);
  const card = {
    brand: 'visa',
    last4: outcome === 'paid' ? '4242' : '0341',
    expMonth: 12,
    expYear: 2040,
    name: 'Test Payer',
    fingerprint: 'local',
    behavior: outcome === 'paid' ? ('succeeds' as const) : ('declined_later' as const),
  };
  return renew(api, subscription, makePaymentMethod(idOf(subscription.customer), card, null));
}

/**
 * Puts a customer and what it holds on a test clock of its own, from now: so that a journey can be taken
 * months on.
 */
function giveClock(api: Api, _input: unknown, id: string): Stripe.TestHelpers.TestClock {
  const customer = find(api, 'customer', id);
  if (customer.deleted) throw resourceMissing('customer', id);
  const clock = makeTestClock(nowSeconds(), `journey of ${id}`, nowSeconds());
  api.store.put('testClocks', clock.id, clock);
  api.store.put('customers', id, { ...customer, test_clock: clock.id });
  for (const subscription of api.store.newest('subscriptions')) {
    if (idOf(subscription.customer) === id)
      api.store.put('subscriptions', subscription.id, { ...subscription, test_clock: clock.id });
  }
  return clock;
}

export const controlRoutes: ApiRoute[] = [
  { method: 'POST', path: '/_emulator/checkout/:id/complete', handle: complete },
  { method: 'POST', path: '/_emulator/subscriptions/:id/cancel', handle: cancel },
  { method: 'POST', path: '/_emulator/subscriptions/:id/renew', handle: renewNow },
  { method: 'POST', path: '/_emulator/charges/:id/dispute', handle: openDispute },
  { method: 'POST', path: '/_emulator/refunds/:id/fail', handle: failRefund },
  { method: 'POST', path: '/_emulator/customers/:id/clock', handle: giveClock },
];
