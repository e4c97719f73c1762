import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type StripeEmulator, startStripeEmulator } from './emulator';
import { control, newDataFile, postForm, sdk, startReceiver, typedCard } from './test-support';

const FIRST = 'sk_test_hospital_first';
const SECOND = 'sk_test_hospital_second';

let emulator: StripeEmulator;
let dataFile: string;
const start = async () => {
  emulator = await startStripeEmulator({ dataFile });
};
const payment = {
  mode: 'payment' as const,
  line_items: [
    {
      price_data: { currency: 'inr', unit_amount: 50_000, product_data: { name: 'Bill 1' } },
      quantity: 1,
    },
  ],
  success_url: 'http://127.0.0.1:9/ok',
};

beforeEach(async () => {
  dataFile = newDataFile();
  await start();
  await control(emulator.url, 'accounts', { secretKey: FIRST, name: 'First' });
  await control(emulator.url, 'accounts', { secretKey: SECOND, name: 'Second', currency: 'eur' });
});
afterEach(() => emulator.stop());

describe('accounts', () => {
  it('are known by their keys, also after a restart, and a key that is nobody’s opens none', async () => {
    await control(emulator.url, 'accounts', { secretKey: FIRST, name: 'Once more' });
    await emulator.stop();
    await start();
    const [first, second] = await Promise.all(
      [FIRST, SECOND].map((key) => sdk(emulator.url, key).accounts.retrieve(null)),
    );
    expect(first).toMatchObject({
      settings: { dashboard: { display_name: 'First' } },
      default_currency: 'inr',
    });
    expect(second).toMatchObject({
      settings: { dashboard: { display_name: 'Second' } },
      default_currency: 'eur',
    });
    expect(first?.id).not.toBe(second?.id);
    await expect(sdk(emulator.url, 'sk_test_nobody_at_all').accounts.retrieve(null)).rejects.toMatchObject({
      ...{ type: 'StripeAuthenticationError', statusCode: 401 },
    });
  });

  it('see nothing of each other', async () => {
    const [first, second] = [sdk(emulator.url, FIRST), sdk(emulator.url, SECOND)];
    const session = await first.checkout.sessions.create(payment);
    await expect(second.checkout.sessions.retrieve(session.id)).rejects.toMatchObject({
      code: 'resource_missing',
    });
    expect((await second.checkout.sessions.list()).data).toEqual([]);
    expect((await sdk(emulator.url).checkout.sessions.list()).data).toEqual([]);
  });
});

describe('a single payment', () => {
  it('is taken by its page, told to the endpoint that wants it with its own secret, and given back', async () => {
    const receiver = await startReceiver();
    const stripe = sdk(emulator.url, FIRST);
    const { secret } = await stripe.webhookEndpoints.create({
      url: receiver.url,
      enabled_events: ['checkout.session.completed', 'refund.failed'],
    });
    const session = await stripe.checkout.sessions.create(payment);
    const refused = await postForm(session.url ?? '', {
      ...typedCard('4000000000000002'),
      email: 'a@b.test',
    });
    expect(await refused.text()).toContain('Your card was declined.');
    await postForm(session.url ?? '', { ...typedCard('4242424242424242'), email: 'a@b.test' });
    const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
    expect(paid).toMatchObject({ status: 'complete', payment_status: 'paid', amount_total: 50_000 });
    expect(paid.payment_intent).toMatchObject({ status: 'succeeded', amount_received: 50_000 });
    await receiver.until(() => receiver.received.length > 0);
    expect(receiver.types()).toEqual(['checkout.session.completed']);
    const { body = '', signature = '' } = receiver.received[0] ?? {};
    expect(stripe.webhooks.constructEvent(body, signature, secret ?? '').data.object).toMatchObject({
      id: session.id,
    });
    await expect(stripe.checkout.sessions.expire(session.id)).rejects.toMatchObject({ statusCode: 400 });
    const intent = paid.payment_intent;
    const payment_intent = typeof intent === 'string' ? intent : (intent?.id ?? '');
    const refund = await stripe.refunds.create({ payment_intent, amount: 20_000 });
    await control(emulator.url, `refunds/${refund.id}/fail`, {}, FIRST);
    await receiver.until(() => receiver.received.length > 1);
    expect(receiver.types().at(-1)).toBe('refund.failed');
    // What failed is there to be given back again, all of it.
    await expect(stripe.refunds.create({ payment_intent, amount: 50_000 })).resolves.toMatchObject({
      status: 'succeeded',
    });
    await receiver.stop();
  });

  it('of less than the least is refused', async () => {
    const small = {
      ...payment.line_items[0],
      price_data: { currency: 'inr', unit_amount: 49, product_data: { name: 'B' } },
    };
    await expect(
      sdk(emulator.url, FIRST).checkout.sessions.create({
        ...payment,
        line_items: [{ ...small, quantity: 1 }],
      }),
    ).rejects.toMatchObject({ code: 'amount_too_small' });
  });
});
