import type Stripe from 'stripe';
import { type Api, previousOf } from '../api';
import { addMonths, nowSeconds } from '../ids';
import type { LineFields } from '../objects/invoice';
import { monthsOf } from '../objects/price';
import { periodEndOf } from '../objects/subscription';
import { createDraft, finalize, payOpenInvoice, periodLines, productName } from './invoices';

/** Writes a changed subscription and says so, when anything changed. */
export function saveSubscription(
  api: Api,
  before: Stripe.Subscription,
  after: Stripe.Subscription,
): Stripe.Subscription {
  const previous = previousOf(before, after);
  if (Object.keys(previous).length === 0) return before;
  api.store.put('subscriptions', after.id, after);
  api.emit('customer.subscription.updated', after, previous);
  return after;
}

/** Ends a subscription now. */
export function cancelNow(
  api: Api,
  subscription: Stripe.Subscription,
  details: Partial<Stripe.Subscription.CancellationDetails> = {},
): Stripe.Subscription {
  const now = nowSeconds();
  const ended: Stripe.Subscription = {
    ...subscription,
    status: 'canceled',
    canceled_at: subscription.canceled_at ?? now,
    ended_at: now,
    cancellation_details: {
      comment: null,
      feedback: null,
      feedback_option: null,
      reason: 'cancellation_requested',
      ...details,
    },
  };
  api.store.put('subscriptions', ended.id, ended);
  api.emit('customer.subscription.deleted', ended);
  return ended;
}

/** The fields that say whether a subscription ends with the period that is paid. */
export function cancelAtPeriodEnd(
  subscription: Stripe.Subscription,
  isCanceled: boolean,
): Partial<Stripe.Subscription> {
  if (isCanceled === subscription.cancel_at_period_end) return {};
  const none = { comment: null, feedback: null, feedback_option: null };
  return isCanceled
    ? {
        cancel_at_period_end: true,
        cancel_at: periodEndOf(subscription),
        canceled_at: nowSeconds(),
        cancellation_details: { ...none, reason: 'cancellation_requested' },
      }
    : {
        cancel_at_period_end: false,
        cancel_at: null,
        canceled_at: null,
        cancellation_details: { ...none, reason: null },
      };
}

/** Bills a subscription: invoice, number, charge; the subscription follows what comes of it. */
export function bill(
  api: Api,
  subscription: Stripe.Subscription,
  reason: 'subscription_cycle' | 'subscription_update',
  lines: LineFields[],
  method?: Stripe.PaymentMethod,
): void {
  const invoice = finalize(api, createDraft(api, { subscription, reason, lines }));
  const current = api.store.get('subscriptions', subscription.id) ?? subscription;
  api.store.put('subscriptions', current.id, { ...current, latest_invoice: invoice.id });
  payOpenInvoice(api, invoice, method);
}

/** The start of the next period: a new invoice, or the end when that was asked for. */
export function renew(
  api: Api,
  subscription: Stripe.Subscription,
  method?: Stripe.PaymentMethod,
): Stripe.Subscription {
  if (subscription.cancel_at_period_end) return cancelNow(api, subscription);
  const data = subscription.items.data.map((item) => ({
    ...item,
    current_period_start: item.current_period_end,
    current_period_end: addMonths(item.current_period_end, monthsOf(item.price)),
  }));
  const next = saveSubscription(api, subscription, {
    ...subscription,
    items: { ...subscription.items, data },
  });
  const waiting = api.store.get('pendingLines', subscription.id)?.lines ?? [];
  if (waiting.length > 0)
    api.store.put('pendingLines', subscription.id, { subscription: subscription.id, lines: [] });
  bill(
    api,
    next,
    'subscription_cycle',
    [...waiting, ...periodLines(data, ({ price }) => productName(api, price))],
    method,
  );
  return api.store.get('subscriptions', subscription.id) ?? next;
}

export type Proration = 'none' | 'create_prorations' | 'always_invoice';

/**
 * Puts other items on a subscription. What is left of the old price in this period is credited and the rest of the
 * period at the new price is owed, to the second, now or on the next invoice. Another interval starts a new period.
 */
export function changeItems(
  api: Api,
  before: Stripe.Subscription,
  wanted: Stripe.SubscriptionItem[],
  other: Partial<Stripe.Subscription>,
  proration: Proration,
): Stripe.Subscription {
  const now = nowSeconds();
  const monthsBefore = before.items.data.map(({ price }) => monthsOf(price));
  const restarts = wanted.some(({ price }) => !monthsBefore.includes(monthsOf(price)));
  const data = wanted.map((item) =>
    restarts
      ? { ...item, current_period_start: now, current_period_end: addMonths(now, monthsOf(item.price)) }
      : item,
  );
  const after = saveSubscription(api, before, {
    ...before,
    ...other,
    ...(restarts ? { billing_cycle_anchor: now } : {}),
    items: { ...before.items, data },
  });

  const isSame = (a: Stripe.SubscriptionItem, b: Stripe.SubscriptionItem) =>
    a.id === b.id && a.price.id === b.price.id && a.quantity === b.quantity && !restarts;
  const gone = before.items.data.filter((old) => !data.some((item) => isSame(old, item)));
  const added = data.filter((item) => !before.items.data.some((old) => isSame(old, item)));
  const lines: LineFields[] = proration === 'none' ? [] : gone.map((item) => partOf(api, item, now, -1));
  if (restarts) lines.push(...periodLines(data, ({ price }) => productName(api, price)));
  else if (proration !== 'none') lines.push(...added.map((item) => partOf(api, item, now, 1)));

  if (lines.length === 0) return after;
  if (restarts || proration === 'always_invoice') bill(api, after, 'subscription_update', lines);
  else {
    const waiting = api.store.get('pendingLines', after.id)?.lines ?? [];
    api.store.put('pendingLines', after.id, { subscription: after.id, lines: [...waiting, ...lines] });
  }
  return api.store.get('subscriptions', after.id) ?? after;
}

function partOf(api: Api, item: Stripe.SubscriptionItem, now: number, sign: 1 | -1): LineFields {
  const { current_period_start: start, current_period_end: end } = item;
  const share = Math.min(1, Math.max(0, (end - now) / (end - start)));
  const full = (item.price.unit_amount ?? 0) * (item.quantity ?? 1);
  const name = productName(api, item.price);
  return {
    item,
    amount: sign * Math.round(full * share),
    description: sign < 0 ? `Unused time on ${name}` : `Remaining time on ${name}`,
    period: { start: now, end },
    isProration: true,
  };
}
