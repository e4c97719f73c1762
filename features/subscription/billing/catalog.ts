import 'server-only';
import type Stripe from 'stripe';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';
import type { PlanId } from '@/lib/master/vocabulary';
import { stripe } from '@/lib/stripe/client';
import { INTERVALS, type Interval, lookupKeyOf, PLANS, priceCents, SOLD_PLANS } from './plans';
import { type Currencies, SOLD_CURRENCIES, sellingCurrency } from './price-list';

export type CatalogRow = {
  plan: PlanId;
  interval: Interval;
  lookupKey: string;
  priceId: string;
  amountCents: number;
  currency: string;
  /**
   * `moved`: the amount differed, so a new price took the lookup key; who pays the old one goes on paying it.
   */
  outcome: 'found' | 'made' | 'moved';
};

async function productOf(plan: PlanId, prices: readonly Stripe.Price[]): Promise<string> {
  const known = prices[0]?.product;
  if (known) return typeof known === 'string' ? known : known.id;
  const product = await stripe().products.create(
    { name: `Chakravue ${PLANS[plan].name}`, metadata: { plan } },
    { idempotencyKey: `product:${plan}` },
  );
  return product.id;
}

/**
 * The Stripe price of a plan as plans.ts says it, made where it is missing. A price cannot be edited at
 * Stripe: another amount or currency is a new price that takes over the lookup key.
 * @throws AppError CONFLICT for a plan without a price of its own.
 */
export async function ensurePrice(
  plan: PlanId,
  interval: Interval,
  currency = env().BILLING_CURRENCY,
): Promise<CatalogRow> {
  const amountCents = priceCents(plan, interval, currency);
  if (amountCents === null)
    throw new AppError('CONFLICT', 'The price of this plan is agreed with our sales team.');
  const lookupKey = lookupKeyOf(plan, interval, currency);
  const { data } = await stripe().prices.list({
    // Also the dollars: a plan is one product, whatever it is paid in.
    lookup_keys: [...new Set([currency, env().BILLING_CURRENCY, 'usd'])].flatMap((each) =>
      INTERVALS.map((by) => lookupKeyOf(plan, by, each)),
    ),
    active: true,
    limit: 10,
  });
  const found = data.find((price) => price.lookup_key === lookupKey);
  const row = { plan, interval, lookupKey, amountCents, currency };
  if (found?.unit_amount === amountCents && found.currency === currency)
    return { ...row, priceId: found.id, outcome: 'found' };
  const price = await stripe().prices.create({
    product: await productOf(plan, data),
    currency,
    unit_amount: amountCents,
    recurring: { interval },
    lookup_key: lookupKey,
    transfer_lookup_key: true,
    metadata: { plan, interval },
  });
  return { ...row, priceId: price.id, outcome: found ? 'moved' : 'made' };
}

/** Every price that is sold; doing it twice is the same as once. */
export async function ensureCatalog(): Promise<CatalogRow[]> {
  const rows: CatalogRow[] = [];
  const { home, offered } = currencies();
  for (const currency of new Set([home, ...offered])) {
    for (const plan of SOLD_PLANS) {
      for (const interval of INTERVALS) rows.push(await ensurePrice(plan, interval, currency));
    }
  }
  return rows;
}

/** What this installation sells in. */
export function currencies(): Currencies {
  const { BILLING_CURRENCY: home, BILLING_CURRENCIES: offered } = env();
  return { home, offered: offered.filter((one) => SOLD_CURRENCIES.includes(one)) };
}

/**
 * What an organization pays in: as before where it has paid, since a customer of Stripe has one currency;
 * else the currency of its country where plans are sold in it.
 */
export const currencyFor = (organization: {
  country: string;
  subscription?: { currency: string } | null | undefined;
}): string => organization.subscription?.currency ?? sellingCurrency(organization.country, currencies());
