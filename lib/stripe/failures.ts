import 'server-only';
import { AppError } from '../errors';
import { logger } from '../logger';

/** A text that Stripe's error carries beside its message. */
function stringOf(cause: unknown, key: 'type' | 'code'): string | undefined {
  if (!(cause instanceof Error) || !(key in cause)) return undefined;
  const value: unknown = Reflect.get(cause, key);
  return typeof value === 'string' ? value : undefined;
}

const AWAY: readonly (string | undefined)[] = [
  'StripeConnectionError',
  'StripeAPIError',
  'StripeRateLimitError',
];

/** Stripe cannot be asked now, as opposed to refusing what we ask. */
export const isOutOfReach = (cause: unknown): boolean => AWAY.includes(stringOf(cause, 'type'));

/** A key that opens nothing, or not this. */
export const isRefusedKey = (cause: unknown): boolean =>
  ['StripeAuthenticationError', 'StripePermissionError'].includes(stringOf(cause, 'type') ?? '');

/** Stripe understands what we ask and does not do it, now or later. */
export const isRefusedByStripe = (cause: unknown): boolean =>
  stringOf(cause, 'type') === 'StripeInvalidRequestError';

/** What we name is not there: deleted at Stripe, or another account's. */
export const isMissingAtStripe = (cause: unknown): boolean => stringOf(cause, 'code') === 'resource_missing';

/**
 * Stripe's failures as sentences: `declined` ends the one for a refused card, `away` is the one for Stripe
 * out of reach. Anything else is a bug and stays one.
 * @throws AppError TOO_MANY_REQUESTS or PAYMENT_REQUIRED.
 */
export async function reach<T>(
  call: Promise<T>,
  {
    declined = 'Nothing was changed.',
    away = 'Our payment partner cannot be reached right now. Nothing was changed; please try again in a minute.',
  }: { declined?: string; away?: string } = {},
): Promise<T> {
  try {
    return await call;
  } catch (cause) {
    if (isOutOfReach(cause)) {
      logger.warn({ err: cause }, 'Stripe cannot be reached');
      throw new AppError('TOO_MANY_REQUESTS', away, { cause });
    }
    if (stringOf(cause, 'type') === 'StripeCardError') {
      const needsPerson = stringOf(cause, 'code') === 'subscription_payment_intent_requires_action';
      const why = needsPerson
        ? 'Your bank asks you to confirm the payment yourself.'
        : 'Your card was declined.';
      throw new AppError('PAYMENT_REQUIRED', `${why} ${declined}`, { cause });
    }
    throw cause;
  }
}
