import 'server-only';
import Stripe from 'stripe';
import { AppError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { readEventOf, stripeWith } from '@/lib/stripe/client';
import {
  isMissingAtStripe,
  isOutOfReach,
  isRefusedByStripe,
  isRefusedKey,
  reach,
} from '@/lib/stripe/failures';
import { fromStripeAmount, toStripeAmount } from './policy';
import type { PaymentProvider, RefundTold, Told, ToldOf } from './provider';

/** After these Stripe may say something new about a link or a refund. */
const EVENTS = [
  ...(['checkout.session.completed', 'checkout.session.expired'] as const),
  ...(['checkout.session.async_payment_succeeded', 'checkout.session.async_payment_failed'] as const),
  ...(['refund.created', 'refund.updated', 'refund.failed'] as const),
];

const AWAY = 'Stripe cannot be reached right now. Nothing was changed; please try again in a minute.';
const REFUSED_KEY =
  'Stripe does not take the key of your account any more. The owner enters a new one under Settings, Online payments.';

/** Stripe's failures as sentences that say what to do. @throws AppError */
async function ask<T>(call: Promise<T>): Promise<T> {
  try {
    return await reach(call, { away: AWAY });
  } catch (cause) {
    if (isRefusedKey(cause)) throw new AppError('CONFLICT', REFUSED_KEY, { cause });
    throw cause;
  }
}

/** The same about something that the account should have. @throws AppError CONFLICT where it has not. */
async function askAbout<T>(call: Promise<T>): Promise<T> {
  try {
    return await ask(call);
  } catch (cause) {
    if (!isMissingAtStripe(cause)) throw cause;
    throw new AppError('CONFLICT', 'The account at Stripe that is set up now does not know this payment.', {
      cause,
    });
  }
}

const idOf = (value: string | { id: string } | null | undefined): string | null =>
  typeof value === 'string' ? value : (value?.id ?? null);

function stateOf(session: Stripe.Checkout.Session): Told['state'] {
  if (session.payment_status === 'paid') return 'paid';
  if (session.status === 'open') return 'open';
  if (session.status === 'expired') return 'over';
  // Complete and unpaid: a bank confirms it later, or has refused it.
  const intent = typeof session.payment_intent === 'string' ? null : session.payment_intent;
  return intent && ['canceled', 'requires_payment_method'].includes(intent.status) ? 'over' : 'processing';
}

const FAILED: Record<string, string> = {
  charge_already_refunded: 'All of this payment has been given back at Stripe already.',
  charge_disputed: 'The card’s owner disputes this payment with the bank, so that Stripe gives nothing back.',
  resource_missing: 'The account at Stripe that is set up now does not know this payment.',
  balance_insufficient: 'There is not enough money in the account at Stripe.',
  lost_or_stolen_card: 'The card is lost or stolen.',
  expired_or_canceled_card: 'The card has expired or was cancelled.',
  declined: 'The bank has refused it.',
  insufficient_funds: 'There is not enough money in the account at Stripe.',
};
const failedBecause = (code: string | null | undefined): string =>
  (code && FAILED[code]) || 'Stripe could not give it back. Look at the payment in your Stripe dashboard.';

function toRefund(refund: Stripe.Refund): RefundTold {
  const refundId = refund.id;
  if (refund.status === 'failed' || refund.status === 'canceled')
    return { refundId, state: 'failed', why: failedBecause(refund.failure_reason) };
  return { refundId, state: refund.status === 'succeeded' ? 'done' : 'asked', why: null };
}

/** Payments by Stripe's Checkout in the account that a secret key opens. */
export function stripePayments(secretKey: string): PaymentProvider {
  const refuseKey = (cause: unknown): AppError =>
    new AppError(
      'INVALID_INPUT',
      'Stripe does not take this key, or it may not do what is needed. Copy it again; a restricted key needs to write Checkout Sessions and Refunds.',
      { field: 'secretKey', cause },
    );
  return {
    describe: async () => {
      try {
        const { id, settings, business_profile, default_currency } =
          await stripeWith(secretKey).accounts.retrieve(null);
        const name = settings?.dashboard?.display_name ?? business_profile?.name ?? null;
        return { accountId: id, name, currency: default_currency?.toUpperCase() ?? null };
      } catch (cause) {
        if (isOutOfReach(cause)) throw new AppError('UNAVAILABLE', AWAY, { cause });
        if (!isRefusedKey(cause)) throw cause;
      }
      // A restricted key may not say whose it is; that it opens what we need is asked instead.
      try {
        await stripeWith(secretKey).checkout.sessions.list({ limit: 1 });
      } catch (cause) {
        throw isRefusedKey(cause) ? refuseKey(cause) : cause;
      }
      return { accountId: null, name: null, currency: null };
    },

    open: async ({ id, billNumber, amountMinor, currency, expiresAt, returnUrl }) => {
      const amount = toStripeAmount(amountMinor, currency);
      const refuse = (cause?: unknown) =>
        new AppError('CONFLICT', 'Stripe does not take this amount. Take the payment at the counter.', {
          cause,
        });
      if (amount === null) throw refuse();
      const description = `Bill ${billNumber}`;
      const price_data = {
        currency: currency.toLowerCase(),
        unit_amount: amount,
        product_data: { name: description },
      };
      const call = stripeWith(secretKey).checkout.sessions.create(
        {
          mode: 'payment',
          line_items: [{ price_data, quantity: 1 }],
          // What is paid is what is due, in the currency of the bill.
          adaptive_pricing: { enabled: false },
          client_reference_id: id,
          metadata: { link: id },
          payment_intent_data: { description, metadata: { link: id } },
          expires_at: Math.floor(expiresAt.getTime() / 1_000),
          success_url: returnUrl,
        },
        { idempotencyKey: `payment-link-${id}` },
      );
      try {
        const session = await ask(call);
        if (!session.url) throw new Error('Stripe made a page without an address');
        return { providerId: session.id, url: session.url };
      } catch (cause) {
        throw isRefusedByStripe(cause) ? refuse(cause) : cause;
      }
    },

    close: async (providerId) => {
      try {
        await ask(stripeWith(secretKey).checkout.sessions.expire(providerId));
      } catch (cause) {
        // Paid, or over: the next question says which.
        if (!isRefusedByStripe(cause)) throw cause;
      }
    },

    read: async (providerId) => {
      const session = await askAbout(
        stripeWith(secretKey).checkout.sessions.retrieve(providerId, { expand: ['payment_intent'] }),
      );
      const currency = (session.currency ?? '').toUpperCase();
      return {
        state: stateOf(session),
        amountMinor: session.amount_total === null ? null : fromStripeAmount(session.amount_total, currency),
        currency,
        paymentId: idOf(session.payment_intent),
      };
    },

    giveBack: async ({ id, paymentId, amountMinor, currency }) => {
      const amount = toStripeAmount(amountMinor, currency);
      if (amount === null) return { refundId: null, state: 'failed', why: failedBecause(null) };
      try {
        // Stripe forgets a key after some time: what was asked for before is looked for by its name as well.
        const { data } = await ask(
          stripeWith(secretKey).refunds.list({ payment_intent: paymentId, limit: 100 }),
        );
        const known = data.find(({ metadata }) => metadata?.refund === id);
        if (known) return toRefund(known);
        const asked = { payment_intent: paymentId, amount, metadata: { refund: id } };
        return toRefund(
          await ask(stripeWith(secretKey).refunds.create(asked, { idempotencyKey: `refund-${id}` })),
        );
      } catch (cause) {
        if (!isRefusedByStripe(cause)) throw cause;
        const code = cause instanceof Stripe.errors.StripeError ? cause.code : null;
        logger.warn({ code, refund: id }, 'a refund was refused by the provider');
        return { refundId: null, state: 'failed', why: failedBecause(code) };
      }
    },

    readRefund: async (refundId) =>
      toRefund(await askAbout(stripeWith(secretKey).refunds.retrieve(refundId))),

    listen: async (url) => {
      try {
        const { id, secret } = await stripeWith(secretKey).webhookEndpoints.create({
          url,
          enabled_events: [...EVENTS],
          api_version: Stripe.API_VERSION,
          description: 'Payments of patients’ bills',
        });
        return secret ? { endpointId: id, secret } : null;
      } catch (cause) {
        if (isOutOfReach(cause)) throw new AppError('UNAVAILABLE', AWAY, { cause });
        if (isRefusedKey(cause) || isRefusedByStripe(cause)) return null;
        throw cause;
      }
    },

    unlisten: async (endpointId) => {
      try {
        await ask(stripeWith(secretKey).webhookEndpoints.del(endpointId));
      } catch (cause) {
        if (!isMissingAtStripe(cause)) throw cause;
      }
    },

    readEvent: (body, signature, secret) => {
      const event = readEventOf(body, signature, secret);
      const { object } = event.data;
      const id = 'id' in object && typeof object.id === 'string' ? object.id : '';
      const isWanted = EVENTS.some((type) => type === event.type);
      const kind: ToldOf['kind'] = !isWanted ? 'other' : event.type.startsWith('refund.') ? 'refund' : 'link';
      return { eventId: event.id, type: event.type, kind, id };
    },
  };
}
