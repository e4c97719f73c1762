import { readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import Stripe from 'stripe';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StripeEmulator, startStripeEmulator } from './emulator';
import { control, makeCheckout, newDataFile, postForm, sdk, startReceiver, typedCard } from './test-support';

const SECRET = 'whsec_of_a_test';
const stops: (() => Promise<void>)[] = [];
let emulator: StripeEmulator;
let stripe: Stripe;

async function start(options: Partial<Parameters<typeof startStripeEmulator>[0]> = {}) {
  emulator = await startStripeEmulator({ dataFile: newDataFile(), ...options });
  stops.push(emulator.stop);
  stripe = sdk(emulator.url);
}
async function receive(answers?: number[]) {
  const receiver = await startReceiver(answers);
  stops.push(receiver.stop);
  return receiver;
}
const failure = (call: Promise<unknown>): Promise<Stripe.errors.StripeError> =>
  call.then(
    () => Promise.reject(new Error('It should have failed.')),
    (error: unknown) => (error instanceof Stripe.errors.StripeError ? error : Promise.reject(error)),
  );

beforeEach(() => start());
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

describe('paying', () => {
  it('leads from customer to active subscription, paid invoice and signed events in Stripe’s order', async () => {
    const receiver = await receive();
    await start({ webhook: { url: receiver.url, secret: SECRET } });
    const { customer, price, session } = await makeCheckout(stripe);
    expect(session).toMatchObject({ status: 'open', payment_status: 'unpaid', ui_mode: 'hosted_page' });

    const paid = await postForm(session.url ?? '', typedCard('4242 4242 4242 4242'));
    expect(paid.status).toBe(303);
    expect(paid.headers.get('location')).toBe(`http://127.0.0.1:9/ok?session_id=${session.id}`);

    const after = await stripe.checkout.sessions.retrieve(session.id, {
      expand: ['subscription.latest_invoice', 'line_items', 'customer'],
    });
    expect(after).toMatchObject({
      status: 'complete',
      payment_status: 'paid',
      url: null,
      customer: { id: customer.id },
    });
    expect(after.line_items?.data[0]?.price?.id).toBe(price.id);
    expect(after.subscription).toMatchObject({
      status: 'active',
      metadata: { organizationId: 'org-1' },
      latest_invoice: { status: 'paid', amount_paid: 9_900 },
    });
    const { data } = await stripe.subscriptions.list({ customer: customer.id, status: 'all', limit: 100 });
    const end = data[0]?.items.data[0]?.current_period_end ?? 0;
    expect(end - Date.now() / 1_000).toBeGreaterThan(27 * 86_400);
    const invoices = await stripe.invoices.list({ customer: customer.id });
    expect(invoices.data[0]?.number).toMatch(/-0001$/);
    const methods = await stripe.customers.listPaymentMethods(customer.id);
    expect(methods.data[0]?.card).toMatchObject({ brand: 'visa', last4: '4242' });

    await receiver.until(() => receiver.types().includes('checkout.session.completed'));
    expect(receiver.types()).toEqual([
      'customer.created',
      'product.created',
      'price.created',
      'payment_method.attached',
      'invoice.created',
      'customer.subscription.created',
      'invoice.finalized',
      'customer.subscription.updated',
      'charge.succeeded',
      'invoice.paid',
      'invoice.payment_succeeded',
      'checkout.session.completed',
    ]);
    for (const { body, signature } of receiver.received) {
      expect(stripe.webhooks.constructEvent(body, signature, SECRET).object).toBe('event');
      expect(() => stripe.webhooks.constructEvent(`${body} `, signature, SECRET)).toThrow(/signature/i);
    }
  });

  it('keeps a declined card on the page with what was typed, and nothing is sold', async () => {
    const { customer, session } = await makeCheckout(stripe);
    const answer = await postForm(session.url ?? '', typedCard('4000 0000 0000 0002'));
    const page = await answer.text();
    expect(answer.status).toBe(200);
    expect(page).toContain('Your card was declined.');
    expect(page).toContain('value="4000 0000 0000 0002"');
    expect(page).not.toContain('value="123"');
    expect((await stripe.subscriptions.list({ customer: customer.id, status: 'all' })).data).toEqual([]);
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
  });

  it('asks to confirm a 3-D Secure card and goes on only when that succeeds', async () => {
    const { session } = await makeCheckout(stripe);
    const url = session.url ?? '';
    const answer = await postForm(url, typedCard('4000 0025 0000 3155'));
    expect([answer.status, answer.headers.get('location')]).toEqual([303, `/c/pay/${session.id}/confirm`]);
    const failed = await (await postForm(`${url}/confirm`, { outcome: 'fail' })).text();
    expect(failed).toContain('We are unable to authenticate your payment method.');
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('open');
    await postForm(url, typedCard('4000002500003155'));
    expect((await postForm(`${url}/confirm`, { outcome: 'complete' })).status).toBe(303);
    expect((await stripe.checkout.sessions.retrieve(session.id)).status).toBe('complete');
  });

  it('names what is wrong with a field', async () => {
    const { session } = await makeCheckout(stripe);
    const url = session.url ?? '';
    const wrong = await (await postForm(url, typedCard('4242 4242 4242 4241'))).text();
    expect(wrong).toContain('Your card number is invalid.');
    const past = { ...typedCard('4242424242424242'), expiry: '01/20' };
    expect(await (await postForm(url, past)).text()).toContain('expiry date is in the past');
  });

  it('sells once when the button is pressed twice, and shows a clear page afterwards', async () => {
    const { customer, session } = await makeCheckout(stripe);
    const url = session.url ?? '';
    const twice = await Promise.all([1, 2].map(() => postForm(url, typedCard('4242424242424242'))));
    expect(twice.map(({ status }) => status)).toEqual([303, 303]);
    expect((await stripe.subscriptions.list({ customer: customer.id })).data).toHaveLength(1);
    expect(await (await fetch(url)).text()).toContain('This payment is complete');
    expect((await fetch(`${emulator.url}/c/pay/cs_test_unknown`)).status).toBe(404);
  });

  it('escapes what customers and prices are called', async () => {
    const product = await stripe.products.create({ name: '<script>alert(1)</script>' });
    const price = await stripe.prices.create({
      product: product.id,
      currency: 'usd',
      unit_amount: 100,
      recurring: { interval: 'year' },
    });
    const session = await stripe.checkout.sessions.create({
      mode: 'subscription',
      line_items: [{ price: price.id, quantity: 2 }],
      success_url: 'http://127.0.0.1:9/ok',
    });
    const page = await (await fetch(session.url ?? '')).text();
    expect(page).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(page).not.toContain('<script>alert(1)');
    expect(page).toContain('for="email"');
  });

  it('closes an expired session', async () => {
    const { session } = await makeCheckout(stripe);
    await stripe.checkout.sessions.expire(session.id);
    expect(await (await fetch(session.url ?? '')).text()).toContain('This payment page has expired');
    const { status } = await control(emulator.url, `checkout/${session.id}/complete`);
    expect(status).toBe(400);
  });
});

