import 'server-only';
import type { ProviderId } from './policy';
import { stripePayments } from './stripe-payments';

/** What is asked for at a provider. No word of the patient: the bill's number, and the amount. */
type Asked = {
  /** Of the link: a second question with it is the same link. */
  id: string;
  billNumber: string;
  amountMinor: number;
  currency: string;
  expiresAt: Date;
  /** Where the browser goes after the payment. */
  returnUrl: string;
};

/** What a provider says of a link now. `processing`: paid, and the bank has not confirmed it. */
export type Told = {
  state: 'open' | 'processing' | 'paid' | 'over';
  amountMinor: number | null;
  currency: string;
  /** What the payment is known by there; a refund names it. */
  paymentId: string | null;
};

export type RefundTold = {
  refundId: string | null;
  state: 'asked' | 'done' | 'failed';
  /** A sentence, where it failed. */
  why: string | null;
};

/** What an event is about; everything else of it is asked for. */
export type ToldOf = { eventId: string; type: string; kind: 'link' | 'refund' | 'other'; id: string };

/**
 * A provider of payments, with one hospital's key. Everything that makes something is the same when it is
 * asked for again, so that a process which dies in between is followed by another.
 */
export type PaymentProvider = {
  /** Whose account the key opens. @throws AppError INVALID_INPUT for a key that opens none. */
  describe: () => Promise<{ accountId: string | null; name: string | null; currency: string | null }>;
  /** Makes the page that takes the payment, once. @throws AppError for an amount that it does not take. */
  open: (asked: Asked) => Promise<{ providerId: string; url: string }>;
  /** Nobody can pay by it any more; nothing where that is so already. Read it afterwards. */
  close: (providerId: string) => Promise<void>;
  read: (providerId: string) => Promise<Told>;
  /** Gives back a part of a payment, once for each id. */
  giveBack: (refund: {
    id: string;
    paymentId: string;
    amountMinor: number;
    currency: string;
  }) => Promise<RefundTold>;
  readRefund: (refundId: string) => Promise<RefundTold>;
  /** Has events sent to an address; null where the key or the address does not let us. */
  listen: (url: string) => Promise<{ endpointId: string; secret: string } | null>;
  unlisten: (endpointId: string) => Promise<void>;
  /** @throws when the signature does not fit the body or is too old. */
  readEvent: (body: Buffer, signature: string, secret: string) => ToldOf;
};

const ADAPTERS: Record<ProviderId, (secretKey: string) => PaymentProvider> = { stripe: stripePayments };

export const paymentProvider = (provider: ProviderId, secretKey: string): PaymentProvider =>
  ADAPTERS[provider](secretKey);
