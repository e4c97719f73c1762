import { mkdtempSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Stripe from 'stripe';
import { DEFAULT_SECRET_KEY } from './emulator';

/** A file for one emulator's state. */
export const newDataFile = (): string => join(mkdtempSync(join(tmpdir(), 'stripe-emulator-')), 'state.json');

/** The real SDK, talking to an emulator. */
export function sdk(url: string, key = DEFAULT_SECRET_KEY): Stripe {
  const { hostname, port } = new URL(url);
  return new Stripe(key, { host: hostname, port, protocol: 'http', telemetry: false, maxNetworkRetries: 0 });
}

export type Received = { body: string; signature: string };

/** A receiver of webhooks; `answers` are the first statuses it gives, then always 200. */
export async function startReceiver(answers: number[] = []) {
  const received: Received[] = [];
  const waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      received.push({
        body: Buffer.concat(chunks).toString('utf8'),
        signature: String(request.headers['stripe-signature']),
      });
      response.writeHead(answers.shift() ?? 200).end();
      for (const wake of waiting.splice(0)) wake();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  const types = (): string[] => received.map(({ body }) => JSON.parse(body).type);
  return {
    url: `http://127.0.0.1:${port}/webhook`,
    received,
    types,
    /** Resolves when the last of these types has come. */
    until: async (isDone: () => boolean): Promise<void> => {
      while (!isDone()) await new Promise<void>((resolve) => waiting.push(resolve));
    },
    stop: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Customer, product, price and an open checkout session. */
export async function makeCheckout(stripe: Stripe, unitAmount = 9_900) {
  const customer = await stripe.customers.create({ email: 'owner@clinic.test', name: 'Lumbini Eye Clinic' });
  const product = await stripe.products.create({ name: 'Chakravue Starter', metadata: { plan: 'starter' } });
  const price = await stripe.prices.create({
    product: product.id,
    currency: 'usd',
    unit_amount: unitAmount,
    recurring: { interval: 'month' },
  });
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    success_url: 'http://127.0.0.1:9/ok?session_id={CHECKOUT_SESSION_ID}',
    cancel_url: 'http://127.0.0.1:9/canceled',
    client_reference_id: 'org-1',
    subscription_data: { metadata: { organizationId: 'org-1' } },
  });
  return { customer, product, price, session };
}

/** Calls a control endpoint, which speaks JSON. */
export async function control(url: string, path: string, body: object = {}, key = DEFAULT_SECRET_KEY) {
  const answer = await fetch(`${url}/_emulator/${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  return { status: answer.status, body: await answer.json() };
}

/** Posts the hosted page's form without following where it leads. */
export const postForm = (address: string, fields: Record<string, string>): Promise<Response> =>
  fetch(address, { method: 'POST', body: new URLSearchParams(fields), redirect: 'manual' });

/** What a control endpoint wants to see. */
export const DEFAULT_AUTHORIZATION = `Bearer ${DEFAULT_SECRET_KEY}`;

export const typedCard = (number: string): Record<string, string> => ({
  number,
  expiry: '12 / 40',
  cvc: '123',
  name: 'Asha Rai',
});
