import 'server-only';
import type Stripe from 'stripe';
import { isAppError } from '@/lib/errors';
import { masterTransaction } from '@/lib/master/connection';
import { organizationModel } from '@/lib/master/models/organization';
import { stripeEventModel } from '@/lib/master/models/stripe-event';
import { objectId } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import { syncSubscription } from './sync';

/** The events after which Stripe may say something new about a customer. Others are kept and ignored. */
const RELEVANT = new Set([
  'checkout.session.completed',
  'checkout.session.expired',
  'checkout.session.async_payment_succeeded',
  'checkout.session.async_payment_failed',
  'customer.subscription.created',
  'customer.subscription.updated',
  'customer.subscription.deleted',
  'customer.subscription.paused',
  'customer.subscription.resumed',
  'customer.subscription.trial_will_end',
  'customer.updated',
  'customer.deleted',
  'invoice.paid',
  'invoice.payment_failed',
  'invoice.payment_action_required',
  'invoice.finalized',
  'invoice.voided',
  'invoice.marked_uncollectible',
  'payment_method.attached',
  'subscription_schedule.updated',
  'subscription_schedule.canceled',
  'subscription_schedule.released',
  'charge.refunded',
  'charge.dispute.created',
  'charge.dispute.closed',
  'test_helpers.test_clock.ready',
]);

/** A dispute that waits for us or for the bank. */
const OPEN_DISPUTES = new Set([
  'needs_response',
  'under_review',
  'warning_needs_response',
  'warning_under_review',
]);

const idIn = (object: object, field: string): string | undefined => {
  const value: unknown = field in object ? object[field as keyof typeof object] : undefined;
  if (typeof value === 'string') return value;
  return typeof value === 'object' && value !== null && 'id' in value ? String(value.id) : undefined;
};

/** Whom an event is about: a customer, or what leads to one. Nothing else of an event is ever used. */
function subjectOf(event: Stripe.Event): {
  customerId?: string;
  chargeId?: string;
  clockId?: string;
} {
  const object: object = event.data.object;
  const kind = 'object' in object ? object.object : undefined;
  const id = idIn(object, 'id');
  if (kind === 'test_helpers.test_clock' && id) return { clockId: id };
  const customerId = kind === 'customer' ? id : idIn(object, 'customer');
  const chargeId = kind === 'charge' ? id : idIn(object, 'charge');
  return { ...(customerId ? { customerId } : {}), ...(chargeId ? { chargeId } : {}) };
}

/** What an event of an invoice is about in money. */
function amountOf({ data }: Stripe.Event): { amountCents?: number; currency?: string } {
  const object: object = data.object;
  if (!('object' in object) || object.object !== 'invoice' || !('amount_due' in object)) return {};
  const currency = 'currency' in object ? String(object.currency) : '';
  return typeof object.amount_due === 'number' ? { amountCents: object.amount_due, currency } : {};
}

/**
 * Writes an event into the ledger and asks for its processing in one transaction; then Stripe may be
 * answered.
 * @returns false when the event was known already.
 */
export async function receiveEvent(event: Stripe.Event): Promise<boolean> {
  const subject = subjectOf(event);
  const isRelevant = RELEVANT.has(event.type) && Object.keys(subject).length > 0;
  const isNew = await masterTransaction(async (session) => {
    const seen = await stripeEventModel.updateOne(
      { _id: event.id },
      { $inc: { deliveries: 1 } },
      { session },
    );
    if (seen.matchedCount > 0) return false;
    const row = {
      _id: event.id,
      type: event.type,
      ...subject,
      ...amountOf(event),
      outcome: isRelevant ? ('received' as const) : ('ignored' as const),
      deliveries: 1,
      stripeCreatedAt: new Date(event.created * 1_000),
      receivedAt: new Date(),
    };
    await stripeEventModel.create([row], { session });
    if (isRelevant) await enqueue('stripe.event', event.id, {}, { session });
    return true;
  });
  if (isNew) wakeWorker();
  return isNew;
}

