import type Stripe from 'stripe';
import { afterEach, expect, it } from 'vitest';
import { startStripeEmulator } from './emulator';
import { control, DEFAULT_AUTHORIZATION, newDataFile, sdk, startReceiver } from './test-support';

const stops: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function start(isReceiving = false) {
  const receiver = isReceiving ? await startReceiver() : null;
  const emulator = await startStripeEmulator({
    dataFile: newDataFile(),
    ...(receiver ? { webhook: { url: receiver.url, secret: 'whsec_of_a_test' } } : {}),
  });
  stops.push(emulator.stop);
  if (receiver) stops.push(receiver.stop);
  const stripe: Stripe = sdk(emulator.url);
  return { url: emulator.url, stripe, receiver };
}

it('An answer that got lost is given again to the same key, and the work is done once', async () => {
  const { url, stripe } = await start();
  await control(url, 'faults', {
    path: '/v1/customers',
    method: 'POST',
    status: 500,
    when: 'after',
    count: 1,
  });
  const create = () => stripe.customers.create({ name: 'A' }, { idempotencyKey: 'once' });
  await expect(create()).rejects.toMatchObject({ statusCode: 500, type: 'StripeAPIError' });
  expect((await create()).name).toBe('A');
  expect((await stripe.customers.list()).data).toHaveLength(1);
});

it('A failure before the work leaves nothing behind, and ends when it is cleared', async () => {
  const { url, stripe } = await start();
  await control(url, 'faults', { status: 503 });
  await expect(stripe.customers.create({ name: 'A' })).rejects.toMatchObject({ statusCode: 503 });
  await expect(stripe.customers.list()).rejects.toMatchObject({ statusCode: 503 });
  await fetch(`${url}/_emulator/faults`, {
    method: 'DELETE',
    headers: { authorization: DEFAULT_AUTHORIZATION },
  });
  expect((await stripe.customers.list()).data).toEqual([]);
});

it('A key whose first request is not answered yet is refused with 409', async () => {
  const { url, stripe } = await start();
  await control(url, 'faults', { path: '/v1/customers', latencyMs: 300, count: 1 });
  const create = () => stripe.customers.create({ name: 'A' }, { idempotencyKey: 'twice' });
  const outcomes = await Promise.allSettled([create(), create()]);
  const refused = outcomes.flatMap((outcome) => (outcome.status === 'rejected' ? [outcome.reason] : []));
  expect(refused).toHaveLength(1);
  expect(refused[0]).toMatchObject({ statusCode: 409, code: 'idempotency_key_in_use' });
  expect((await create()).name).toBe('A');
  expect((await stripe.customers.list()).data).toHaveLength(1);
});

it('Events are held, then released twice each and in another order, and none is lost', async () => {
  const { url, stripe, receiver } = await start(true);
  if (!receiver) throw new Error('There is no receiver');
  await control(url, 'delivery', { hold: true, times: 2 });
  const names = Array.from({ length: 12 }, (_, index) => `Customer ${index}`);
  for (const name of names) await stripe.customers.create({ name });
  expect(receiver.received).toEqual([]);
  await control(url, 'delivery', { shuffle: true });
  await receiver.until(() => receiver.received.length === 24);
  const order = receiver.received.map(({ body }): string => JSON.parse(body).data.object.name);
  expect([...order].sort()).toEqual([...names, ...names].sort());
  expect(order).not.toEqual(names.flatMap((name) => [name, name]));
});
