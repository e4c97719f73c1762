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
    let current = subscription;
    // Away for months: each period that has passed gets its own invoice.
    while (LIVE.includes(current.status) && periodEndOf(current) <= nowSeconds())
      current = renew(api, current);
  }
}
