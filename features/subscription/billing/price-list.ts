import { currencyOf } from '@/lib/currency';

/**
 * What a month costs before tax, in the smallest unit of each currency that plans are sold in. A new price is
 * for those who come: who pays the old one goes on paying it.
 */
const MONTHLY = {
  usd: { starter: 9_900, professional: 29_900 },
  inr: { starter: 499_900, professional: 1_499_900 },
  eur: { starter: 8_900, professional: 26_900 },
  gbp: { starter: 7_900, professional: 23_900 },
  aed: { starter: 36_900, professional: 109_900 },
} as const satisfies Record<string, Record<SoldPlan, number>>;

export type SoldPlan = 'starter' | 'professional';
export const SOLD_CURRENCIES: readonly string[] = Object.keys(MONTHLY);

const isListed = (currency: string): currency is keyof typeof MONTHLY => SOLD_CURRENCIES.includes(currency);

/** A currency without prices of its own, which an installation may be set to, has the figures of dollars. */
export const monthlyPrice = (plan: SoldPlan, currency: string): number =>
  MONTHLY[isListed(currency) ? currency : 'usd'][plan];

/** What this installation sells in: `home`, and beside it the currencies of countries that have prices. */
export type Currencies = { home: string; offered: readonly string[] };

/** The currency in which somebody of a country is asked to pay. */
export function sellingCurrency(country: string, { home, offered }: Currencies): string {
  const own = currencyOf(country).toLowerCase();
  return offered.includes(own) && isListed(own) ? own : home;
}
