import 'server-only';
import Stripe from 'stripe';
import { env } from '../env';

const KEY = Symbol.for('chakravue.stripe');
const global = globalThis as { [key: symbol]: Stripe | undefined };

/** The key that the local emulator accepts; it opens nothing anywhere else. */
const EMULATOR_KEY = 'sk_test_chakravue_local';

/** The Stripe SDK: talking to Stripe when STRIPE_SECRET_KEY is set, else to the emulator's address. */
export function stripe(): Stripe {
  const known = global[KEY];
  if (known) return known;
  const { STRIPE_SECRET_KEY, STRIPE_EMULATOR_URL } = env();
  const common = { maxNetworkRetries: 2, timeout: 10_000, telemetry: false } as const;
  if (STRIPE_SECRET_KEY || !STRIPE_EMULATOR_URL) {
    global[KEY] = new Stripe(STRIPE_SECRET_KEY ?? '', common);
    return global[KEY];
  }
  const address = new URL(STRIPE_EMULATOR_URL);
  global[KEY] = new Stripe(EMULATOR_KEY, {
    ...common,
    host: address.hostname,
    port: address.port,
    protocol: address.protocol === 'https:' ? 'https' : 'http',
  });
  return global[KEY];
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
  stripe().webhooks.constructEvent(rawBody, signature, env().STRIPE_WEBHOOK_SECRET);
