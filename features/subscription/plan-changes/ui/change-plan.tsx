'use client';
import { clsx } from 'clsx';
import { useState } from 'react';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { Section } from '@/components/ui/card';
import { Icon } from '@/components/ui/icon';
import { Segments } from '@/components/ui/segments';
import { type Interval, PLANS, priceCents, SOLD_PLANS } from '@/features/subscription/billing/plans';
import type { SoldPlan } from '@/features/subscription/billing/price-list';
import { formatMoney } from '@/lib/money';
import { changeKind } from '../policy';
import type { SubscriptionPage, SubscriptionView } from '../queries';
import { DowngradeDialog } from './downgrade-dialog';
import { UpgradeDialog } from './upgrade-dialog';

const SHARE_SAVED = Math.round(
  100 -
    (100 * (priceCents('starter', 'year', 'usd') ?? 0)) / (12 * (priceCents('starter', 'month', 'usd') ?? 1)),
);

const INTERVALS = [
  { value: 'month', label: 'Monthly' },
  { value: 'year', label: `Yearly, ${SHARE_SAVED}% less` },
] as const satisfies readonly { value: Interval; label: string }[];

/** The plans side by side, by the month or by the year, each with the one thing that can be done about it. */
export function ChangePlan({
  page,
  subscription,
  timeZone,
}: {
  page: SubscriptionPage;
  subscription: SubscriptionView;
  timeZone: string;
}) {
  const [interval, setInterval] = useState<Interval>(subscription.interval);
  return (
    <Section
      title="Change plan"
      description="A larger plan starts at once; a smaller one when the period you have paid for ends."
      actions={
        <Segments legend="Pay by" name="pay-by" options={INTERVALS} value={interval} onChange={setInterval} />
      }
    >
      <div className="grid gap-4 md:grid-cols-2">
        {SOLD_PLANS.map((plan) => (
          <PlanChoice key={plan} {...{ plan, interval, page, subscription, timeZone }} />
        ))}
      </div>
    </Section>
  );
}

function PlanChoice({
  plan,
  interval,
  page,
  subscription,
  timeZone,
}: {
  plan: SoldPlan;
  interval: Interval;
  page: SubscriptionPage;
  subscription: SubscriptionView;
  timeZone: string;
}) {
  const { name, highlights, forWhom } = PLANS[plan];
  const cents = priceCents(plan, interval, subscription.currency) ?? 0;
  const kind = changeKind({ plan: page.plan, interval: subscription.interval }, { plan, interval });
  const isPending =
    subscription.pendingChange?.plan === plan && subscription.pendingChange.interval === interval;
  const isSamePlan = plan === page.plan;
  const by = interval === 'year' ? 'yearly' : 'monthly';
  return (
    <article
      aria-label={name}
      className={clsx(
        'flex flex-col rounded-lg border p-4',
        kind === 'none' ? 'border-accent bg-accent-soft/40' : 'border-border',
      )}
    >
      <div className="flex flex-wrap items-baseline justify-between gap-2">
        <h3 className="font-semibold text-text">{name}</h3>
        {kind === 'none' ? <Badge tone="accent">Your plan</Badge> : null}
      </div>
      <p className="text-[0.8125rem] text-text-muted">{forWhom}</p>
      <p className="mt-2 text-text tabular-nums">
        <span className="font-semibold text-xl">{formatMoney(cents, subscription.currency)}</span>{' '}
        <span className="text-text-muted">a {interval}</span>
      </p>
      <ul className="my-3 grid gap-1.5 text-[0.8125rem] text-text-muted">
        {highlights.map((line) => (
          <li key={line} className="flex items-start gap-2">
            <Icon of="check" className="mt-0.5 size-3.5 shrink-0 text-accent" />
            {line}
          </li>
        ))}
      </ul>
      <div className="mt-auto">
        {kind === 'now' ? (
          <UpgradeDialog
            {...{ plan, interval, timeZone }}
            trigger={<Button variant="primary">{isSamePlan ? `Pay ${by}` : `Upgrade to ${name}`}</Button>}
          />
        ) : null}
        {kind === 'later' && !isPending ? (
          <DowngradeDialog
            {...{ plan, interval, page, subscription, timeZone, cents }}
            trigger={<Button>{isSamePlan ? `Pay ${by}` : `Downgrade to ${name}`}</Button>}
          />
        ) : null}
        {isPending ? <p className="text-[0.8125rem] text-text-muted">Starts with the next period.</p> : null}
      </div>
    </article>
  );
}
