import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type Stripe from 'stripe';
import { ensurePrice } from '@/features/subscription/billing/catalog';
import { nonPaymentDays } from '@/features/subscription/billing/dunning';
import { syncSubscription } from '@/features/subscription/billing/sync';
import { scheduleChange, upgradeNow } from '@/features/subscription/plan-changes/service';
import { canSendQuote } from '@/features/subscription/quotes/policy';
import { sendQuoteInput } from '@/features/subscription/quotes/schema';
import { sendQuote } from '@/features/subscription/quotes/service';
import type { PlatformContext } from '@/lib/actions/platform';
import { env } from '@/lib/env';
import { organizationModel } from '@/lib/master/models/organization';
import { quoteModel } from '@/lib/master/models/quote';
import { objectId, op } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';
import { isMissingAtStripe } from '@/lib/stripe/failures';
import type { TenantContext } from '@/lib/tenancy/context';
import type { PilotKind } from './kinds';
import { type Deed, type Life, lifeOf, startOf, stepsOf } from './lives';

/** Stripe's own test cards: one that is charged, one that can be saved and is declined at each charge. */
const [GOOD_CARD, BAD_CARD] = ['pm_card_visa', 'pm_card_chargeCustomerFail'];
const CHAIN_PRICE = '1490';
const UNTIL_READY_MS = 180_000;

const COMPANY: PlatformContext = {
  actor: { kind: 'platform', userId: 'pilot', name: 'Pilot', email: 'pilot@company.test' },
  requestId: 'pilot',
};

/** Invented hospitals pay with invented money. @throws Error for a key that moves real money, or might. */
export function requireTestKey(key: string | undefined): void {
  if (key !== undefined && !/^(sk|rk)_test_/.test(key))
    throw new Error(
      'This Stripe key is not a test key. Invented hospitals are never made beside real money.',
    );
}

export type Paid = 'paid' | 'was there' | 'not billed';

/**
 * Two years of payments of one hospital at Stripe: a customer on a test clock, a subscription, a renewal
 * after the other, and what went wrong. The organization is what `syncSubscription` makes of that. What is
 * there already is found by the clock's name, so a run that was broken off is taken up and a second one adds
 * nothing. A demo, and a hospital that pays otherwise, is left alone.
 */
export async function payPilot(ctx: TenantContext, kind: PilotKind, now = new Date()): Promise<Paid> {
  requireTestKey(env().STRIPE_SECRET_KEY);
  const { organizationId } = ctx;
  const organization = await organizationOf(organizationId);
  if ((organization.purpose ?? 'customer') !== 'customer') return 'not billed';
  const life = lifeOf(kind, nonPaymentDays());
  const name = `pilot ${organizationId}`;
  const known = await findClock(name);
  if (!known && organization.stripeCustomerId) return 'not billed';
  const clock =
    known ??
    (await stripe().testHelpers.testClocks.create({
      name,
      frozen_time: startOf(life, Math.floor(now.getTime() / 1_000)),
    }));
  const customer = await customerOn(clock, organizationId);
  if (organization.stripeCustomerId && organization.stripeCustomerId !== customer.id) return 'not billed';
  const price = await priceOf(organizationId, life, customer.id);
  if (!price) return 'not billed';
  const subscription = await subscriptionOf(customer, organizationId, { life, price });
  const steps = stepsOf(life, subscription.start_date);
  const end = steps.at(-1)?.at ?? 0;
  const frozen = (await readyClock(clock.id)).frozen_time;
  const last = await organizationOf(organizationId);
  if (frozen >= end && (last.subscription?.syncedAt.getTime() ?? 0) >= end * 1_000) return 'was there';
  await link(organizationId, customer.id);
  await syncSubscription(customer.id);
  for (const { at, deed } of steps) {
    if (at < frozen) continue;
    // A run that ended between the moment and what is done at it left the clock exactly there.
    if (at > frozen) await stripe().testHelpers.testClocks.advance(clock.id, { frozen_time: at });
    await readyClock(clock.id);
    if (deed) await DEEDS[deed]({ ctx, customerId: customer.id, at });
    // At each renewal, so that the ledger of revenue has each change in its own month.
    await syncSubscription(customer.id);
  }
  return 'paid';
}

const organizationOf = async (organizationId: string) =>
  organizationModel
    .findById(objectId(organizationId))
    .select('organizationName email phone purpose status stripeCustomerId subscription')
    .orFail()
    .lean();

async function link(organizationId: string, stripeCustomerId: string): Promise<void> {
  await organizationModel.updateOne(
    { _id: objectId(organizationId), stripeCustomerId: null },
    { $set: { stripeCustomerId } },
  );
}

async function findClock(name: string): Promise<Stripe.TestHelpers.TestClock | null> {
  for await (const clock of stripe().testHelpers.testClocks.list({ limit: 100 }))
    if (clock.name === name) return clock;
  return null;
}

