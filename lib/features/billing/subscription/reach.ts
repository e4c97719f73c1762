import 'server-only';
import type Stripe from 'stripe';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { stripe } from '@/lib/stripe/client';
import { isLive } from '../policy';

/** A page must not wait long for Stripe: it shows what we know, and a way to try again. */
export const READ: Stripe.RequestOptions = { timeout: 4_000, maxNetworkRetries: 0 };

const stringOf = (cause: unknown, key: string): string | undefined => {
  if (!(cause instanceof Error) || !(key in cause)) return undefined;
  const value: unknown = Reflect.get(cause, key);
  return typeof value === 'string' ? value : undefined;
};

/** Stripe cannot be asked now, as opposed to refusing what we ask. */
export function isOutOfReach(cause: unknown): boolean {
  const type = stringOf(cause, 'type');
  return type === 'StripeConnectionError' || type === 'StripeAPIError' || type === 'StripeRateLimitError';
}

/** The bank said no. */
export const isDeclined = (cause: unknown): boolean => stringOf(cause, 'type') === 'StripeCardError';

/**
 * Stripe's failures as sentences. `declined` says what a refused card means for this verb; anything that is neither is
 * a bug and stays one.
 */
export async function reach<T>(call: Promise<T>, declined?: string): Promise<T> {
  try {
    return await call;
  } catch (cause) {
    if (isOutOfReach(cause)) {
      logger.warn({ err: cause }, 'Stripe cannot be reached');
      throw new AppError(
        'TOO_MANY_REQUESTS',
        'Our payment partner cannot be reached right now. Nothing was changed; please try again in a minute.',
        { cause },
      );
    }
    if (isDeclined(cause)) {
      const needsPerson = stringOf(cause, 'code') === 'subscription_payment_intent_requires_action';
      const why = needsPerson
        ? 'Your bank asks you to confirm the payment yourself.'
        : 'Your card was declined.';
      throw new AppError('PAYMENT_REQUIRED', `${why} ${declined ?? 'Nothing was changed.'}`, { cause });
    }
    throw cause;
  }
}

export type CustomerSubscription = {
  customerId: string;
  subscription: Stripe.Subscription;
  item: Stripe.SubscriptionItem;
};

/** The organization's Stripe customer. @throws AppError CONFLICT before the first payment. */
export async function customerIdOf(organizationId: string): Promise<string> {
  const row = await (await organizationModel())
    .findById(objectId(organizationId, 'organization'))
    .select('stripeCustomerId')
    .lean();
  if (!row?.stripeCustomerId) {
    throw new AppError('CONFLICT', 'There is no subscription yet, so there is nothing to change.');
  }
  return row.stripeCustomerId;
}

/**
 * The live subscription as Stripe has it now, never as we remember it: what is decided here is paid for.
 * @throws AppError CONFLICT when there is none.
 */
export async function liveSubscription(organizationId: string): Promise<CustomerSubscription> {
  const customerId = await customerIdOf(organizationId);
  const { data } = await stripe().subscriptions.list({ customer: customerId, status: 'all', limit: 20 });
  const subscription = data.find(isLive);
  const item = subscription?.items.data[0];
  if (!subscription || !item) {
    throw new AppError('CONFLICT', 'The subscription has ended. Start it again to change it.');
  }
  return { customerId, subscription, item };
}
