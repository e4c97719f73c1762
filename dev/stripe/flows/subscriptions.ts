import type Stripe from 'stripe';
import { type Api, previousOf } from '../api';
import { cardError } from '../errors';
import { addMonths, nowSeconds } from '../ids';
import type { LineFields } from '../objects/invoice';
import { monthsOf } from '../objects/price';
import { idOf, periodEndOf } from '../objects/subscription';
import { amountOff, discountsOf } from './discounts';
import { createDraft, finalize, payOpenInvoice, periodLines, productName, voidInvoice } from './invoices';

const PENDING_SECONDS = 23 * 3_600;

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
  const schedule = ended.schedule ? api.store.get('schedules', idOf(ended.schedule)) : undefined;
  if (schedule) {
    const canceled: Stripe.SubscriptionSchedule = {
      ...schedule,
      status: 'canceled',
      canceled_at: now,
      current_phase: null,
    };
    api.store.put('schedules', schedule.id, canceled);
    api.emit('subscription_schedule.canceled', canceled);
  }
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

type PaymentBehavior =
  | 'allow_incomplete'
  | 'default_incomplete'
  | 'error_if_incomplete'
  | 'pending_if_incomplete';

/**
 * Bills a subscription: invoice, number, charge; the subscription follows what comes of it.
 * @returns whether it is paid
 */
