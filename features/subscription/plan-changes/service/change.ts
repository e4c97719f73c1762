import 'server-only';
import type Stripe from 'stripe';
import type { z } from 'zod';
import type { Interval } from '@/features/subscription/billing/plans';
import { intervalOf } from '@/features/subscription/billing/snapshot';
import { syncSubscription } from '@/features/subscription/billing/sync';
import { AppError } from '@/lib/errors';
import type { PlanId } from '@/lib/master/vocabulary';
import { stripe } from '@/lib/stripe/client';
import { reach } from '@/lib/stripe/failures';
import { changeKind } from '../policy';
import { priceIdOf } from '../prices';
import { type CustomerSubscription, liveSubscription, planOf } from '../reach';
import type { changePlanInput, previewChangeInput, scheduleChangeInput } from '../schema';

const PREVIEW_MINUTES = 30;

/** The organization's own people, or the company for it. */
type OfOrganization = { organizationId: string };

const termsOf = (live: CustomerSubscription): { plan: PlanId; interval: Interval } => ({
  plan: planOf(live),
  interval: intervalOf(live.item.price),
});

/** Two requests for one change, or one that its preview no longer fits. */
const changedMeanwhile = () =>
  new AppError('CONFLICT', 'The subscription was changed meanwhile. Look at it again, then choose.');

const scheduleIdOf = (subscription: Stripe.Subscription): string | null =>
  typeof subscription.schedule === 'string' ? subscription.schedule : (subscription.schedule?.id ?? null);

const sumOf = (amounts: readonly { amount: number }[] | null | undefined): number =>
  (amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);

export type ChangePreview = {
  plan: PlanId;
  interval: Interval;
  currency: string;
  /** What is charged at once; below zero is kept as credit. */
  dueTodayCents: number;
  taxCents: number;
  /** Credit for the rest of the old terms, what the rest of the new ones costs. */
  lines: { description: string; cents: number }[];
  /** The invoice after this one. */
  next: { at: string; cents: number };
  prorationDate: number;
  isTrial: boolean;
};

/**
 * What a change at once costs, to the cent, computed by Stripe for this very second; nothing is changed.
 * @throws AppError CONFLICT for terms that are not an upgrade.
 */
export async function previewChange(
  ctx: OfOrganization,
  input: z.output<typeof previewChangeInput>,
  now = new Date(),
): Promise<ChangePreview> {
  const preview = async (): Promise<ChangePreview> => {
    const live = await liveSubscription(ctx.organizationId);
    const { subscription, item, customerId } = live;
    if (changeKind(termsOf(live), input) !== 'now') throw changedMeanwhile();
    const price = await priceIdOf(input.plan, input.interval, item.price.currency);
    const prorationDate = Math.floor(now.getTime() / 1_000);
    const isTrial = subscription.status === 'trialing';
    const common = { customer: customerId, subscription: subscription.id };
    const items = [{ id: item.id, price }];
    const [today, newPrice] = await Promise.all([
      stripe().invoices.createPreview({
        ...common,
        subscription_details: {
          items,
          proration_behavior: isTrial ? 'none' : 'always_invoice',
          ...(isTrial ? {} : { proration_date: prorationDate }),
        },
      }),
      stripe().prices.retrieve(price),
    ]);
    const restarts = input.interval !== termsOf(live).interval;
    const lastDay = Math.max(...today.lines.data.map(({ period }) => period.end), 0);
    const renewsAt = restarts && lastDay > 0 ? lastDay : item.current_period_end;
    // A trial ends when it ends, however long the period after it is.
    const nextAt = isTrial ? (subscription.trial_end ?? item.current_period_end) : renewsAt;
    return {
      ...input,
      currency: today.currency,
      // During a trial the preview is the first invoice after it.
      dueTodayCents: isTrial ? 0 : today.amount_due,
      taxCents: isTrial ? 0 : sumOf(today.total_taxes),
      lines: isTrial
        ? []
        : today.lines.data.map(({ description, amount }) => ({
            description: description ?? '',
            cents: amount,
          })),
      next: {
        at: new Date(nextAt * 1_000).toISOString(),
        cents: isTrial ? today.amount_due : (newPrice.unit_amount ?? 0) * (item.quantity ?? 1),
      },
      prorationDate,
      isTrial,
    };
  };
  return reach(preview());
}

/** A plan that waits for the end of the period is forgotten: the subscription goes on as it is. */
export async function dropSchedule(subscription: Stripe.Subscription, key: string): Promise<void> {
  const schedule = scheduleIdOf(subscription);
  if (schedule) await stripe().subscriptionSchedules.release(schedule, {}, { idempotencyKey: key });
}

