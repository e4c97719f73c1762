import 'server-only';
import { randomUUID } from 'node:crypto';
import { syncSubscription } from '@/features/subscription/billing/sync';
import { isMonthUnpaid, liveSubscription } from '@/features/subscription/plan-changes/reach';
import { dropSchedule } from '@/features/subscription/plan-changes/service/change';
import { AppError, notFoundError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { quoteModel } from '@/lib/master/models/quote';
import { objectId, op } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';
import { reach } from '@/lib/stripe/failures';
import type { TenantContext } from '@/lib/tenancy/context';
import { quoteState } from '../policy';

/** Longer than Stripe and the reading after it take; a process that died leaves it no longer. */
const LONGEST_TAKING_MS = 120_000;

/**
 * A customer who pays already takes an offer: the subscription moves to the agreed price at once, and the
 * difference is charged first; a pause ends with it. The agreed limits follow from the price.
 * @throws AppError NOT_FOUND, CONFLICT for one that cannot be taken any more, PAYMENT_REQUIRED when the card
 * is declined (nothing changes).
 */
export async function acceptQuote(
  ctx: TenantContext,
  { quoteId }: { quoteId: string },
  now = new Date(),
): Promise<void> {
  const quote = await quoteModel
    .findOne({ _id: objectId(quoteId, 'offer'), organizationId: objectId(ctx.organizationId) })
    .lean();
  if (!quote) throw notFoundError('offer');
  const state = quoteState(quote, now);
  if (state === 'paid') return;
  if (state !== 'sent')
    throw new AppError('CONFLICT', 'This offer can no longer be taken. Ask our sales team for a new one.');
  // Two people who press at the same moment, each with a key of their own, would be charged twice.
  const untaken = { _id: quote._id, takingUntil: op({ $not: { $gt: now } }) };
  const takingUntil = new Date(now.getTime() + LONGEST_TAKING_MS);
  const { matchedCount } = await quoteModel.updateOne(untaken, { $set: { takingUntil } });
  if (matchedCount === 0)
    throw new AppError('CONFLICT', 'A colleague is taking this offer right now. Look again in a minute.');
  // Of the press: Stripe keeps what it answered to a key, and a card that was mended is tried again.
  const press = ctx.audit?.requestId ?? randomUUID();
  const take = async () => {
    const { subscription, item, customerId } = await liveSubscription(ctx.organizationId);
    if (item.price.id === quote.priceId) return customerId;
    if (subscription.status === 'past_due' || subscription.status === 'unpaid')
      throw new AppError('PAYMENT_REQUIRED', 'Pay the open invoice first, then take the offer.');
    await dropSchedule(subscription, `quote-release:${quoteId}:${press}`);
    const isTrial = subscription.status === 'trialing';
    // Nothing was paid for this month, so nothing of it is credited: a whole period begins and is charged.
    const isMonthOpen = subscription.pause_collection !== null && (await isMonthUnpaid(subscription));
    await stripe().subscriptions.update(
      subscription.id,
      {
        items: [{ id: item.id, price: quote.priceId }],
        payment_behavior: 'error_if_incomplete',
        proration_behavior: isTrial || isMonthOpen ? 'none' : 'always_invoice',
        ...(isMonthOpen ? { billing_cycle_anchor: { type: 'now' as const } } : {}),
        ...(subscription.pause_collection ? { pause_collection: '' as const } : {}),
        ...(subscription.cancel_at_period_end ? { cancel_at_period_end: false } : {}),
      },
      { idempotencyKey: `quote-accept:${quoteId}:${press}` },
    );
    return customerId;
  };
  const declined = 'Your plan is as it was and nothing was charged. Update the card, then try again.';
  try {
    await syncSubscription(await reach(take(), { declined }));
  } finally {
    // Nobody else's: who took longer than that was followed by somebody.
    await quoteModel.updateOne({ _id: quote._id, takingUntil }, { $unset: { takingUntil: '' } });
  }
  await organizationModel.updateOne({ _id: objectId(ctx.organizationId) }, { $unset: { offerRequest: '' } });
}
