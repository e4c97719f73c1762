import type Stripe from 'stripe';
import type { Api } from '../api';
import { atTime, nowSeconds } from '../ids';
import { idOf } from '../objects/subscription';
import { expireCheckout, isOverdue } from './checkout';
import { nextDue, runDue } from './due';

const clockOf = ({ test_clock: clock }: Stripe.Subscription): string | null => clock && idOf(clock);

/**
 * Does for these subscriptions what is due until a moment, each thing at its own time and in the order of
 * time.
 */
function runUntil(api: Api, clock: string | null, until: number): void {
  for (;;) {
    const due = api.store
      .newest('subscriptions')
      .filter((subscription) => clockOf(subscription) === clock)
      .map((subscription) => ({ id: subscription.id, at: nextDue(api, subscription) }))
      .filter((row): row is { id: string; at: number } => row.at !== null && row.at <= until)
      .sort((a, b) => a.at - b.at)[0];
    if (!due) return;
    atTime(due.at, () => runDue(api, due.id));
  }
}

/** Does what the passing of real time asks for: sessions expire, subscriptions renew, are dunned or end. */
export function letTimePass(api: Api): void {
  for (const record of api.store.newest('checkouts')) if (isOverdue(record)) expireCheckout(api, record);
  runUntil(api, null, nowSeconds());
}

/** Moves a test clock forward; everything due on the way happens, as if the time had passed. */
export function advanceClock(
  api: Api,
  clock: Stripe.TestHelpers.TestClock,
  to: number,
): Stripe.TestHelpers.TestClock {
  const advancing: Stripe.TestHelpers.TestClock = {
    ...clock,
    status: 'advancing',
    status_details: { advancing: { target_frozen_time: to } },
  };
  atTime(clock.frozen_time, () => api.emit('test_helpers.test_clock.advancing', advancing));
  runUntil(api, clock.id, to);
  const ready: Stripe.TestHelpers.TestClock = { ...clock, frozen_time: to };
  api.store.put('testClocks', clock.id, ready);
  atTime(to, () => api.emit('test_helpers.test_clock.ready', ready));
  // Stripe answers before the work is done; a caller that waits for `ready` sees it at the next look.
  return advancing;
}
