import type Stripe from 'stripe';

/** Stripe's envelope of a list that is complete. */
export const listOf = <T>(url: string, data: T[]): Stripe.ApiList<T> => ({
  object: 'list',
  data,
  has_more: false,
  url,
});
