import type Stripe from 'stripe';
import { type Api, find } from '../api';
import { nowSeconds } from '../ids';
import { planOf } from '../objects/price';
import { idOf } from '../objects/subscription';
import { changeItems, type Proration, saveSubscription } from './subscriptions';

/** Ends a schedule; its subscription goes on with the terms it has. */
export function releaseSchedule(
  api: Api,
  schedule: Stripe.SubscriptionSchedule,
  status: 'released' | 'completed' = 'released',
): Stripe.SubscriptionSchedule {
  const now = nowSeconds();
  const id = schedule.subscription ? idOf(schedule.subscription) : null;
  const after: Stripe.SubscriptionSchedule = {
    ...schedule,
    status: 'released',
    current_phase: null,
    released_at: now,
    completed_at: status === 'completed' ? now : null,
    released_subscription: id,
    subscription: null,
  };
  api.store.put('schedules', schedule.id, after);
  api.emit('subscription_schedule.released', after);
  const subscription = id ? api.store.get('subscriptions', id) : undefined;
  if (subscription) saveSubscription(api, subscription, { ...subscription, schedule: null });
  return after;
}

/** Puts the terms of the phase that begins now on the subscription, or releases it after the last one. */
export function advanceSchedule(api: Api, subscription: Stripe.Subscription): Stripe.Subscription {
  const schedule = subscription.schedule
    ? api.store.get('schedules', idOf(subscription.schedule))
    : undefined;
  const end = schedule?.current_phase?.end_date;
  if (!schedule || end === undefined || end > nowSeconds()) return subscription;
  const phase = schedule.phases.find(({ start_date }) => start_date >= end);
  if (!phase) {
    releaseSchedule(api, schedule, 'completed');
    return find(api, 'subscription', subscription.id);
  }
  const old = subscription.items.data;
  const data = phase.items.flatMap((row, index): Stripe.SubscriptionItem[] => {
    const price = api.store.get('prices', idOf(row.price));
    const item = old[index] ?? old[0];
    return price && item ? [{ ...item, price, plan: planOf(price), quantity: row.quantity ?? 1 }] : [];
  });
  const moved: Stripe.SubscriptionSchedule = {
    ...schedule,
    current_phase: { start_date: phase.start_date, end_date: phase.end_date },
  };
  api.store.put('schedules', schedule.id, moved);
  api.emit('subscription_schedule.updated', moved);
  // At the edge of two periods there is nothing to prorate: the renewal that follows bills the new terms.
  const isEdge = old.every((item) => item.current_period_end <= nowSeconds());
  if (isEdge) {
    return saveSubscription(api, subscription, {
      ...subscription,
      items: { ...subscription.items, data },
    });
  }
  const proration =
    (['none', 'always_invoice'] satisfies Proration[]).find(
      (behavior) => behavior === phase.proration_behavior,
    ) ?? 'create_prorations';
  return changeItems(api, subscription, data, {}, { proration });
}
