import type Stripe from 'stripe';
import { newId, nowSeconds } from '../ids';
import { idOf } from './subscription';

/** An attempt to take the amount of an invoice from a card, whatever came of it. */
export function makeCharge({
  invoice,
  method,
  isPaid,
}: {
  invoice: Stripe.Invoice;
  method: Stripe.PaymentMethod;
  isPaid: boolean;
}): Stripe.Charge {
  return chargeOf({
    amount: invoice.amount_due,
    currency: invoice.currency,
    customer: invoice.customer ? idOf(invoice.customer) : null,
    description:
      invoice.billing_reason === 'subscription_create' ? 'Subscription creation' : 'Subscription update',
    metadata: {},
    paymentIntent: newId('pi'),
    ...{ method, isPaid },
  });
}

/** An attempt to take an amount from a card. */
export function chargeOf(fields: {
  amount: number;
  currency: string;
  customer: string | null;
  description: string | null;
  metadata: Stripe.Metadata;
  paymentIntent: string;
  method: Stripe.PaymentMethod;
  isPaid: boolean;
}): Stripe.Charge {
  const { amount, method, isPaid } = fields;
  const card = method.card;
  return {
    id: newId('ch'),
    object: 'charge',
    amount,
    amount_captured: isPaid ? amount : 0,
    amount_refunded: 0,
    application: null,
    application_fee: null,
    application_fee_amount: null,
    balance_transaction: isPaid ? newId('txn') : null,
    billing_details: { ...method.billing_details },
    calculated_statement_descriptor: 'CHAKRAVUE',
    captured: isPaid,
    created: nowSeconds(),
    currency: fields.currency,
    customer: fields.customer,
    description: fields.description,
    disputed: false,
    failure_balance_transaction: null,
    failure_code: isPaid ? null : 'card_declined',
    failure_message: isPaid ? null : 'Your card was declined.',
    fraud_details: {},
    livemode: false,
    metadata: fields.metadata,
    on_behalf_of: null,
    outcome: {
      advice_code: isPaid ? null : 'try_again_later',
      network_advice_code: null,
      network_decline_code: isPaid ? null : '01',
      network_status: isPaid ? 'approved_by_network' : 'declined_by_network',
      reason: isPaid ? null : 'generic_decline',
      risk_level: 'normal',
      seller_message: isPaid
        ? 'Payment complete.'
        : 'The bank did not return any further details with this decline.',
      type: isPaid ? 'authorized' : 'issuer_declined',
    },
    paid: isPaid,
    payment_intent: fields.paymentIntent,
    payment_method: method.id,
    payment_method_details: {
      card: {
        amount_authorized: isPaid ? amount : null,
        authorization_code: isPaid ? '123456' : null,
        brand: card?.brand ?? null,
        checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: 'pass' },
        country: card?.country ?? null,
        electronic_commerce_indicator: null,
        exp_month: card?.exp_month ?? 12,
        exp_year: card?.exp_year ?? 2040,
        fingerprint: card?.fingerprint ?? null,
        funding: card?.funding ?? null,
        installments: null,
        last4: card?.last4 ?? null,
        mandate: null,
        network: card?.brand ?? null,
        network_transaction_id: null,
        regulated_status: 'unregulated',
        three_d_secure: null,
        transaction_link_id: null,
        wallet: null,
      },
      type: 'card',
    },
    receipt_email: null,
    receipt_number: null,
    receipt_url: null,
    refunded: false,
    review: null,
    shipping: null,
    source: null,
    source_transfer: null,
    statement_descriptor: null,
    statement_descriptor_suffix: null,
    status: isPaid ? 'succeeded' : 'failed',
    transfer_data: null,
    transfer_group: null,
  };
}

/** Which payment paid an invoice: since 2025 an invoice may have several. */
export const makeInvoicePayment = (
  invoice: Stripe.Invoice,
  charge: Stripe.Charge,
): Stripe.InvoicePayment => ({
  id: newId('inpay'),
  object: 'invoice_payment',
  amount_paid: charge.amount,
  amount_requested: charge.amount,
  created: charge.created,
  currency: invoice.currency,
  invoice: invoice.id ?? '',
  is_default: true,
  livemode: false,
  payment: {
    type: 'payment_intent',
    payment_intent: charge.payment_intent ? idOf(charge.payment_intent) : '',
  },
  status: 'paid',
  status_transitions: { canceled_at: null, paid_at: charge.created },
});

export const makeRefund = (
  charge: Stripe.Charge,
  fields: { amount: number; reason: Stripe.Refund.Reason | null; metadata: Stripe.Metadata },
): Stripe.Refund => ({
  id: newId('re'),
  object: 'refund',
  amount: fields.amount,
  balance_transaction: newId('txn'),
  charge: charge.id,
  created: nowSeconds(),
  currency: charge.currency,
  customer: charge.customer && idOf(charge.customer),
  customer_account: null,
  destination_details: {
    card: { reference_status: 'pending', reference_type: 'acquirer_reference_number', type: 'refund' },
    type: 'card',
  },
  metadata: fields.metadata,
  payment_intent: charge.payment_intent && idOf(charge.payment_intent),
  payment_method: charge.payment_method,
  reason: fields.reason,
  receipt_number: null,
  source_transfer_reversal: null,
  status: 'succeeded',
  transfer_reversal: null,
});
