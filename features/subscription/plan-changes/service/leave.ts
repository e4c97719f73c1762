import 'server-only';
import type { z } from 'zod';
import { isUnpaid } from '@/features/subscription/billing/policy';
import { syncSubscription } from '@/features/subscription/billing/sync';
import { AppError } from '@/lib/errors';
import { stripe } from '@/lib/stripe/client';
import { isMissingAtStripe, reach } from '@/lib/stripe/failures';
import type { TenantContext } from '@/lib/tenancy/context';
import { monthsLater, STAY_DISCOUNT } from '../policy';
import {
  type CustomerSubscription,
  findCustomerId,
  findLive,
  isMonthUnpaid,
  liveSubscription,
} from '../reach';
import type { cancelInput, pauseInput } from '../schema';
import { dropSchedule } from './change';

const COUPON = `stay-${STAY_DISCOUNT.percent}-percent-${STAY_DISCOUNT.months}-months`;

/**
 * Ends the subscription with what is paid for; the reason is kept at Stripe. Until then it can be taken back.
 */
export async function cancelAtPeriodEnd(
  ctx: TenantContext,
  { attempt, reason, comment }: z.output<typeof cancelInput>,
): Promise<void> {
  const cancel = async () => {
    const { subscription, customerId } = await liveSubscription(ctx.organizationId);
    if (subscription.cancel_at_period_end) return customerId;
    const key = `${subscription.id}:${attempt}`;
    await dropSchedule(subscription, `cancel-release:${key}`);
    await stripe().subscriptions.update(
      subscription.id,
      {
        cancel_at_period_end: true,
        cancellation_details: { feedback: reason, ...(comment ? { comment } : {}) },
      },
      { idempotencyKey: `cancel:${key}` },
    );
    return customerId;
  };
  await syncSubscription(await reach(cancel()));
}

/** Undo of cancelAtPeriodEnd. */
export async function keepSubscription(ctx: TenantContext, { attempt }: { attempt: string }): Promise<void> {
  const keep = async () => {
    const { subscription, customerId } = await liveSubscription(ctx.organizationId);
    if (subscription.cancel_at_period_end) {
      await stripe().subscriptions.update(
        subscription.id,
        { cancel_at_period_end: false },
        { idempotencyKey: `keep:${subscription.id}:${attempt}` },
      );
    }
    return customerId;
  };
  await syncSubscription(await reach(keep()));
}

/**
 * For an account that is being closed: nothing is charged again. What it stopped carries the mark of the
 * closing, so that keeping the account takes back this and not what the owner had decided before.
 * @returns whether the closing is what stops it. Doing it twice is the same as once.
 */
export async function stopRenewal(organizationId: string, closing: string): Promise<boolean> {
  const found = await renewing(organizationId);
  if (!found) return false;
  const { subscription } = found;
  if (subscription.cancel_at_period_end) {
    const { closing: stopper } = subscription.metadata;
    if (!stopper || stopper === closing) return stopper === closing;
    // An earlier closing that was taken back has stopped it: it is this one's from now on.
  }
  await dropSchedule(subscription, `close-release:${closing}`);
  await stripe().subscriptions.update(
    subscription.id,
    {
      cancel_at_period_end: true,
      cancellation_details: { comment: 'The account is being closed' },
      metadata: { closing },
    },
    { idempotencyKey: `close:${closing}` },
  );
  return true;
}

/**
 * Undo of stopRenewal; the state of an account that is kept is read from Stripe again, since a period may
 * have ended.
 */
export async function resumeRenewal(organizationId: string, closing: string): Promise<void> {
  const found = await renewing(organizationId);
  if (found?.subscription.cancel_at_period_end && found.subscription.metadata.closing === closing) {
    // Without a key: the second time is for what was stopped after the first.
    await stripe().subscriptions.update(found.subscription.id, {
      cancel_at_period_end: false,
      metadata: { closing: '' },
    });
  }
  const customerId = await findCustomerId(organizationId);
  if (customerId) await syncSubscription(customerId);
}

