import 'server-only';
import type Stripe from 'stripe';
import { isAppError } from '@/lib/errors';
import { enqueue, wakeWorker } from '@/lib/jobs/queue';
import { masterTransaction } from '@/lib/master/connection';
import { stripeEventModel } from '@/lib/master/models/stripe-event';
import { objectId } from '@/lib/mongo';
import { syncSubscription } from './sync';

/** The events after which Stripe may say something new about a subscription. Others are kept and ignored. */
const RELEVANT = new Set([
  'checkout.session.completed',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'customer.subscription.paused',
  'customer.subscription.resumed',
  'invoice.paid',
  'invoice.payment_failed',
  'invoice.payment_action_required',
]);

function customerOf(event: Stripe.Event): string | undefined {
  const object: object = event.data.object;
  const customer = 'customer' in object ? object.customer : undefined;
  if (typeof customer === 'string') return customer;
  if (typeof customer === 'object' && customer !== null && 'id' in customer) return String(customer.id);
  return undefined;
}

/**
 * Writes an event into the ledger and asks for its processing in one transaction; then Stripe may be answered.
 * @returns false when the event was known already.
 */
export async function receiveEvent(event: Stripe.Event): Promise<boolean> {
  const events = await stripeEventModel();
  const customerId = customerOf(event);
  const isRelevant = RELEVANT.has(event.type) && customerId !== undefined;
  const isNew = await masterTransaction(async (session) => {
    const seen = await events.updateOne({ _id: event.id }, { $inc: { deliveries: 1 } }, { session });
    if (seen.matchedCount > 0) return false;
    const row = {
      _id: event.id,
      type: event.type,
      ...(customerId ? { customerId } : {}),
      outcome: isRelevant ? ('received' as const) : ('ignored' as const),
      deliveries: 1,
      stripeCreatedAt: new Date(event.created * 1_000),
      receivedAt: new Date(),
    };
    await events.create([row], { session });
    if (isRelevant) await enqueue('stripe.event', event.id, { customerId }, { session });
    return true;
  });
  if (isNew) wakeWorker();
  return isNew;
}

/** The job behind an event. Throws on failure, so that the worker tries again; the ledger keeps the reason. */
export async function processEvent(eventId: string): Promise<void> {
  const events = await stripeEventModel();
  const row = await events.findOneAndUpdate({ _id: eventId }, { $inc: { attempts: 1 } }).lean();
  if (!row?.customerId) return;
  try {
    const organizationId = await syncSubscription(row.customerId);
    await events.updateOne(
      { _id: eventId },
      {
        $set: { outcome: 'processed', processedAt: new Date(), organizationId: objectId(organizationId) },
        $unset: { error: '' },
      },
    );
  } catch (error) {
    if (isAppError(error) && error.code === 'NOT_FOUND') {
      // Another product's customer in the same Stripe account.
      await events.updateOne({ _id: eventId }, { $set: { outcome: 'ignored', processedAt: new Date() } });
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    await events.updateOne({ _id: eventId }, { $set: { outcome: 'failed', error: message } });
    throw error;
  }
}
