import { exponentOf } from '@/lib/currency';

/** Who takes payments online. Another one is an adapter and a line here (docs/decisions/0052). */
export const PROVIDERS = { stripe: 'Stripe' } as const;
export type ProviderId = keyof typeof PROVIDERS;
export const PROVIDER_IDS = Object.keys(PROVIDERS) as [ProviderId, ...ProviderId[]];

export const NO_ACCOUNT =
  'No account for online payments is set up. The owner does that under Settings, Online payments.';

/** A secret key of Stripe, or one that is restricted to what we do. A publishable key opens nothing. */
export const SECRET_KEY = /^(sk|rk)_(test|live)_\w{8,240}$/;
export const isLiveKey = (key: string): boolean => /^(sk|rk)_live_/.test(key);

/**
 * Whether payments by a key may be receipts here. Where hospitals really pay us, a key of test mode would
 * write receipts for money that nobody has: everybody knows its cards.
 */
export const mayBeReceived = (key: string, ourKey: string | undefined): boolean =>
  isLiveKey(key) || !ourKey || !isLiveKey(ourKey);

/** Currencies that Stripe counts in whole units, and those of a thousandth: docs.stripe.com/currencies. */
const WHOLE = new Set('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF'.split(' '));
const THOUSANDTH = new Set(['BHD', 'JOD', 'KWD', 'OMR', 'TND']);

const stripeExponent = (currency: string): number =>
  WHOLE.has(currency) ? 0 : THOUSANDTH.has(currency) ? 3 : 2;

/**
 * An amount in the unit that Stripe counts a currency in, which is not the smallest one for some. Null where
 * Stripe has no such amount: thousandths end in a zero there.
 */
export function toStripeAmount(minor: number, currency: string): number | null {
  const shift = stripeExponent(currency) - exponentOf(currency);
  const amount = shift >= 0 ? minor * 10 ** shift : minor / 10 ** -shift;
  if (!Number.isSafeInteger(amount)) return null;
  return THOUSANDTH.has(currency) && amount % 10 !== 0 ? null : amount;
}

/** The same back. Null for a part of the smallest unit. */
export function fromStripeAmount(amount: number, currency: string): number | null {
  const shift = exponentOf(currency) - stripeExponent(currency);
  const minor = shift >= 0 ? amount * 10 ** shift : amount / 10 ** -shift;
  return Number.isSafeInteger(minor) ? minor : null;
}