async function renewing(organizationId: string): Promise<CustomerSubscription | null> {
  const customerId = await findCustomerId(organizationId);
  return customerId ? findLive(customerId) : null;
}

async function ensureCoupon(): Promise<string> {
  try {
    return (await stripe().coupons.retrieve(COUPON)).id;
  } catch (error) {
    if (!isMissingAtStripe(error)) throw error;
  }
  const coupon = await stripe().coupons.create(
    {
      id: COUPON,
      name: `${STAY_DISCOUNT.percent}% for ${STAY_DISCOUNT.months} months`,
      percent_off: STAY_DISCOUNT.percent,
      duration: 'repeating',
      duration_in_months: STAY_DISCOUNT.months,
    },
    { idempotencyKey: `coupon:${COUPON}` },
  );
  return coupon.id;
}

/** The offer to somebody who leaves for the price; once per subscription. */
export async function acceptDiscount(ctx: TenantContext, { attempt }: { attempt: string }): Promise<void> {
  const accept = async () => {
    const { subscription, customerId } = await liveSubscription(ctx.organizationId);
    if (subscription.metadata.stayDiscountAt) {
      throw new AppError('CONFLICT', 'This offer was taken before, so it cannot be taken again.');
    }
    await stripe().subscriptions.update(
      subscription.id,
      {
        discounts: [{ coupon: await ensureCoupon() }],
        metadata: { stayDiscountAt: new Date().toISOString() },
        ...(subscription.cancel_at_period_end ? { cancel_at_period_end: false } : {}),
      },
      { idempotencyKey: `stay-discount:${subscription.id}:${attempt}` },
    );
    return customerId;
  };
  await syncSubscription(await reach(accept()));
}

/**
 * No invoices for some months, from the end of what is paid for; then it goes on by itself. An hour before
 * the first invoice that counts again, so that this one is not left out.
 */
export async function pauseSubscription(
  ctx: TenantContext,
  { attempt, months }: z.output<typeof pauseInput>,
): Promise<void> {
  const pause = async () => {
    const { subscription, item, customerId } = await liveSubscription(ctx.organizationId);
    if (subscription.status === 'trialing') {
      throw new AppError('CONFLICT', 'A trial costs nothing, so there is nothing to pause.');
    }
    if (isUnpaid(subscription)) throw new AppError('PAYMENT_REQUIRED', 'Pay the open invoice first.');
    if (item.price.recurring?.interval === 'year') {
      throw new AppError('CONFLICT', 'A yearly plan is paid ahead and cannot be paused.');
    }
    const key = `${subscription.id}:${attempt}`;
    await dropSchedule(subscription, `pause-release:${key}`);
    await stripe().subscriptions.update(
      subscription.id,
      {
        pause_collection: {
          behavior: 'void',
          resumes_at: monthsLater(item.current_period_end, months) - 3_600,
        },
        ...(subscription.cancel_at_period_end ? { cancel_at_period_end: false } : {}),
      },
      { idempotencyKey: `pause:${key}` },
    );
    return customerId;
  };
  await syncSubscription(await reach(pause()));
}

/**
 * Ends a pause. Where a month of it has begun unpaid, a new period begins and is charged now: only a paid one
 * opens the organization again.
 */
export async function resumeSubscription(
  ctx: TenantContext,
  { attempt }: { attempt: string },
): Promise<void> {
  const resume = async () => {
    const { subscription, customerId } = await liveSubscription(ctx.organizationId);
    if (!subscription.pause_collection) return customerId;
    const isUnpaidMonth = await isMonthUnpaid(subscription);
    await stripe().subscriptions.update(
      subscription.id,
      {
        pause_collection: '',
        ...(isUnpaidMonth
          ? {
              billing_cycle_anchor: { type: 'now' as const },
              proration_behavior: 'none' as const,
              payment_behavior: 'error_if_incomplete' as const,
            }
          : {}),
      },
      { idempotencyKey: `resume:${subscription.id}:${attempt}` },
    );
    return customerId;
  };
  const declined = 'The subscription stays paused. Update the card, then try again.';
  await syncSubscription(await reach(resume(), { declined }));
}
