'use client';
import { clsx } from 'clsx';
import { useEffect, useState } from 'react';
import { buttonClass } from '@/components/ui/button-class';
import { Icon } from '@/components/ui/icon';
import { Segments } from '@/components/ui/segments';
import type { PlanId } from '@/lib/master/vocabulary';

export type PlanCard = {
  id: PlanId;
  name: string;
  forWhom: string;
  highlights: readonly string[];
  href: string;
  call: string;
  /** By currency, in words; of what has a price. */
  prices: Readonly<Record<string, { month: string; year: string }>>;
};

/** The plans with their prices, in the currency of the reader's country where plans are sold in it. */
export function PlanPrices({
  home,
  choices,
  regions,
  cards,
}: {
  home: string;
  choices: readonly string[];
  /** Countries that pay in another currency than `home`, with it. */
  regions: Readonly<Record<string, string>>;
  cards: readonly PlanCard[];
}) {
  const [currency, setCurrency] = useState(home);
  useEffect(() => {
    const region = /-([A-Z]{2})$/.exec(navigator.language)?.[1] ?? '';
    setCurrency(regions[region] ?? home);
  }, [home, regions]);
  return (
    <div className="grid gap-5">
      {choices.length > 1 ? (
        <Segments
          legend="Prices in"
          name="currency"
          options={choices.map((choice) => ({ value: choice, label: choice.toUpperCase() }))}
          value={currency}
          onChange={setCurrency}
          className="mx-auto"
        />
      ) : null}
      <Cards currency={currency} cards={cards} />
    </div>
  );
}

function Cards({ currency, cards }: { currency: string; cards: readonly PlanCard[] }) {
  return (
    <div className="grid gap-5 md:grid-cols-3">
      {cards.map(({ id, name, forWhom, highlights, href, call, prices }) => {
        const price = prices[currency];
        const isMiddle = id === 'professional';
        return (
          <section
            key={id}
            aria-labelledby={`plan-${id}`}
            className={clsx(
              'flex flex-col rounded-xl border bg-surface-raised p-6',
              isMiddle ? 'border-accent shadow-overlay' : 'border-border shadow-raised',
            )}
          >
            <h2 id={`plan-${id}`} className="text-lg font-semibold">
              {name}
            </h2>
            <p className="text-text-muted">{forWhom}</p>
            <p className="mt-5 flex items-baseline gap-1.5">
              <span className="tabular text-4xl font-semibold tracking-tight">
                {price ? price.month : 'Custom'}
              </span>
              {price ? <span className="text-text-muted">a month</span> : null}
            </p>
            <p className="mt-1 text-[13px] text-text-muted">
              {price ? `or ${price.year} a year: twelve months for ten` : 'A price agreed with you'}
            </p>
            <ul className="mb-6 mt-5 space-y-2.5">
              {highlights.map((line) => (
                <li key={line} className="flex gap-2.5">
                  <Icon of="check" className="mt-0.5 size-4 shrink-0 text-success" />
                  {line}
                </li>
              ))}
            </ul>
            <a
              href={href}
              className={buttonClass({
                size: 'lg',
                variant: isMiddle ? 'primary' : 'secondary',
                className: 'mt-auto',
              })}
            >
              {call}
            </a>
          </section>
        );
      })}
    </div>
  );
}