/** The clock, once Stripe has done everything that fell due before its time. */
async function readyClock(id: string): Promise<Stripe.TestHelpers.TestClock> {
  for (const until = Date.now() + UNTIL_READY_MS; Date.now() < until; await delay(500)) {
    const clock = await stripe().testHelpers.testClocks.retrieve(id);
    if (clock.status === 'ready') return clock;
    if (clock.status === 'internal_failure') break;
  }
  throw new Error(`Stripe did not get the test clock ${id} to its time`);
}

/** The one customer of the clock, with a card that is charged. */
async function customerOn(
  clock: Stripe.TestHelpers.TestClock,
  organizationId: string,
): Promise<Stripe.Customer> {
  const { data } = await stripe().customers.list({ test_clock: clock.id, limit: 1 });
  const { organizationName, email, phone } = await organizationOf(organizationId);
  const customer =
    data[0] ??
    (await stripe().customers.create({
      name: organizationName,
      email,
      phone,
      metadata: { organizationId },
      test_clock: clock.id,
    }));
  if (!customer.invoice_settings.default_payment_method) await putCard(customer.id, GOOD_CARD);
  return customer;
}

async function putCard(customer: string, card: string | undefined): Promise<void> {
  const { id } = await stripe().paymentMethods.attach(card ?? '', { customer });
  await stripe().customers.update(customer, { invoice_settings: { default_payment_method: id } });
}

/** The price of the table, or for Enterprise that of a quote; null where no quote can be sent any more. */
async function priceOf(
  organizationId: string,
  { plan, interval }: Life,
  customerId: string,
): Promise<{ id: string; metadata: Stripe.MetadataParam } | null> {
  if (plan !== 'enterprise')
    return {
      id: (await ensurePrice(plan, interval)).priceId,
      metadata: { organizationId, plan, interval, trial: 'no' },
    };
  const find = async () =>
    quoteModel
      .findOne({ organizationId: objectId(organizationId), state: op({ $in: ['sent', 'paid'] as const }) })
      .sort({ createdAt: -1 })
      .lean();
  if (!(await find())) {
    const { status, nonPayment, subscription } = await organizationOf(organizationId);
    if (!canSendQuote({ status, owes: Boolean(nonPayment), subscriptionStatus: subscription?.status }))
      return null;
    // The quote is the customer's, and nothing is made of a customer without a subscription in this state.
    await link(organizationId, customerId);
    const wish = { interval, price: CHAIN_PRICE, maxUsers: '', maxStorageGib: '', validDays: 30 };
    await sendQuote(
      COMPANY,
      sendQuoteInput.parse({ organizationId, place: 'shared', isSharedAgreed: 'on', ...wish }),
    );
  }
  const quote = await find();
  return quote
    ? { id: quote.priceId, metadata: { organizationId, plan, quoteId: quote._id.toString() } }
    : null;
}

async function subscriptionOf(
  { id: customer }: Stripe.Customer,
  organizationId: string,
  { life, price }: { life: Life; price: { id: string; metadata: Stripe.MetadataParam } },
): Promise<Stripe.Subscription> {
  const { data } = await stripe().subscriptions.list({ customer, status: 'all', limit: 1 });
  if (data[0]) return data[0];
  const coupon = life.discount && (await couponOf(life.discount));
  return stripe().subscriptions.create(
    {
      customer,
      items: [{ price: price.id, quantity: 1 }],
      metadata: price.metadata,
      ...(coupon ? { discounts: [{ coupon }] } : {}),
    },
    { idempotencyKey: `pilot-subscription:${organizationId}` },
  );
}

async function couponOf({ percentOff, months }: { percentOff: number; months: number }): Promise<string> {
  const id = `pilot-${percentOff}-${months}`;
  try {
    return (await stripe().coupons.retrieve(id)).id;
  } catch (error) {
    if (!isMissingAtStripe(error)) throw error;
  }
  const fields = { percent_off: percentOff, duration: 'repeating' as const, duration_in_months: months };
  return (await stripe().coupons.create({ id, name: 'Welcome', ...fields })).id;
}

type Moment = { ctx: TenantContext; customerId: string; at: number };

/** Each may be done twice: a run that was broken off does its last one again. */
const DEEDS: Record<Deed, (moment: Moment) => Promise<void>> = {
  decline: ({ customerId }) => putCard(customerId, BAD_CARD),
  upgrade: ({ ctx, at }) =>
    upgradeNow(
      ctx,
      { attempt: randomUUID(), plan: 'professional', interval: 'month', prorationDate: at },
      new Date(at * 1_000),
    ),
  // What is paid for goes on until its end.
  downgrade: ({ ctx }) => scheduleChange(ctx, { attempt: randomUUID(), plan: 'starter', interval: 'month' }),
  refund: async ({ customerId }) => {
    const { data } = await stripe().charges.list({ customer: customerId, limit: 1 });
    const [charge] = data;
    if (!charge?.paid || charge.amount_refunded > 0) return;
    await stripe().refunds.create({
      charge: charge.id,
      amount: Math.round(charge.amount / 2),
      reason: 'requested_by_customer',
    });
  },
};
