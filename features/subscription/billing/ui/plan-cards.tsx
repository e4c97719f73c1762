import { COUNTRY_CODES } from '@/lib/countries';
import { PLAN_IDS, type PlanId } from '@/lib/master/vocabulary';
import { formatMoney } from '@/lib/money';
import { PLANS, priceCents } from '../plans';
import { type Currencies, sellingCurrency } from '../price-list';
import { type PlanCard, PlanPrices } from './plan-prices';

const CALL = {
  starter: 'Choose Starter',
  professional: 'Choose Professional',
  enterprise: 'Contact sales',
} as const;

/** The plans: lists of prices and currencies stay on the server, the browser gets the words. */
export function PlanCards({
  currencies,
  hrefs,
}: {
  currencies: Currencies;
  /** Where each leads. */
  hrefs: Record<PlanId, string>;
}) {
  const { home, offered } = currencies;
  const choices = [...new Set([home, ...offered])];
  const pricesOf = (id: PlanId): PlanCard['prices'] =>
    Object.fromEntries(
      choices.flatMap((currency) => {
        const [month, year] = [priceCents(id, 'month', currency), priceCents(id, 'year', currency)];
        if (month === null || year === null) return [];
        return [[currency, { month: formatMoney(month, currency), year: formatMoney(year, currency) }]];
      }),
    );
  const sold = COUNTRY_CODES.map((code) => [code, sellingCurrency(code, currencies)] as const);
  return (
    <PlanPrices
      home={home}
      choices={choices}
      regions={Object.fromEntries(sold.filter(([, currency]) => currency !== home))}
      cards={PLAN_IDS.map((id) => {
        const { name, forWhom, highlights } = PLANS[id];
        return { id, name, forWhom, highlights, href: hrefs[id], call: CALL[id], prices: pricesOf(id) };
      })}
    />
  );
}