describe('a subscription', () => {
  const subscribe = async () => {
    const made = await makeCheckout(stripe);
    const { body } = await control(emulator.url, `checkout/${made.session.id}/complete`);
    return { ...made, subscription: await stripe.subscriptions.retrieve(String(body.subscription)) };
  };

  it('can be told to end with its period, and to stay', async () => {
    const { subscription } = await subscribe();
    const ending = await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: true });
    expect(ending.cancel_at).toBe(subscription.items.data[0]?.current_period_end);
    const staying = await stripe.subscriptions.update(subscription.id, { cancel_at_period_end: false });
    expect([staying.cancel_at, staying.canceled_at]).toEqual([null, null]);
  });

  it('ends once', async () => {
    const { subscription, customer } = await subscribe();
    expect((await stripe.subscriptions.cancel(subscription.id)).status).toBe('canceled');
    expect((await failure(stripe.subscriptions.cancel(subscription.id))).code).toBe('resource_missing');
    expect((await stripe.subscriptions.list({ customer: customer.id })).data).toEqual([]);
    const events = await stripe.events.list({ type: 'customer.subscription.deleted' });
    expect(events.data[0]?.data.object).toMatchObject({ id: subscription.id, status: 'canceled' });
  });

  it('credits the old price and charges the new one when the plan changes', async () => {
    const { subscription, product } = await subscribe();
    const bigger = await stripe.prices.create({
      product: product.id,
      currency: 'usd',
      unit_amount: 29_900,
      recurring: { interval: 'month' },
    });
    const after = await stripe.subscriptions.update(subscription.id, {
      items: [{ id: subscription.items.data[0]?.id ?? '', price: bigger.id }],
      proration_behavior: 'always_invoice',
      expand: ['latest_invoice'],
    });
    expect(after.items.data.map(({ price }) => price.unit_amount)).toEqual([29_900]);
    const { latest_invoice: invoice } = after;
    if (!invoice || typeof invoice === 'string') throw new Error('The invoice was not expanded.');
    expect(invoice.status).toBe('paid');
    expect(invoice.total).toBeGreaterThan(19_900);
    expect(invoice.total).toBeLessThanOrEqual(20_000);
  });

  it('is past due after a failed renewal, and active again when the invoice is paid', async () => {
    const { subscription } = await subscribe();
    await control(emulator.url, `subscriptions/${subscription.id}/renew`, { outcome: 'payment_failed' });
    const late = await stripe.subscriptions.retrieve(subscription.id);
    expect(late.status).toBe('past_due');
    const { data } = await stripe.invoices.list({ subscription: subscription.id, status: 'open' });
    expect((await stripe.events.list({ type: 'invoice.payment_failed' })).data).toHaveLength(1);
    expect((await stripe.invoices.pay(data[0]?.id ?? '')).status).toBe('paid');
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  });

  it('is managed in the billing portal', async () => {
    const { subscription, customer } = await subscribe();
    const portal = await stripe.billingPortal.sessions.create({
      customer: customer.id,
      return_url: 'http://127.0.0.1:9/billing',
    });
    const page = await (await fetch(portal.url)).text();
    for (const words of ['Chakravue Starter', '-0001', 'Cancel subscription', 'Update card', 'Return']) {
      expect(page).toContain(words);
    }
    const fields = { subscription: subscription.id };
    await postForm(`${portal.url}/card`, { ...fields, ...typedCard('5555 5555 5555 4444') });
    await postForm(`${portal.url}/cancel`, { ...fields, when: 'period_end' });
    const after = await stripe.subscriptions.retrieve(subscription.id, {
      expand: ['default_payment_method'],
    });
    expect(after).toMatchObject({
      cancel_at_period_end: true,
      default_payment_method: { card: { brand: 'mastercard', last4: '4444' } },
    });
  });

  it('of another customer cannot be touched from a portal', async () => {
    const { subscription } = await subscribe();
    const other = await stripe.customers.create({ name: 'Other' });
    const portal = await stripe.billingPortal.sessions.create({ customer: other.id });
    await postForm(`${portal.url}/cancel`, { subscription: subscription.id, when: 'now' });
    expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  });
});

