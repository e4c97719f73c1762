import type Stripe from 'stripe';
import type { Api } from '../api';
import { nowSeconds } from '../ids';
import { idOf, periodEndOf } from '../objects/subscription';
import { payOpenInvoice, subscriptionOf, voidInvoice } from './invoices';
import { upcomingInvoice } from './preview';
import { advanceSchedule } from './schedules';
import { cancelNow, renew, saveSubscription } from './subscriptions';

const DAY = 86_400;
const LIVE: readonly string[] = ['active', 'past_due', 'trialing', 'unpaid'];
const INCOMPLETE_SECONDS = 23 * 3_600;

type Due = { at: number; run: () => void };

/** Something done once: at its time, and not again. */
function once(api: Api, key: string, at: number, run: () => void): Due[] {
  if (api.store.get('marks', key)) return [];
  return [
    {
      at,
      run: () => {
        api.store.put('marks', key, { id: key });
        run();
      },
    },
  ];
}

function openInvoices(api: Api, subscription: Stripe.Subscription): Stripe.Invoice[] {
  return api.store
    .newest('invoices')
    .filter((invoice) => invoice.status === 'open' && subscriptionOf(api, invoice)?.id === subscription.id);
}

/** Stripe's last word after the last try, by what the account's owner chose. */
function retry(api: Api, subscription: Stripe.Subscription, invoice: Stripe.Invoice): void {
  if (payOpenInvoice(api, invoice)) return;
  const isLastTry = api.store.get('invoices', invoice.id)?.next_payment_attempt === null;
  const last = api.store.get('settings', 'account')?.afterLastRetry ?? 'unpaid';
  const current = api.store.get('subscriptions', subscription.id) ?? subscription;
  if (isLastTry && last === 'cancel') cancelNow(api, current, { reason: 'payment_failed' });
}

function dues(api: Api, subscription: Stripe.Subscription): Due[] {
  const { id, status } = subscription;
  if (status === 'incomplete') {
    return [
      {
        at: subscription.created + INCOMPLETE_SECONDS,
        run: () => {
          for (const invoice of openInvoices(api, subscription)) voidInvoice(api, invoice);
          const over: Stripe.Subscription = {
            ...subscription,
            status: 'incomplete_expired',
            ended_at: nowSeconds(),
          };
          saveSubscription(api, subscription, over);
        },
      },
    ];
  }
  if (!LIVE.includes(status)) return [];
  const end = periodEndOf(subscription);
  const list: Due[] = [{ at: end, run: () => void renew(api, advanceSchedule(api, subscription)) }];
  if (subscription.cancel_at !== null && !subscription.cancel_at_period_end) {
    list.push({ at: subscription.cancel_at, run: () => void cancelNow(api, subscription) });
  }
  const warnAt = end - 3 * DAY;
  if (status === 'trialing') {
    list.push(
      ...once(api, `trial:${id}:${end}`, Math.max(warnAt, subscription.created), () =>
        api.emit('customer.subscription.trial_will_end', subscription),
      ),
    );
  } else if (!subscription.cancel_at_period_end) {
    const start = Math.max(...subscription.items.data.map((item) => item.current_period_start));
    const at = Math.max(end - 7 * DAY, start);
    list.push(
      ...once(api, `upcoming:${id}:${end}`, at, () => {
        const upcoming = upcomingInvoice(api, subscription);
        if (upcoming) api.emit('invoice.upcoming', { ...upcoming, id: '' });
      }),
    );
  }
  const resumesAt = subscription.pause_collection?.resumes_at;
  if (resumesAt) {
    list.push({
      at: resumesAt,
      run: () => void saveSubscription(api, subscription, { ...subscription, pause_collection: null }),
    });
  }
  if (subscription.pending_update) {
    list.push({
      at: subscription.pending_update.expires_at,
      run: () => {
        const latest = api.store.get('invoices', idOf(subscription.latest_invoice ?? ''));
        if (latest?.status === 'open') voidInvoice(api, latest);
        api.emit('customer.subscription.pending_update_expired', subscription);
        saveSubscription(api, subscription, { ...subscription, pending_update: null });
      },
    });
  }
  for (const invoice of openInvoices(api, subscription)) {
    const { next_payment_attempt: at, due_date: due } = invoice;
    if (at !== null && invoice.collection_method === 'charge_automatically')
      list.push({ at, run: () => retry(api, subscription, invoice) });
    if (due !== null && status === 'active') {
      list.push(
        ...once(api, `overdue:${invoice.id}`, due, () => {
          api.emit('invoice.overdue', invoice);
          saveSubscription(api, subscription, { ...subscription, status: 'past_due' });
        }),
      );
    }
  }
  return list;
}

const first = (list: Due[]): Due | undefined => list.sort((a, b) => a.at - b.at)[0];

/** When something happens to a subscription by itself; null when never. */
export const nextDue = (api: Api, subscription: Stripe.Subscription): number | null =>
  first(dues(api, subscription))?.at ?? null;

/** Does the first thing that is due. */
export function runDue(api: Api, id: string): void {
  const subscription = api.store.get('subscriptions', id);
  if (subscription) first(dues(api, subscription))?.run();
}
