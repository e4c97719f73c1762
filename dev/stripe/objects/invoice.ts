import Stripe from 'stripe';
import { newId, nowSeconds } from '../ids';
import { listOf } from './lists';
import { idOf } from './subscription';

export type LineFields = {
  item: Stripe.SubscriptionItem;
  amount: number;
  description: string;
  period: { start: number; end: number };
  isProration: boolean;
};

/** Where the company that sells sits. */
export const SELLER_COUNTRY = 'IN';

export type Reason = 'subscription_create' | 'subscription_cycle' | 'subscription_update';
type Discounted = { discount: Stripe.Discount; amounts: number[] };

const makeLine = (
  invoice: string,
  line: LineFields,
  index: number,
  discounts: Discounted[],
): Stripe.InvoiceLineItem => ({
  id: newId('il'),
  object: 'line_item',
  amount: line.amount,
  currency: line.item.price.currency,
  description: line.description,
  discount_amounts: discounts.map(({ discount, amounts }) => ({
    amount: amounts[index] ?? 0,
    discount: discount.id,
  })),
  discountable: !line.isProration,
  discounts: line.isProration ? [] : discounts.map(({ discount }) => discount.id),
  invoice,
  livemode: false,
  metadata: {},
  parent: {
    invoice_item_details: null,
    subscription_item_details: {
      invoice_item: null,
      proration: line.isProration,
      proration_details: { credited_items: null },
      subscription: line.item.subscription,
      subscription_item: line.item.id,
    },
    type: 'subscription_item_details',
  },
  period: line.period,
  pretax_credit_amounts: [],
  pricing: {
    price_details: { price: line.item.price.id, product: idOf(line.item.price.product) },
    type: 'price_details',
    unit_amount_decimal: line.item.price.unit_amount_decimal,
  },
  quantity: line.item.quantity ?? 1,
  quantity_decimal: Stripe.Decimal.from(line.item.quantity ?? 1),
  subscription: line.item.subscription,
  subtotal: line.amount,
  taxes: [],
});

/** An invoice as it is just after it was made: a draft, without a number. */
export function makeInvoice(fields: {
  customer: Stripe.Customer;
  subscription: Stripe.Subscription;
  reason: Reason;
  lines: LineFields[];
  discounts: Discounted[];
  taxPercent: number;
  /** The customer's business abroad pays the tax itself. */
  isReverseCharge: boolean;
  taxIds: Stripe.TaxId[];
}): Stripe.Invoice {
  const { customer, subscription } = fields;
  const now = nowSeconds();
  const id = newId('in');
  const subtotal = fields.lines.reduce((sum, line) => sum + line.amount, 0);
  const totalDiscounts = fields.discounts.map(({ discount, amounts }) => ({
    amount: amounts.reduce((sum, amount) => sum + amount, 0),
    discount: discount.id,
  }));
  const net = subtotal - totalDiscounts.reduce((sum, { amount }) => sum + amount, 0);
  const isTaxed = subscription.automatic_tax.enabled;
  const percent = fields.isReverseCharge ? 0 : fields.taxPercent;
  const tax = isTaxed ? Math.round((net * percent) / 100) : 0;
  const total = net + tax;
  // What is left of a credit stays on the customer's balance; an invoice never asks for less than nothing.
  const due = Math.max(0, total + Math.min(0, customer.balance));
  const isSent = subscription.collection_method === 'send_invoice';
  return {
    id,
    object: 'invoice',
    account_country: SELLER_COUNTRY,
    account_name: 'Chakravue (local payments)',
    account_tax_ids: null,
    amount_due: due,
    amount_overpaid: 0,
    amount_paid: 0,
    amount_paid_off_stripe: 0,
    amount_remaining: due,
    amount_shipping: 0,
    application: null,
    attempt_count: 0,
    attempted: false,
    auto_advance: true,
    automatic_tax: {
      disabled_reason: null,
      enabled: isTaxed,
      liability: isTaxed ? { type: 'self' } : null,
      provider: isTaxed ? 'stripe' : null,
      status: isTaxed ? 'complete' : null,
    },
    automatically_finalizes_at: null,
    billing_reason: fields.reason,
    collection_method: isSent ? 'send_invoice' : 'charge_automatically',
    created: now,
    currency: subscription.currency,
    custom_fields: customer.invoice_settings.custom_fields,
    customer: customer.id,
    customer_account: null,
    customer_address: customer.address ?? null,
    customer_email: customer.email,
    customer_name: customer.name ?? null,
    customer_phone: customer.phone ?? null,
    customer_shipping: null,
    customer_tax_exempt: customer.tax_exempt ?? 'none',
    customer_tax_ids: fields.taxIds.map(({ type, value }) => ({ type, value })),
    default_payment_method: null,
    default_source: null,
    default_tax_rates: [],
    description: null,
    discounts: fields.discounts.map(({ discount }) => discount.id),
    due_date: isSent ? now + (subscription.days_until_due ?? 30) * 86_400 : null,
    effective_at: null,
    ending_balance: null,
    footer: customer.invoice_settings.footer,
    from_invoice: null,
    hosted_invoice_url: null,
    invoice_pdf: null,
    issuer: { type: 'self' },
    last_finalization_error: null,
    latest_revision: null,
    lines: listOf(
      `/v1/invoices/${id}/lines`,
      fields.lines.map((line, index) => makeLine(id, line, index, fields.discounts)),
    ),
    livemode: false,
    metadata: {},
    next_payment_attempt: null,
    number: null,
    on_behalf_of: null,
    parent: {
      quote_details: null,
      subscription_details: { metadata: subscription.metadata, subscription: subscription.id },
      type: 'subscription_details',
    },
    payment_settings: { default_mandate: null, payment_method_options: null, payment_method_types: null },
    period_end: now,
    period_start: now,
    post_payment_credit_notes_amount: 0,
    pre_payment_credit_notes_amount: 0,
    receipt_number: null,
    rendering: null,
    shipping_cost: null,
    shipping_details: null,
    starting_balance: customer.balance,
    statement_descriptor: null,
    status: 'draft',
    status_transitions: { finalized_at: null, marked_uncollectible_at: null, paid_at: null, voided_at: null },
    subtotal,
    subtotal_excluding_tax: subtotal,
    test_clock: subscription.test_clock && idOf(subscription.test_clock),
    total,
    total_discount_amounts: totalDiscounts,
    total_excluding_tax: net,
    total_pretax_credit_amounts: totalDiscounts.map((row) => ({ ...row, type: 'discount' as const })),
    total_taxes:
      isTaxed && (fields.taxPercent > 0 || fields.isReverseCharge)
        ? [
            {
              amount: tax,
              tax_behavior: 'exclusive',
              tax_rate_details: { tax_rate: `txr_${String(percent).replace('.', '_')}` },
              taxability_reason: fields.isReverseCharge ? 'reverse_charge' : 'standard_rated',
              taxable_amount: net,
              type: 'tax_rate_details',
            },
          ]
        : [],
    webhooks_delivered_at: null,
  };
}
