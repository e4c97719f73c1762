import type Stripe from 'stripe';
import { newId, nowSeconds, randomLetters } from '../ids';

export type SessionFields = {
  mode: 'setup' | 'subscription' | 'payment';
  uiMode: 'hosted_page' | 'embedded_page';
  customer: string | null;
  customerEmail: string | null;
  successUrl: string | null;
  cancelUrl: string | null;
  returnUrl: string | null;
  clientReferenceId: string | null;
  metadata: Stripe.Metadata;
  currency: string;
  amount: number | null;
  expiresAt: number;
  allowPromotionCodes: boolean | null;
  isTaxAutomatic: boolean;
  asksForAddress: boolean;
  taxIdCollection: Stripe.Checkout.Session.TaxIdCollection | null;
  baseUrl: string;
};

export const makeLineItem = (price: Stripe.Price, quantity: number, description: string): Stripe.LineItem => {
  const amount = (price.unit_amount ?? 0) * quantity;
  return {
    id: newId('li'),
    object: 'item',
    adjustable_quantity: null,
    amount_discount: 0,
    amount_subtotal: amount,
    amount_tax: 0,
    amount_total: amount,
    currency: price.currency,
    description,
    metadata: {},
    price,
    quantity,
  };
};

/** An open checkout session: a subscription, a single payment, or a card for later. */
export function makeCheckoutSession(fields: SessionFields): Stripe.Checkout.Session {
  const id = newId('cs_test', 58);
  const isHosted = fields.uiMode === 'hosted_page';
  return {
    id,
    object: 'checkout.session',
    adaptive_pricing: { enabled: false },
    after_expiration: null,
    allow_promotion_codes: fields.allowPromotionCodes,
    allowed_payment_method_types: null,
    amount_subtotal: fields.amount,
    amount_total: fields.amount,
    automatic_tax: { enabled: fields.isTaxAutomatic, liability: null, provider: null, status: null },
    billing_address_collection: fields.asksForAddress ? 'required' : null,
    cancel_url: fields.cancelUrl,
    client_reference_id: fields.clientReferenceId,
    client_secret: isHosted ? null : `${id}_secret_${randomLetters(32)}`,
    collected_information: null,
    consent: null,
    consent_collection: null,
    created: nowSeconds(),
    currency: fields.currency,
    currency_conversion: null,
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    customer: fields.customer,
    customer_account: null,
    customer_creation:
      fields.mode === 'payment'
        ? 'if_required'
        : fields.customer || fields.mode === 'setup'
          ? null
          : 'always',
    customer_details: null,
    customer_email: fields.customerEmail,
    discounts: [],
    expires_at: fields.expiresAt,
    integration_identifier: null,
    invoice: null,
    invoice_creation: null,
    livemode: false,
    locale: null,
    managed_payments: null,
    metadata: fields.metadata,
    mode: fields.mode,
    origin_context: null,
    payment_intent: null,
    payment_link: null,
    payment_method_collection: fields.mode === 'payment' ? 'if_required' : 'always',
    payment_method_configuration_details: null,
    payment_method_options: { card: { request_three_d_secure: 'automatic' } },
    payment_method_types: ['card'],
    payment_status: fields.mode === 'setup' ? 'no_payment_required' : 'unpaid',
    permissions: null,
    phone_number_collection: { enabled: false },
    recovered_from: null,
    ...(isHosted ? {} : { redirect_on_completion: fields.returnUrl ? 'always' : 'never' }),
    ...(fields.returnUrl ? { return_url: fields.returnUrl } : {}),
    saved_payment_method_options: {
      allow_redisplay_filters: ['always'],
      payment_method_remove: 'disabled',
      payment_method_save: null,
    },
    setup_intent: null,
    shipping_address_collection: null,
    shipping_cost: null,
    shipping_options: [],
    status: 'open',
    submit_type: null,
    subscription: null,
    success_url: fields.successUrl,
    ...(fields.taxIdCollection ? { tax_id_collection: fields.taxIdCollection } : {}),
    total_details: fields.mode === 'setup' ? null : { amount_discount: 0, amount_shipping: 0, amount_tax: 0 },
    ui_mode: fields.uiMode,
    url: isHosted ? `${fields.baseUrl}/c/pay/${id}` : null,
    wallet_options: null,
  };
}
