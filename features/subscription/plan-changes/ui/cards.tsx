import type { ReactNode } from 'react';
import { Section } from '@/components/ui/card';
import { type Description, DescriptionList } from '@/components/ui/description-list';
import { Meter } from '@/components/ui/meter';
import { PLANS } from '@/features/subscription/billing/plans';
import { brandName, dayIn, priceIn } from '@/features/subscription/billing/ui/labels';
import { StateBadge } from '@/features/subscription/billing/ui/state-badge';
import { formatBytes, formatMoney } from '@/lib/money';
import type { SubscriptionPage } from '../queries';
import { CancelDialog, PauseDialog } from './cancel-dialog';
import { UpdateCardButton } from './verbs';

type Props = { page: SubscriptionPage; timeZone: string; canChange: boolean };

/** One that has run out says nothing of the next invoice. */
const isRunningOn = ({ endsAt }: { endsAt: string | null }): boolean =>
  endsAt === null || endsAt > new Date().toISOString();

/**
 * What is paid for and what comes next. `nextInvoice` is asked of Stripe, so it arrives later than the rest.
 */
export function PlanCard({ page, timeZone, canChange, nextInvoice }: Props & { nextInvoice: ReactNode }) {
  const { subscription, plan } = page;
  const isRunning = subscription?.isLive && !subscription.cancelAtPeriodEnd;
  const canPause = isRunning && subscription.status === 'active' && subscription.interval === 'month';
  const items: Description[] = [
    { label: 'Plan', value: <span className="font-semibold">{PLANS[plan].name}</span> },
    {
      label: 'Price',
      value: subscription
        ? priceIn(subscription.cents, subscription.currency, subscription.interval)
        : 'As agreed',
    },
    ...(subscription?.isLive
      ? [
          subscription.cancelAtPeriodEnd
            ? { label: 'Ends', value: dayIn(subscription.currentPeriodEnd, timeZone) }
            : { label: 'Next invoice', value: nextInvoice },
        ]
      : []),
    { label: 'Support', value: PLANS[plan].support },
    ...(subscription?.discount && isRunningOn(subscription.discount)
      ? [
          {
            label: 'Discount',
            value: `${subscription.discount.percentOff ? `${subscription.discount.percentOff}% off` : (subscription.discount.name ?? 'Agreed')}${subscription.discount.endsAt ? `, until ${dayIn(subscription.discount.endsAt, timeZone)}` : ''}`,
          },
        ]
      : []),
  ];
  return (
    <Section title="Plan" actions={<StateBadge state={page.state} status={subscription?.status ?? null} />}>
      <DescriptionList columns={2} items={items} />
      {canChange && isRunning ? (
        <div className="no-print mt-4 -mb-2 flex flex-wrap gap-1 border-border border-t pt-2">
          {canPause && !subscription.pause ? <PauseDialog {...{ subscription, timeZone }} /> : null}
          <CancelDialog {...{ subscription, timeZone }} />
        </div>
      ) : null}
      {canChange ? null : (
        <p className="mt-4 text-[0.8125rem] text-text-muted">
          Only the owner can change the card or the plan.
        </p>
      )}
    </Section>
  );
}

export function UsageCard({ page }: { page: SubscriptionPage }) {
  const { seats, storage } = page;
  return (
    <Section title="In use" description="What your plan includes, and how much of it you use.">
      <div className="grid gap-5">
        <Meter label="Staff accounts, with pending invitations" value={seats.used} max={seats.limit} />
        <Meter
          label="Storage"
          value={storage.usedBytes}
          max={storage.limitBytes}
          text={
            storage.limitBytes === null
              ? formatBytes(storage.usedBytes)
              : `${formatBytes(storage.usedBytes)} of ${formatBytes(storage.limitBytes)}`
          }
        />
      </div>
    </Section>
  );
}

export function PaymentMethodCard({ page, canChange }: Omit<Props, 'timeZone'>) {
  const { subscription } = page;
  const card = subscription?.card;
  return (
    <Section
      title="Payment method"
      actions={canChange && page.isCustomer ? <UpdateCardButton size="sm" /> : null}
    >
      {card ? (
        <p className="text-text">
          {brandName(card.brand)} <span className="tabular-nums">•••• {card.last4}</span>
          {card.expires ? <span className="text-text-muted">, valid until {card.expires}</span> : null}
        </p>
      ) : (
        <p className="text-text-muted">
          {subscription?.isInvoiced ? 'You pay by invoice.' : 'There is no card yet.'}
        </p>
      )}
    </Section>
  );
}

export const nextInvoiceText = (
  next: { at: string; cents: number; currency: string } | null,
  fallbackDay: string,
  timeZone: string,
): string =>
  next ? `${formatMoney(next.cents, next.currency)} on ${dayIn(next.at, timeZone)}` : fallbackDay;