describe('webhooks', () => {
  it('are tried again until they are answered with 2xx', async () => {
    const receiver = await receive([500, 302, 404]);
    await start({ webhook: { url: receiver.url, secret: SECRET, retryDelaysMs: [20, 20, 20] } });
    await stripe.customers.create({ name: 'A' });
    await receiver.until(() => receiver.received.length === 4);
    expect(new Set(receiver.received.map(({ body }) => JSON.parse(body).id)).size).toBe(1);
  });

  it('that wait are sent after a restart', async () => {
    const dataFile = newDataFile();
    // Attempts enough that they have not run out before the stop.
    const retryDelaysMs = Array.from({ length: 1_000 }, () => 20);
    await start({ dataFile, webhook: { url: 'http://127.0.0.1:1/', secret: SECRET, retryDelaysMs } });
    await stripe.customers.create({ name: 'A' });
    await emulator.stop();
    stops.pop();
    const receiver = await receive();
    await start({ dataFile, webhook: { url: receiver.url, secret: SECRET } });
    await receiver.until(() => receiver.types().includes('customer.created'));
  });

  it('can be sent once more', async () => {
    const receiver = await receive();
    await start({ webhook: { url: receiver.url, secret: SECRET } });
    await stripe.customers.create({ name: 'A' });
    const { data } = await stripe.events.list();
    await control(emulator.url, `events/${data[0]?.id}/redeliver`);
    await receiver.until(() => receiver.received.length === 2);
    expect(receiver.types()).toEqual(['customer.created', 'customer.created']);
  });
});

