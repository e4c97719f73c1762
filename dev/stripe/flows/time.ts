import type { Api } from '../api';
import { nowSeconds } from '../ids';
import { periodEndOf } from '../objects/subscription';
import { expireCheckout, isOverdue } from './checkout';
import { renew } from './subscriptions';

const LIVE: readonly string[] = ['active', 'past_due', 'trialing'];

/** Does what the passing of time asks for: sessions expire, subscriptions renew or end. */
export function letTimePass(api: Api): void {
  for (const record of api.store.newest('checkouts')) if (isOverdue(record)) expireCheckout(api, record);
  for (const subscription of api.store.newest('subscriptions')) {
    if (!LIVE.includes(subscription.status) || periodEndOf(subscription) > nowSeconds()) continue;
    const renewed = renew(api, subscription);
    // Away for months: each period gets its own invoice, one per look.
    if (periodEndOf(renewed) <= periodEndOf(subscription) && renewed.status !== 'canceled') return;
  }
}
