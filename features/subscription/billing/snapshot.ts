import 'server-only';
import type Stripe from 'stripe';
import { stripe } from '@/lib/stripe/client';
import { type Interval, isPlanId } from './plans';

const dateOf = (seconds: number | null | undefined): Date | undefined =>
  typeof seconds === 'number' ? new Date(seconds * 1_000) : undefined;

/** Drops what Stripe does not say, so that two equal answers are stored equal. */
type Said<T> = { [K in keyof T as undefined extends T[K] ? never : K]: T[K] } & {
  [K in keyof T as undefined extends T[K] ? K : never]?: Exclude<T[K], undefined>;
};
const said = <T extends object>(fields: T): Said<T> =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Said<T>;

const idOf = (value: string | { id: string } | null | undefined): string | undefined =>
  typeof value === 'string' ? value : value?.id;
const object = <T extends { id: string }>(value: string | T | null | undefined): T | undefined =>
  typeof value === 'object' && value !== null ? value : undefined;

export const intervalOf = (price: Stripe.Price): Interval =>
  price.recurring?.interval === 'year' ? 'year' : 'month';

function discountOf(subscription: Stripe.Subscription) {
  const discount = subscription.discounts.map((value) => object(value)).find((value) => value !== undefined);
  if (!discount) return undefined;
  const coupon = object(discount.source.coupon);
  return said({
    id: discount.id,
    name: coupon?.name ?? undefined,
    percentOff: coupon?.percent_off ?? undefined,
    amountOffCents: coupon?.amount_off ?? undefined,
    endsAt: dateOf(discount.end),
  });
}

/** The card that will be charged: the subscription's own, or else the customer's. */
async function paymentMethodOf(subscription: Stripe.Subscription, customer: Stripe.Customer) {
  const own = object(subscription.default_payment_method);
  const fallback = idOf(customer.invoice_settings.default_payment_method);
  const method = own ?? (fallback ? await stripe().paymentMethods.retrieve(fallback) : undefined);
  if (!method) return undefined;
  return said({
    type: String(method.type),
    brand: method.card?.brand,
    last4: method.card?.last4,
    expMonth: method.card?.exp_month,
    expYear: method.card?.exp_year,
  });
}

/** What the schedule will change at its next phase, and when. */
async function pendingChangeOf(subscription: Stripe.Subscription) {
  const schedule = object(subscription.schedule);
  if (!schedule || (schedule.status !== 'active' && schedule.status !== 'not_started')) return undefined;
  const from = schedule.current_phase?.end_date;
  const phase = schedule.phases.find(({ start_date }) => from !== undefined && start_date >= from);
  const item = phase?.items[0];
  const priceId = item ? (typeof item.price === 'string' ? item.price : item.price.id) : undefined;
  if (!phase || !priceId || priceId === subscription.items.data[0]?.price.id) return undefined;
  const price = await stripe().prices.retrieve(priceId);
  return said({
    scheduleId: schedule.id,
    plan: price.metadata.plan,
    interval: intervalOf(price),
    priceCents: price.unit_amount ?? undefined,
    at: dateOf(phase.start_date),
  });
}

function latestInvoiceOf(subscription: Stripe.Subscription) {
  const invoice = object(subscription.latest_invoice);
  if (!invoice) return undefined;
  return said({
    id: invoice.id,
    number: invoice.number ?? undefined,
    status: invoice.status ? String(invoice.status) : undefined,
    totalCents: invoice.total,
    remainingCents: invoice.amount_remaining,
    taxCents: invoice.total_taxes?.reduce((sum, { amount }) => sum + amount, 0) ?? undefined,
    attemptCount: invoice.attempt_count,
    nextPaymentAttempt: dateOf(invoice.next_payment_attempt),
    hostedUrl: invoice.hosted_invoice_url ?? undefined,
  });
}

/** The copy of a Stripe subscription that pages read. @throws Error for one that names none of our plans. */
export async function snapshotOf(subscription: Stripe.Subscription, customer: Stripe.Customer, readAt: Date) {
  const item = subscription.items.data[0];
  if (!item) throw new Error(`Subscription ${subscription.id} has no items`);
  const plan = [item.price.metadata.plan, subscription.metadata.plan].find(isPlanId);
  if (!plan) throw new Error(`Subscription ${subscription.id} names no plan of ours`);
  const pause = subscription.pause_collection;
  return said({
    status: String(subscription.status),
    plan,
    priceCents: item.price.unit_amount ?? 0,
    currency: item.price.currency,
    interval: intervalOf(item.price),
    quantity: item.quantity ?? 1,
    currentPeriodEnd: new Date(item.current_period_end * 1_000),
    currentPeriodStart: new Date(item.current_period_start * 1_000),
    cancelAtPeriodEnd: subscription.cancel_at_period_end,
    canceledAt: dateOf(subscription.canceled_at),
    syncedAt: readAt,
    priceId: item.price.id,
    startedAt: dateOf(subscription.start_date),
    cancelAt: dateOf(subscription.cancel_at),
    trialEnd: dateOf(subscription.trial_end),
    collectionMethod: String(subscription.collection_method),
    isTaxAutomatic: subscription.automatic_tax.enabled,
    pause: pause
      ? said({ behavior: String(pause.behavior), resumesAt: dateOf(pause.resumes_at) })
      : undefined,
    discount: discountOf(subscription),
    paymentMethod: await paymentMethodOf(subscription, customer),
    latestInvoice: latestInvoiceOf(subscription),
    pendingChange: await pendingChangeOf(subscription),
  });
}
export type SubscriptionSnapshot = Awaited<ReturnType<typeof snapshotOf>>;
