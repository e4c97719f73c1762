import type Stripe from 'stripe';
import { newId, nowSeconds } from '../ids';
import { listOf } from './lists';
import { idOf } from './subscription';

/** What of a line of the invoice is credited, before its discount and tax. */
export type Credited = { line: Stripe.InvoiceLineItem; amount: number };

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);

/** A part of an amount, as large as what is credited of what was billed. */
const share = (amount: number, part: number, whole: number): number =>
  whole === 0 ? 0 : Math.round((amount * part) / whole);

function makeLine({ line, amount }: Credited): Stripe.CreditNoteLineItem {
  const discounts = (line.discount_amounts ?? []).map(({ amount: off, discount }) => ({
    amount: share(off, amount, line.amount),
    discount: idOf(discount),
  }));
  return {
    id: newId('cnli'),
    object: 'credit_note_line_item',
    amount,
    description: line.description,
    discount_amount: sum(discounts.map((each) => each.amount)),
    discount_amounts: discounts,
    invoice_line_item: line.id,
    livemode: false,
    metadata: {},
    pretax_credit_amounts: discounts.map((each) => ({ ...each, type: 'discount' as const })),
    quantity: null,
    tax_rates: [],
    taxes: [],
    type: 'invoice_line_item',
    unit_amount: null,
    unit_amount_decimal: null,
  };
}

/** Takes something of an invoice back; what it comes to follows the invoice's discount and tax. */
export function makeCreditNote(fields: {
  invoice: Stripe.Invoice;
  credited: readonly Credited[];
  baseUrl: string;
  number: string;
  metadata: Stripe.Metadata;
  reason: Stripe.CreditNote.Reason | null;
  memo: string | null;
}): Stripe.CreditNote {
  const { invoice } = fields;
  const id = newId('cn');
  const lines = fields.credited.map(makeLine);
  const subtotal = sum(lines.map(({ amount }) => amount));
  const off = sum(lines.map(({ discount_amount }) => discount_amount));
  const net = subtotal - off;
  const taxes = (invoice.total_taxes ?? []).map((tax) => ({
    ...tax,
    amount: share(tax.amount, net, tax.taxable_amount ?? 0),
    taxable_amount: net,
  }));
  const total = net + sum(taxes.map(({ amount }) => amount));
  const discounts = (invoice.total_discount_amounts ?? []).map(({ discount }) => ({
    discount: idOf(discount),
    amount: sum(
      lines.flatMap(({ discount_amounts: each }) =>
        each.filter((one) => one.discount === idOf(discount)).map(({ amount }) => amount),
      ),
    ),
  }));
  const now = nowSeconds();
  return {
    id,
    object: 'credit_note',
    amount: total,
    amount_shipping: 0,
    created: now,
    currency: invoice.currency,
    customer: invoice.customer ? idOf(invoice.customer) : '',
    customer_account: null,
    customer_balance_transaction: null,
    discount_amount: off,
    discount_amounts: discounts,
    effective_at: now,
    invoice: invoice.id ?? '',
    lines: listOf(`/v1/credit_notes/${id}/lines`, lines),
    livemode: false,
    memo: fields.memo,
    metadata: fields.metadata,
    number: fields.number,
    out_of_band_amount: null,
    pdf: `${fields.baseUrl}/i/${invoice.id}`,
    post_payment_amount: total,
    pre_payment_amount: 0,
    pretax_credit_amounts: discounts.map((each) => ({ ...each, type: 'discount' as const })),
    reason: fields.reason,
    refunds: [],
    shipping_cost: null,
    status: 'issued',
    subtotal,
    subtotal_excluding_tax: subtotal,
    total,
    total_excluding_tax: net,
    total_taxes: taxes,
    type: 'post_payment',
    voided_at: null,
  };
}
