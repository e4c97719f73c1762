import 'server-only';
import type Stripe from 'stripe';
import { adoptInvoiceDetails, completeInvoiceFields } from '@/features/subscription/invoice-details/service';
import { notFoundError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { masterTransaction } from '@/lib/master/connection';
import { organizationModel } from '@/lib/master/models/organization';
import { provisioningModel } from '@/lib/master/models/provisioning';
import { paidUntil } from '@/lib/organizations/standing';
import { stripe } from '@/lib/stripe/client';
import { isMissingAtStripe } from '@/lib/stripe/failures';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import { agreedLimits, markQuotePaid } from './agreed';
import { nonPaymentDays } from './dunning';
import { featuresOf } from './grants';
import { enqueueBillingMails, recipientsOf, trialReminderOf } from './mails';
import { recordRevenueMovement } from './movements';
import { owedCents, owedInvoices } from './owed';
import {
  isLive,
  isRestingUnpaid,
  isUnpaid,
  nonPaymentSchedule,
  nonPaymentStage,
  stateAfterSync,
} from './policy';
import { type SubscriptionSnapshot, snapshotOf } from './snapshot';

/** What Stripe says about a customer now. `now` is the time of the customer's test clock where it has one. */
async function readCustomer(customerId: string) {
  const customer = await stripe().customers.retrieve(customerId);
  if (customer.deleted) return { customer: null, subscriptions: [], now: new Date() };
  const clockId = typeof customer.test_clock === 'string' ? customer.test_clock : customer.test_clock?.id;
  const clock = clockId ? await stripe().testHelpers.testClocks.retrieve(clockId) : null;
  const { data } = await stripe().subscriptions.list({
    customer: customerId,
    status: 'all',
    limit: 100,
    expand: [
      'data.latest_invoice',
      'data.default_payment_method',
      'data.schedule',
      'data.discounts.source.coupon',
    ],
  });
  return {
    customer,
    subscriptions: data.sort((a, b) => b.created - a.created),
    now: clock ? new Date(clock.frozen_time * 1_000) : new Date(),
  };
}

/** The moment from which a payment is missing: that of the oldest unpaid invoice. */
function unpaidSince(subscription: Stripe.Subscription, owed: readonly Stripe.Invoice[]): Date {
  const moments = owed.map(({ due_date, status_transitions, created }) =>
    Number(due_date ?? status_transitions.finalized_at ?? created),
  );
  const start = subscription.items.data[0]?.current_period_start ?? subscription.start_date;
  return new Date((moments.length > 0 ? Math.min(...moments) : start) * 1_000);
}

/** The stage of non-payment and what is owed, or null when nothing is. */
async function nonPaymentOf(subscription: Stripe.Subscription, customerId: string, now: Date) {
  if (!isUnpaid(subscription)) return null;
  const owed = await owedInvoices(customerId);
  const since = unpaidSince(subscription, owed);
  return {
    since,
    owedCents: owedCents(owed),
    ...nonPaymentStage(nonPaymentSchedule(since, nonPaymentDays()), now),
  };
}

function restingFacts(facts: SubscriptionSnapshot | null): boolean {
  if (!facts) return false;
  return isRestingUnpaid({
    isPaused: facts.pause !== undefined,
    latestInvoiceStatus: facts.latestInvoice?.status ?? null,
  });
}

/**
 * Reads what Stripe says about a customer now and writes it: subscription, limits, state; a first payment
 * also asks for a database. Nothing of an event but the customer's id is used, so any event, in any order,
 * any number of times gives the same organization.
 *
 * Each reader draws a ticket before it asks. A change at Stripe sends an event whose reader draws a higher
 * ticket after the change, so a lower ticket never has to write after a higher one, whichever answer came
 * first.
 * @returns the organization's id. @throws AppError NOT_FOUND for a customer that is not ours.
 */
export async function syncSubscription(customerId: string): Promise<string> {
  const known = await organizationModel
    .findOneAndUpdate(
      { stripeCustomerId: customerId },
      { $inc: { syncTicket: 1 } },
      { returnDocument: 'after', timestamps: false },
    )
    .select('_id syncTicket subscriptionId')
    .lean();
  if (!known) throw notFoundError('customer');
  const organizationId = known._id.toString();
  const ticket = known.syncTicket ?? 0;

  const { customer, subscriptions, now } = await readCustomer(customerId);
  const live = subscriptions.filter(isLive);
  // Two live ones are for a person to settle; until then the one that is known stays the one that counts.
  const current =
    live.find(({ id }) => id === known.subscriptionId) ?? live.at(-1) ?? subscriptions[0] ?? null;
  const facts = current && customer ? await snapshotOf(current, customer, now) : null;
  const nonPayment = current ? await nonPaymentOf(current, customerId, now) : null;
  const agreement = current && isLive(current) ? (current.items.data[0]?.price.metadata ?? {}) : {};
  const agreed = agreedLimits(agreement);
  const alarm = alarmOf(live, customer === null);
  if (alarm) logger.error({ organizationId, ...alarm }, 'Stripe holds something that a person must settle');
  const recipients = await recipientsOf(known._id);

  // Before the set-up is asked for: where the database was promised to live is read from it.
  if (agreed) await markQuotePaid(agreement, now);
  const wasDeleted = await masterTransaction(async (session) => {
    const organization = await organizationModel.findById(known._id).session(session).orFail().lean();
    if ((organization.syncApplied ?? 0) > ticket) return false;
    // A placement alone is not a database: until every step is done, provisioning goes on.
    const isReady = await provisioningModel
      .exists({ organizationId: known._id, step: 'active' })
      .session(session);
    const state = stateAfterSync(organization.status, current, Boolean(isReady), {
      stage: nonPayment?.stage,
      isResting: restingFacts(facts),
    });
    // Limits are granted with the plan, not with each event: an agreed limit stays.
    const hasChangedPlan = facts && isLive(facts) && organization.plan !== facts.plan;
    const keptAlarm = organization.billingAlarm?.kind === 'dispute' ? organization.billingAlarm : null;
    const sinceAlarm =
      organization.billingAlarm?.kind === alarm?.kind ? organization.billingAlarm?.since : null;
    const change = {
      before: organization,
      after: { status: state, subscription: facts, nonPayment },
      now,
      recipients,
    };
    const reminder = trialReminderOf(change);
    const set = {
      ...(reminder ? { trialReminderFor: reminder } : {}),
      syncApplied: ticket,
      status: state,
      ...(state === organization.status ? {} : { statusSince: new Date() }),
      ...(current && facts
        ? {
            subscriptionId: current.id,
            subscription: facts,
            expiresAt: paidUntil({
              ...facts,
              unpaidSince: nonPayment?.since ?? null,
              isPaused: facts.pause !== undefined,
              known: organization.expiresAt ?? null,
            }),
          }
        : {}),
      ...(!customer && organization.subscription
        ? { 'subscription.status': 'canceled', 'subscription.cancelAtPeriodEnd': false }
        : {}),
      // What was agreed is written on the price: it wins over the table, and comes back with each payment.
      ...(facts && (hasChangedPlan || agreed)
        ? { plan: facts.plan, features: { ...featuresOf(facts.plan), ...agreed } }
        : {}),
      nonPayment,
      billingAlarm: alarm ? { ...alarm, since: sinceAlarm ?? new Date() } : keptAlarm,
    };
    await organizationModel.updateOne({ _id: known._id }, { $set: set }, { session });
    if (current && facts)
      await recordRevenueMovement(session, known._id, {
        ...facts,
        id: current.id,
        endedAt: current.ended_at,
      });
    if (state === 'provisioning') await enqueue('organization.provision', organizationId, {}, { session });
    if (facts?.status === 'trialing') await enqueue('billing.settle-trial', organizationId, {}, { session });
    await enqueueBillingMails(change, session);
    return organization.status === 'deleted';
  });
  if (wasDeleted) await cancelAll(live);
  else if (customer) {
    await adoptInvoiceDetails(known._id, customer);
    await completeInvoiceFields(known._id, customer);
  }
  wakeWorker();
  return organizationId;
}

function alarmOf(live: readonly Stripe.Subscription[], isCustomerDeleted: boolean) {
  if (live.length > 1) {
    const ids = live.map(({ id }) => id).join(', ');
    return {
      kind: 'two_live_subscriptions' as const,
      detail: `Stripe bills both ${ids}. Cancel one of them.`,
    };
  }
  if (isCustomerDeleted) {
    return {
      kind: 'customer_deleted' as const,
      detail: 'The customer was deleted at Stripe. A new payment makes a new one.',
    };
  }
  return null;
}

/** A subscription must not outlive its organization, nor an invoice ask to pay for nothing. */
async function cancelAll(live: readonly Stripe.Subscription[]): Promise<void> {
  for (const subscription of live) await endSubscription(subscription.id);
}

/**
 * Ends a subscription at Stripe now and takes back what is still open of it. Doing it twice is the same as
 * once.
 */
export async function endSubscription(subscriptionId: string): Promise<void> {
  try {
    await stripe().subscriptions.cancel(subscriptionId, { invoice_now: false, prorate: false });
  } catch (error) {
    if (!isMissingAtStripe(error)) throw error;
  }
  const { data } = await stripe().invoices.list({ subscription: subscriptionId, status: 'open', limit: 100 });
  for (const { id } of data) {
    if (id) await stripe().invoices.voidInvoice(id);
  }
}
