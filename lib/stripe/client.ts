import 'server-only';
import Stripe from 'stripe';
import { env } from '../env';

const KEY = Symbol.for('chakravue.stripe');
const global = globalThis as { [key: symbol]: Stripe | undefined };

/** The key that the local emulator accepts; it opens nothing anywhere else. */
const EMULATOR_KEY = 'sk_test_chakravue_local';

/** The Stripe SDK: talking to Stripe when STRIPE_SECRET_KEY is set, else to the emulator's address. */
export function stripe(): Stripe {
  global[KEY] ??= sdkOf(env().STRIPE_SECRET_KEY ?? (env().STRIPE_EMULATOR_URL ? EMULATOR_KEY : ''));
  return global[KEY];
}

/** The SDK with a key that is not ours: a hospital's own account, at the same Stripe or emulator. */
export const stripeWith = (secretKey: string): Stripe => sdkOf(secretKey);

function sdkOf(secretKey: string): Stripe {
  const { STRIPE_SECRET_KEY, STRIPE_EMULATOR_URL } = env();
  const common = { maxNetworkRetries: 2, timeout: 10_000, telemetry: false } as const;
  if (STRIPE_SECRET_KEY || !STRIPE_EMULATOR_URL) return new Stripe(secretKey, common);
  const address = new URL(STRIPE_EMULATOR_URL);
  return new Stripe(secretKey, {
    ...common,
    host: address.hostname,
    port: address.port,
    protocol: address.protocol === 'https:' ? 'https' : 'http',
  });
}

/**
 * The cheapest question with our key.
 * @throws within seconds when Stripe does not answer or refuses the key.
 */
export async function pingStripe(): Promise<void> {
  await stripe().prices.list({ limit: 1 }, { timeout: 7_000, maxNetworkRetries: 0 });
}

/** Which of the two is in use, for the log and /api/health/ready. */
export const stripeMode = (): 'stripe' | 'emulator' => (env().STRIPE_SECRET_KEY ? 'stripe' : 'emulator');

/** The signed event of a webhook. @throws when the signature does not fit the body or is too old. */
export const readStripeEvent = (rawBody: Buffer, signature: string): Stripe.Event =>
  readEventOf(rawBody, signature, env().STRIPE_WEBHOOK_SECRET);

/** The same, signed with the secret of somebody else's endpoint. */
export const readEventOf = (rawBody: Buffer, signature: string, secret: string): Stripe.Event =>
  stripe().webhooks.constructEvent(rawBody, signature, secret);
