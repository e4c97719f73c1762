import type Stripe from 'stripe';
import type { CardDetails } from '../cards';
import { newId, nowSeconds } from '../ids';

/** The cards that fail at each later charge are recognized by this; no number is kept. */
const DECLINES_LATER = 'declines_later';

export const makePaymentMethod = (
  customer: string | null,
  card: CardDetails,
  email: string | null,
): Stripe.PaymentMethod => ({
  id: newId('pm'),
  object: 'payment_method',
  allow_redisplay: 'limited',
  billing_details: { address: null, email, name: card.name, phone: null, tax_id: null },
  card: {
    brand: card.brand,
    checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
    country: 'US',
    display_brand: card.brand,
    exp_month: card.expMonth,
    exp_year: card.expYear,
    fingerprint: card.fingerprint,
    funding: 'credit',
    generated_from: null,
    last4: card.last4,
    networks: { available: [card.brand], preferred: null },
    regulated_status: 'unregulated',
    three_d_secure_usage: { supported: true },
    wallet: null,
  },
  created: nowSeconds(),
  customer,
  customer_account: null,
  livemode: false,
  metadata: card.behavior === 'declined_later' ? { emulator: DECLINES_LATER } : {},
  type: 'card',
});

export const declinesCharges = (method: Stripe.PaymentMethod): boolean =>
  method.metadata?.emulator === DECLINES_LATER;
