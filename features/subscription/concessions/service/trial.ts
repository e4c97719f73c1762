import 'server-only';
import { syncSubscription } from '@/features/subscription/billing/sync';
import { liveSubscription } from '@/features/subscription/plan-changes/reach';
import type { PlatformContext } from '@/lib/actions/platform';
import { AppError } from '@/lib/errors';
import { stripe } from '@/lib/stripe/client';
import { reach } from '@/lib/stripe/failures';
import { dayOf, formatDay } from '@/lib/time';
import type { ExtendTrialInput } from '../schema';
import { noteTerms, payingCustomer, pressAt } from './at-stripe';

const DAY = 86_400;

/**
 * Moves the end of a trial; nothing is charged before it. Those who pay learn of it from syncSubscription.
 * @returns the new last day. @throws AppError NOT_FOUND, CONFLICT where no trial runs.
 */
export async function extendTrial(ctx: PlatformContext, input: ExtendTrialInput): Promise<string> {
  await payingCustomer(input.organizationId);
  const extend = async () => {
    const { subscription, customerId } = await liveSubscription(input.organizationId);
    if (subscription.status !== 'trialing' || !subscription.trial_end)
      throw new AppError('CONFLICT', 'No trial runs here, so there is none to make longer.');
    const trialEnd = subscription.trial_end + input.days * DAY;
    await stripe().subscriptions.update(
      subscription.id,
      { trial_end: trialEnd, proration_behavior: 'none' },
      { idempotencyKey: pressAt(ctx, 'trial') },
    );
    return { customerId, trialEnd };
  };
  const { customerId, trialEnd } = await reach(extend());
  const day = formatDay(dayOf(new Date(trialEnd * 1_000), 'UTC'));
  await noteTerms(ctx, `${input.days} days, until ${day}`, input.reason);
  await syncSubscription(customerId);
  return day;
}