/** The customers an event leads to: one, that of its charge, or all who live on its test clock. */
async function customersOf(row: {
  customerId?: string | null;
  chargeId?: string | null;
  clockId?: string | null;
}): Promise<string[]> {
  if (row.customerId) return [row.customerId];
  if (row.chargeId) {
    const { customer } = await stripe().charges.retrieve(row.chargeId);
    return customer ? [typeof customer === 'string' ? customer : customer.id] : [];
  }
  if (!row.clockId) return [];
  const { data } = await stripe().customers.list({ test_clock: row.clockId, limit: 100 });
  return data.map(({ id }) => id);
}

/** Null for another product's customer in the same Stripe account. */
async function syncIfOurs(customerId: string): Promise<string | null> {
  try {
    return await syncSubscription(customerId);
  } catch (error) {
    if (isAppError(error) && error.code === 'NOT_FOUND') return null;
    throw error;
  }
}

/**
 * The job behind an event. Throws on failure, so that the worker tries again; the ledger keeps the reason.
 */
export async function processEvent(eventId: string): Promise<void> {
  const row = await stripeEventModel.findOneAndUpdate({ _id: eventId }, { $inc: { attempts: 1 } }).lean();
  if (!row) return;
  try {
    const customers = await customersOf(row);
    const organizations: string[] = [];
    for (const customerId of customers) {
      const organizationId = await syncIfOurs(customerId);
      if (organizationId) organizations.push(organizationId);
    }
    const [organizationId] = organizations;
    const [customerId] = customers;
    if (organizationId && customerId && row.type.startsWith('charge.dispute.'))
      await noteDispute(organizationId, customerId);
    if (organizationId && row.chargeId && row.type === 'charge.refunded') await followRefunds(row.chargeId);
    await stripeEventModel.updateOne(
      { _id: eventId },
      {
        $set: {
          outcome: organizationId ? 'processed' : 'ignored',
          processedAt: new Date(),
          ...(organizationId ? { organizationId: objectId(organizationId) } : {}),
          ...(customers[0] && !row.clockId ? { customerId: customers[0] } : {}),
        },
        $unset: { error: '' },
      },
    );
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    await stripeEventModel.updateOne({ _id: eventId }, { $set: { outcome: 'failed', error: message } });
    throw error;
  }
}

/** Also what somebody gives back in Stripe's own dashboard is credited and told; ours is known already. */
async function followRefunds(chargeId: string): Promise<void> {
  for await (const refund of stripe().refunds.list({ charge: chargeId, limit: 100 }))
    await enqueue('refund.credit', refund.id);
}

/** Whether a payment of this customer is disputed and nobody has decided, as Stripe says now. */
async function hasOpenDispute(customerId: string): Promise<boolean> {
  for await (const charge of stripe().charges.list({ customer: customerId, limit: 100 })) {
    if (!charge.disputed) continue;
    const { data } = await stripe().disputes.list({ charge: charge.id, limit: 100 });
    if (data.some(({ status }) => OPEN_DISPUTES.has(status))) return true;
  }
  return false;
}

/**
 * A dispute is answered by people, within days; it takes nothing away from the hospital meanwhile. `closed`
 * may come before `created`, and another event may be noted between our question and our answer: so we ask
 * until both agree.
 */
async function noteDispute(organizationId: string, customerId: string): Promise<void> {
  const _id = objectId(organizationId);
  const detail = 'A payment is disputed. Answer at Stripe before its deadline.';
  let isOpen = await hasOpenDispute(customerId);
  for (;;) {
    if (isOpen) {
      const billingAlarm = { kind: 'dispute' as const, detail, since: new Date() };
      await organizationModel.updateOne({ _id, billingAlarm: null }, { $set: { billingAlarm } });
    } else {
      await organizationModel.updateOne(
        { _id, 'billingAlarm.kind': 'dispute' },
        { $set: { billingAlarm: null } },
      );
    }
    const isStillOpen = await hasOpenDispute(customerId);
    if (isStillOpen === isOpen) return;
    isOpen = isStillOpen;
  }
}