/**
 * More at once: Stripe charges the difference first, and only a paid change is made.
 * @throws AppError PAYMENT_REQUIRED when the card is declined (nothing changes), CONFLICT when it no longer
 * fits.
 */
export async function upgradeNow(
  ctx: OfOrganization,
  input: z.output<typeof changePlanInput>,
  now = new Date(),
  { isFreeUntilRenewal = false }: { isFreeUntilRenewal?: boolean } = {},
): Promise<void> {
  const upgrade = async () => {
    const live = await liveSubscription(ctx.organizationId);
    const { subscription, item, customerId } = live;
    const kind = changeKind(termsOf(live), input);
    // The second of two clicks finds the first one's work done.
    if (kind === 'none') return customerId;
    if (kind !== 'now') throw changedMeanwhile();
    if (subscription.status === 'past_due' || subscription.status === 'unpaid') {
      throw new AppError('PAYMENT_REQUIRED', 'Pay the open invoice first, then choose a larger plan.');
    }
    const isTrial = subscription.status === 'trialing';
    const isFree = isTrial || isFreeUntilRenewal;
    const isStale = Math.abs(now.getTime() / 1_000 - input.prorationDate) > PREVIEW_MINUTES * 60;
    if (!isTrial && isStale) {
      throw new AppError(
        'CONFLICT',
        'That preview is too old. Close this and choose the plan again to see today’s price.',
      );
    }
    const price = await priceIdOf(input.plan, input.interval, item.price.currency);
    await dropSchedule(subscription, `upgrade-release:${subscription.id}:${input.attempt}`);
    await stripe().subscriptions.update(
      subscription.id,
      {
        items: [{ id: item.id, price }],
        payment_behavior: 'error_if_incomplete',
        proration_behavior: isFree ? 'none' : 'always_invoice',
        ...(isFree ? {} : { proration_date: input.prorationDate }),
        ...(subscription.cancel_at_period_end ? { cancel_at_period_end: false } : {}),
      },
      { idempotencyKey: `upgrade:${subscription.id}:${input.attempt}` },
    );
    return customerId;
  };
  const declined = 'Your plan is as it was and nothing was charged. Update the card, then try again.';
  await syncSubscription(await reach(upgrade(), { declined }));
}

/**
 * Less at the end of what is paid for: a Stripe schedule with the present terms until then and the new ones
 * after it.
 * Asking again replaces what was asked before.
 */
export async function scheduleChange(
  ctx: OfOrganization,
  input: z.output<typeof scheduleChangeInput>,
): Promise<void> {
  const schedule = async () => {
    const live = await liveSubscription(ctx.organizationId);
    const { subscription, item, customerId } = live;
    if (changeKind(termsOf(live), input) !== 'later') throw changedMeanwhile();
    const price = await priceIdOf(input.plan, input.interval, item.price.currency);
    const key = `${subscription.id}:${input.attempt}`;
    if (subscription.cancel_at_period_end) {
      await stripe().subscriptions.update(
        subscription.id,
        { cancel_at_period_end: false },
        { idempotencyKey: `downgrade-keep:${key}` },
      );
    }
    const existing = scheduleIdOf(subscription);
    const { id } = existing
      ? { id: existing }
      : await stripe().subscriptionSchedules.create(
          { from_subscription: subscription.id },
          { idempotencyKey: `downgrade-create:${key}` },
        );
    const quantity = item.quantity ?? 1;
    await stripe().subscriptionSchedules.update(
      id,
      {
        end_behavior: 'release',
        phases: [
          {
            items: [{ price: item.price.id, quantity }],
            start_date: item.current_period_start,
            end_date: item.current_period_end,
          },
          {
            items: [{ price, quantity }],
            start_date: item.current_period_end,
            duration: { interval: input.interval, interval_count: 1 },
            proration_behavior: 'none',
          },
        ],
      },
      { idempotencyKey: `downgrade:${key}` },
    );
    return customerId;
  };
  await syncSubscription(await reach(schedule()));
}

/** Undo of scheduleChange; nothing to undo is fine. */
export async function keepPlan(ctx: OfOrganization, { attempt }: { attempt: string }): Promise<void> {
  const keep = async () => {
    const { subscription, customerId } = await liveSubscription(ctx.organizationId);
    await dropSchedule(subscription, `keep-plan:${subscription.id}:${attempt}`);
    return customerId;
  };
  await syncSubscription(await reach(keep()));
}