function bill(
  api: Api,
  subscription: Stripe.Subscription,
  reason: 'subscription_cycle' | 'subscription_update',
  lines: LineFields[],
  method?: Stripe.PaymentMethod,
): boolean {
  const draft = createDraft(api, { subscription, reason, lines });
  const current = api.store.get('subscriptions', subscription.id) ?? subscription;
  api.store.put('subscriptions', current.id, { ...current, latest_invoice: draft.id });
  const pause = current.pause_collection?.behavior;
  const waits = pause === 'keep_as_draft' || (pause === undefined && current.status === 'unpaid');
  if (waits && reason === 'subscription_cycle') {
    api.store.put('invoices', draft.id, { ...draft, auto_advance: false });
    return false;
  }
  const invoice = finalize(api, draft);
  if (pause === 'void' && reason === 'subscription_cycle') {
    voidInvoice(api, invoice);
    return true;
  }
  if (pause === 'mark_uncollectible' && reason === 'subscription_cycle') {
    const lost: Stripe.Invoice = { ...invoice, status: 'uncollectible', auto_advance: false };
    api.store.put('invoices', lost.id, lost);
    api.emit('invoice.marked_uncollectible', lost);
    return true;
  }
  if (current.collection_method === 'send_invoice' && invoice.amount_due > 0) {
    api.emit('invoice.sent', invoice);
    return true;
  }
  return payOpenInvoice(api, invoice, method);
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
    current_period_end: nextPeriodEnd(subscription, item),
  }));
  const next = saveSubscription(api, subscription, {
    ...subscription,
    ...(subscription.status === 'trialing' ? { status: 'active' } : {}),
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

/** Counted from the anchor, so that the 31st comes back after a short month. */
function nextPeriodEnd(subscription: Stripe.Subscription, item: Stripe.SubscriptionItem): number {
  const step = monthsOf(item.price);
  for (let months = step; ; months += step) {
    const end = addMonths(subscription.billing_cycle_anchor, months);
    if (end > item.current_period_end) return end;
  }
}

export type Proration = 'none' | 'create_prorations' | 'always_invoice';
export type ChangeOptions = {
  proration: Proration;
  /** The second from which the rest of a period is counted; now unless told. */
  prorationDate?: number | undefined;
  paymentBehavior?: PaymentBehavior | undefined;
  /** A new period begins now, whatever the items are. */
  restart?: boolean;
  /** The free days end now. */
  endTrial?: boolean;
};

/**
 * Puts other items on a subscription. What is left of the old price in this period is credited and the rest
 * of the period at the new price is owed, to the second, now or on the next invoice. Another interval starts
 * a new period.
 * @throws ApiError 402 when `error_if_incomplete` meets a refused card; nothing has changed then.
 */
export function changeItems(
  api: Api,
  before: Stripe.Subscription,
  wanted: Stripe.SubscriptionItem[],
  other: Partial<Stripe.Subscription>,
  { proration, prorationDate, paymentBehavior, restart = false, endTrial = false }: ChangeOptions,
): Stripe.Subscription {
  const now = nowSeconds();
  const isTrial = before.status === 'trialing' && !endTrial;
  const monthsBefore = before.items.data.map(({ price }) => monthsOf(price));
  const isOtherInterval = wanted.some(({ price }) => !monthsBefore.includes(monthsOf(price)));
  const restarts = restart || endTrial || (isOtherInterval && !isTrial);
  const data = wanted.map((item) =>
    restarts
      ? { ...item, current_period_start: now, current_period_end: addMonths(now, monthsOf(item.price)) }
      : item,
  );
  const wasTrial = before.status === 'trialing';
  const after = saveSubscription(api, before, {
    ...before,
    ...other,
    ...(restarts ? { billing_cycle_anchor: now } : {}),
    ...(endTrial && wasTrial ? { status: 'active', trial_end: now } : {}),
    items: { ...before.items, data },
  });

  const at = Math.max(
    prorationDate ?? now,
    Math.max(...before.items.data.map((item) => item.current_period_start)),
  );
  const isSame = (a: Stripe.SubscriptionItem, b: Stripe.SubscriptionItem) =>
    a.id === b.id && a.price.id === b.price.id && a.quantity === b.quantity && !restarts;
  const gone = before.items.data.filter((old) => !data.some((item) => isSame(old, item)));
  const added = data.filter((item) => !before.items.data.some((old) => isSame(old, item)));
  const prorates = proration !== 'none' && !wasTrial;
  const lines: LineFields[] = prorates ? gone.map((item) => partOf(api, before, item, at, -1)) : [];
  if (restarts) lines.push(...periodLines(data, ({ price }) => productName(api, price)));
  else if (prorates) lines.push(...added.map((item) => partOf(api, before, item, at, 1)));

  if (lines.length === 0) return after;
  if (!restarts && proration !== 'always_invoice') {
    const waiting = api.store.get('pendingLines', after.id)?.lines ?? [];
    api.store.put('pendingLines', after.id, { subscription: after.id, lines: [...waiting, ...lines] });
    return api.store.get('subscriptions', after.id) ?? after;
  }
  const isPaid = bill(api, after, 'subscription_update', lines);
  if (!isPaid && paymentBehavior === 'error_if_incomplete')
    throw cardError('Your card was declined.', 'card_declined', 'generic_decline');
  const current = api.store.get('subscriptions', after.id) ?? after;
  if (isPaid || paymentBehavior !== 'pending_if_incomplete') return current;
  return saveSubscription(api, current, {
    ...current,
    status: before.status,
    items: before.items,
    billing_cycle_anchor: before.billing_cycle_anchor,
    pending_update: {
      billing_cycle_anchor: restarts ? now : null,
      cancel_at_period_end: null,
      discount: null,
      discounts: null,
      expires_at: now + PENDING_SECONDS,
      metadata: null,
      subscription_items: data,
      trial_end: null,
      trial_from_plan: null,
    },
  });
}

function partOf(
  api: Api,
  subscription: Stripe.Subscription,
  item: Stripe.SubscriptionItem,
  at: number,
  sign: 1 | -1,
): LineFields {
  const { current_period_start: start, current_period_end: end } = item;
  const share = Math.min(1, Math.max(0, (end - at) / (end - start)));
  const whole = (item.price.unit_amount ?? 0) * (item.quantity ?? 1);
  // Prorations are of what was really asked for the period: after the percentage of a discount.
  const full = discountsOf(api, subscription)
    .filter(({ coupon }) => coupon.percent_off !== null)
    .reduce((amount, applied) => amount - amountOff(applied, amount), whole);
  const name = productName(api, item.price);
  return {
    item,
    amount: sign * Math.round(full * share),
    description: sign < 0 ? `Unused time on ${name}` : `Remaining time on ${name}`,
    period: { start: at, end },
    isProration: true,
  };
}