describe('the API', () => {
  it('forgets nothing in a restart, not even after a torn write', async () => {
    const dataFile = newDataFile();
    await start({ dataFile });
    const { session } = await makeCheckout(stripe);
    await control(emulator.url, `checkout/${session.id}/complete`);
    const before = await stripe.subscriptions.list({ expand: ['data.customer'] });
    await emulator.stop();
    stops.pop();
    writeFileSync(dataFile, `${readFileSync(dataFile, 'utf8')}[["customers","cus_half`);
    await start({ dataFile });
    expect((await stripe.subscriptions.list({ expand: ['data.customer'] })).data).toEqual(before.data);
    expect((await stripe.prices.list()).data[0]?.unit_amount_decimal?.toNumber()).toBe(9_900);
  });

  it('answers the same idempotency key the same, and refuses it for anything else', async () => {
    const options = { idempotencyKey: 'customer:1' };
    const first = await stripe.customers.create({ name: 'A' }, options);
    const second = await stripe.customers.create({ name: 'A' }, options);
    expect(second.id).toBe(first.id);
    expect(second.lastResponse.headers['idempotent-replayed']).toBe('true');
    expect((await stripe.customers.list()).data).toHaveLength(1);
    const other = await failure(stripe.customers.create({ name: 'B' }, options));
    expect([other.type, other.statusCode]).toEqual(['StripeIdempotencyError', 400]);
  });

  it('refuses unknown, missing and malformed parameters by name', async () => {
    const post = (path: string, body: string) =>
      fetch(`${emulator.url}/v1/${path}`, {
        method: 'POST',
        headers: { authorization: 'Bearer sk_test_chakravue_local' },
        body: new URLSearchParams(body),
      }).then((answer) => answer.json());
    expect(await post('customers', 'nme=A')).toMatchObject({
      error: { code: 'parameter_unknown', param: 'nme' },
    });
    expect(await post('products', '')).toMatchObject({ error: { code: 'parameter_missing', param: 'name' } });
    const session =
      'mode=subscription&success_url=http://a.test&line_items[0][quantity]=1&line_items[0][price]=price_0';
    expect(await post('checkout/sessions', session)).toMatchObject({
      error: { code: 'resource_missing', param: 'line_items[0][price]', message: "No such price: 'price_0'" },
    });
    expect(await post('checkout/sessions', session.replace('quantity]=1', 'quantity]=x'))).toMatchObject({
      error: { code: 'parameter_invalid_integer', param: 'line_items[0][quantity]' },
    });
    await stripe.customers.create({ name: 'A' });
    expect((await failure(stripe.customers.list({ expand: ['data.nothing'] }))).statusCode).toBe(400);
  });

  it('answers an unknown id with 404, a wrong key with 401 and an unknown address with 404', async () => {
    const missing = await failure(stripe.customers.retrieve('cus_none'));
    expect([missing.statusCode, missing.code]).toEqual([404, 'resource_missing']);
    expect(missing.requestId).toMatch(/^req_/);
    const refused = await failure(sdk(emulator.url, 'sk_test_wrong').customers.list());
    expect([refused.type, refused.message]).toEqual([
      'StripeAuthenticationError',
      expect.not.stringContaining('sk_test_wrong'),
    ]);
    expect((await failure(stripe.payouts.list())).statusCode).toBe(404);
  });

  it('survives addresses and bodies that make no sense', async () => {
    const raw = (path: string) =>
      new Promise<number>((resolve, reject) => {
        const { hostname, port } = new URL(emulator.url);
        get({ hostname, port, path }, (answer) => {
          answer.resume();
          resolve(answer.statusCode ?? 0);
        }).on('error', reject);
      });
    expect(await Promise.all(['//', '/%E0%A4%A', '/c/pay/..', '/i/', '/v1//'].map(raw))).toEqual([
      404, 404, 404, 404, 401,
    ]);
    const big = await fetch(`${emulator.url}/v1/customers`, {
      method: 'POST',
      body: 'a'.repeat(2_000_000),
    }).then(
      ({ status }) => status,
      () => 413,
    );
    expect(big).toBe(413);
    expect((await fetch(emulator.url)).status).toBe(200);
  });

  it('pages through a list and finds prices by lookup key and customers by e-mail', async () => {
    for (const name of ['A', 'B', 'C', 'D', 'E'])
      await stripe.customers.create({ name, email: `${name}@a.test` });
    const names: string[] = [];
    for await (const { name } of stripe.customers.list({ limit: 2 })) names.push(name ?? '');
    expect(names).toEqual(['E', 'D', 'C', 'B', 'A']);
    expect((await stripe.customers.list({ email: 'C@a.test' })).data.map(({ name }) => name)).toEqual(['C']);
    const product = await stripe.products.create({ name: 'P' });
    const fields = { product: product.id, currency: 'usd', unit_amount: 100, lookup_key: 'k' };
    const price = await stripe.prices.create(fields);
    expect((await stripe.prices.list({ lookup_keys: ['k'], active: true })).data.map(({ id }) => id)).toEqual(
      [price.id],
    );
    expect((await failure(stripe.prices.create(fields))).param).toBe('lookup_key');
  });

  it('gives an embedded session a client secret and no page of its own', async () => {
    const { price } = await makeCheckout(stripe);
    const session = await stripe.checkout.sessions.create({
      mode: 'subscription',
      ui_mode: 'embedded_page',
      line_items: [{ price: price.id, quantity: 1 }],
      return_url: 'http://127.0.0.1:9/ok?session_id={CHECKOUT_SESSION_ID}',
    });
    expect(session.url).toBeNull();
    expect(session.client_secret).toMatch(/_secret_/);
  });

  it('ends a deleted customer’s subscriptions', async () => {
    const { customer, session } = await makeCheckout(stripe);
    await control(emulator.url, `checkout/${session.id}/complete`);
    await stripe.customers.del(customer.id);
    expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ deleted: true });
    const { data } = await stripe.subscriptions.list({ status: 'all' });
    expect(data.map(({ status }) => status)).toEqual(['canceled']);
  });
});
