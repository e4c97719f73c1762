import type Stripe from 'stripe';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type StripeEmulator, startStripeEmulator } from './emulator';
import { control, newDataFile, sdk } from './test-support';

const START = 1_767_225_600;
const DAY = 86_400;
let emulator: StripeEmulator;
let stripe: Stripe;

beforeEach(async () => {
  emulator = await startStripeEmulator({ dataFile: newDataFile() });
  stripe = sdk(emulator.url);
});
afterEach(() => emulator.stop());

/** A customer on a clock with a paid or a trial subscription, made through the checkout. */
async function subscribe(options: { card?: string; trialDays?: number } = {}) {
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: START });
  const customer = await stripe.customers.create({ email: 'owner@clinic.test', test_clock: clock.id });
  const product = await stripe.products.create({ name: 'Starter' });
  const make = (amount: number, interval: 'month' | 'year') =>
    stripe.prices.create({
      product: product.id,
      currency: 'usd',
      unit_amount: amount,
      recurring: { interval },
    });
  const [starter, professional, yearly] = [
    await make(9_900, 'month'),
    await make(29_900, 'month'),
    await make(99_000, 'year'),
  ];
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: starter.id, quantity: 1 }],
    success_url: 'http://127.0.0.1:9/ok',
    ...(options.trialDays ? { subscription_data: { trial_period_days: options.trialDays } } : {}),
  });
  await control(emulator.url, `checkout/${session.id}/complete`, options.card ? { card: options.card } : {});
  const [subscription] = (await stripe.subscriptions.list({ customer: customer.id })).data;
  const item = subscription?.items.data[0];
  if (!subscription || !item) throw new Error('No subscription');
  return { clock, customer, starter, professional, yearly, subscription, item };
}
const now = (id: string) => stripe.subscriptions.retrieve(id);
const advance = (clock: { id: string }, to: number) =>
  stripe.testHelpers.testClocks.advance(clock.id, { frozen_time: to });

it('A trial costs nothing, is announced three days before its end, and is then charged', async () => {
  const { clock, subscription } = await subscribe({ trialDays: 14 });
  expect(subscription).toMatchObject({ status: 'trialing', trial_end: START + 14 * DAY });
  const first = (await stripe.invoices.list({ subscription: subscription.id })).data;
  expect(first.map(({ total, status }) => [total, status])).toEqual([[0, 'paid']]);
  await advance(clock, START + 14 * DAY);
  expect((await now(subscription.id)).status).toBe('active');
  const invoices = (await stripe.invoices.list({ subscription: subscription.id })).data;
  expect(invoices.map(({ total, status }) => [total, status])).toEqual([
    [9_900, 'paid'],
    [0, 'paid'],
  ]);
  const warnings = await stripe.events.list({ type: 'customer.subscription.trial_will_end' });
  expect(warnings.data.map(({ created }) => created)).toEqual([START + 11 * DAY]);
});

it('A card that fails later is tried four times, then the subscription is unpaid until somebody pays', async () => {
  const { clock, subscription } = await subscribe({ card: '4000000000000341', trialDays: 14 });
  const end = START + 14 * DAY;
  await advance(clock, end + 1);
  expect((await now(subscription.id)).status).toBe('past_due');
  await advance(clock, end + 14 * DAY);
  expect((await now(subscription.id)).status).toBe('past_due');
  await advance(clock, end + 15 * DAY);
  expect((await now(subscription.id)).status).toBe('unpaid');
  const failures = await stripe.events.list({ type: 'invoice.payment_failed' });
  expect(failures.data.map(({ created }) => (created - end) / DAY).reverse()).toEqual([0, 3, 8, 15]);
});

it('A preview is the invoice that the change then makes, and leaves nothing behind', async () => {
  const { clock, customer, professional, subscription, item } = await subscribe();
  await advance(clock, START + 10 * DAY);
  const items = [{ id: item.id, price: professional.id }];
  const events = (await stripe.events.list({ limit: 100 })).data.length;
  const preview = await stripe.invoices.createPreview({
    customer: customer.id,
    subscription: subscription.id,
    subscription_details: { items, proration_behavior: 'always_invoice', proration_date: START + 10 * DAY },
  });
  expect((await stripe.events.list({ limit: 100 })).data.length).toBe(events);
  expect((await now(subscription.id)).items.data[0]?.price.unit_amount).toBe(9_900);
  const left = 21 / 31;
  expect(preview.lines.data.map(({ amount }) => amount)).toEqual([
    -Math.round(9_900 * left),
    Math.round(29_900 * left),
  ]);
  await stripe.subscriptions.update(subscription.id, {
    items,
    proration_behavior: 'always_invoice',
    proration_date: START + 10 * DAY,
  });
  const [latest] = (await stripe.invoices.list({ subscription: subscription.id })).data;
  expect(latest).toMatchObject({ total: preview.total, status: 'paid' });
});

it('A refused upgrade with error_if_incomplete changes nothing', async () => {
  const { professional, subscription, item } = await subscribe({ card: '4000000000000341', trialDays: 14 });
  const call = stripe.subscriptions.update(subscription.id, {
    items: [{ id: item.id, price: professional.id }],
    trial_end: 'now',
    payment_behavior: 'error_if_incomplete',
  });
  await expect(call).rejects.toMatchObject({ statusCode: 402, code: 'card_declined' });
  expect(await now(subscription.id)).toMatchObject({ status: 'trialing' });
  expect((await stripe.invoices.list({ subscription: subscription.id })).data).toHaveLength(1);
});

it('A schedule puts the smaller plan on at the end of the period and is then released', async () => {
  const { clock, starter, yearly, subscription, item } = await subscribe();
  const { id } = await stripe.subscriptionSchedules.create({ from_subscription: subscription.id });
  await stripe.subscriptionSchedules.update(id, {
    end_behavior: 'release',
    phases: [
      {
        items: [{ price: starter.id, quantity: 1 }],
        start_date: item.current_period_start,
        end_date: item.current_period_end,
      },
      {
        items: [{ price: yearly.id, quantity: 1 }],
        start_date: item.current_period_end,
        duration: { interval: 'year', interval_count: 1 },
        proration_behavior: 'none',
      },
    ],
  });
  expect((await now(subscription.id)).schedule).toBe(id);
  await advance(clock, item.current_period_end);
  const after = await now(subscription.id);
  expect(after.items.data[0]?.price.id).toBe(yearly.id);
  const [latest] = (await stripe.invoices.list({ subscription: subscription.id })).data;
  expect(latest).toMatchObject({ total: 99_000, billing_reason: 'subscription_cycle' });
});

it('A coupon takes its share for its months; a pause voids the invoices that fall into it', async () => {
  const { clock, subscription, item } = await subscribe();
  const coupon = await stripe.coupons.create({
    percent_off: 20,
    duration: 'repeating',
    duration_in_months: 2,
  });
  await stripe.subscriptions.update(subscription.id, { discounts: [{ coupon: coupon.id }] });
  await advance(clock, item.current_period_end);
  await stripe.subscriptions.update(subscription.id, { pause_collection: { behavior: 'void' } });
  await advance(clock, item.current_period_end + 31 * DAY);
  const { data } = await stripe.invoices.list({ subscription: subscription.id });
  expect(data.map(({ total, status }) => [total, status]).slice(0, 2)).toEqual([
    [9_900, 'void'],
    [7_920, 'paid'],
  ]);
  const expanded = await stripe.subscriptions.retrieve(subscription.id, { expand: ['discounts'] });
  expect(expanded.discounts[0]).toMatchObject({ object: 'discount', source: { coupon: coupon.id } });
});
