'use client';
import { useEffect, useState } from 'react';
import { Button } from '@/components/ui/button';
import { cn } from '@/components/ui/cn';
import { Check } from '@/components/ui/icons';
import Link from '@/components/ui/link';
import { PLAN_IDS } from '@/lib/master/vocabulary';
import { formatMoney } from '@/lib/money';
import { paths } from '@/lib/paths';
import { PLANS, priceCents } from '../plans';
import { type Currencies, sellingCurrency } from '../price-list';

const CALL = {
  starter: 'Choose Starter',
  professional: 'Choose Professional',
  enterprise: 'Contact sales',
} as const;

/** The plans with their prices, in the currency of the reader's country where plans are sold in it. */
export function PlanCards({ currencies }: { currencies: Currencies }) {
  const { home, offered } = currencies;
  const choices = [...new Set([home, ...offered])];
  const [currency, setCurrency] = useState(home);
  useEffect(() => {
    const region = /-([A-Z]{2})$/.exec(navigator.language)?.[1];
    if (region) setCurrency(sellingCurrency(region, { home, offered }));
  }, [home, offered]);
  return (
    <div className="grid gap-5">
      {choices.length > 1 ? (
        <CurrencySwitch choices={choices} value={currency} onChange={setCurrency} />
      ) : null}
      <Cards currency={currency} />
    </div>
  );
}

function CurrencySwitch({
  choices,
  value,
  onChange,
}: {
  choices: readonly string[];
  value: string;
  onChange: (currency: string) => void;
}) {
  return (
    <fieldset className="mx-auto inline-flex flex-wrap rounded-md border border-border bg-surface-sunken p-0.5">
      <legend className="sr-only">Prices in</legend>
      {choices.map((currency) => (
        <label
          key={currency}
          className={cn(
            'cursor-pointer rounded-sm px-3 py-1 text-[0.8125rem] has-focus-visible:outline-2 has-focus-visible:outline-ring',
            value === currency ? 'bg-surface-raised font-medium text-text shadow-raised' : 'text-text-muted',
          )}
        >
          <input
            type="radio"
            name="currency"
            className="sr-only"
            checked={value === currency}
            onChange={() => onChange(currency)}
          />
          {currency.toUpperCase()}
        </label>
      ))}
    </fieldset>
  );
}

function Cards({ currency }: { currency: string }) {
  return (
    <div className="grid gap-5 md:grid-cols-3">
      {PLAN_IDS.map((id) => {
        const plan = PLANS[id];
        const [monthly, yearly] = [priceCents(id, 'month', currency), priceCents(id, 'year', currency)];
        const isMiddle = id === 'professional';
        return (
          <section
            key={id}
            aria-labelledby={`plan-${id}`}
            className={cn(
              'flex flex-col rounded-xl border bg-surface-raised p-6',
              isMiddle ? 'border-accent shadow-overlay' : 'border-border shadow-raised',
            )}
          >
            <h2 id={`plan-${id}`} className="text-lg font-semibold">
              {plan.name}
            </h2>
            <p className="text-text-muted">{plan.forWhom}</p>
            <p className="mt-5 flex items-baseline gap-1.5">
              <span className="tabular text-4xl font-semibold tracking-tight">
                {monthly === null ? 'Custom' : formatMoney(monthly, currency)}
              </span>
              {monthly === null ? null : <span className="text-text-muted">a month</span>}
            </p>
            <p className="mt-1 text-[13px] text-text-muted">
              {yearly === null
                ? 'A price agreed with you'
                : `or ${formatMoney(yearly, currency)} a year: twelve months for ten`}
            </p>
            <ul className="mb-6 mt-5 space-y-2.5">
              {plan.highlights.map((line) => (
                <li key={line} className="flex gap-2.5">
                  <Check className="mt-0.5 size-4 shrink-0 text-success" aria-hidden />
                  {line}
                </li>
              ))}
            </ul>
            <Button asChild size="lg" variant={isMiddle ? 'primary' : 'secondary'} className="mt-auto">
              <Link href={paths.signup(id)}>{CALL[id]}</Link>
            </Button>
          </section>
        );
      })}
    </div>
  );
}
