import type Stripe from 'stripe';
import type { CardForm } from '../cards';
import { type CardErrors, cardFields, testCards } from './card-fields';
import { day, type Html, html, money } from './html';
import { addressLines, isReverseCharge } from './invoice-words';
import { page } from './layout';

/** The form that pays an open invoice. */
const payForm = (
  invoice: Stripe.Invoice,
  form: Partial<CardForm>,
  errors: CardErrors,
  problem: string | null,
): Html => html`<form class="card" method="post" action="/i/${invoice.id}" novalidate><h2>Pay with card</h2>
${problem && html`<div class="alert" role="alert">${problem}</div>`}
${cardFields(form, errors, true)}
<button class="full" type="submit">Pay ${money(invoice.amount_remaining, invoice.currency)}</button>${testCards()}</form>`;

/** One invoice, to read, print and, while it is open, pay. */
export function invoicePage(
  invoice: Stripe.Invoice,
  form: Partial<CardForm> = {},
  errors: CardErrors = {},
  problem: string | null = null,
): Html {
  const { currency } = invoice;
  const discount = (invoice.total_discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0);
  const tax = (invoice.total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0);
  const isReverse = isReverseCharge(invoice);
  const row = (label: string, amount: number) =>
    html`<li><span>${label}</span><span>${money(amount, currency)}</span></li>`;
  return page(
    `Invoice ${invoice.number ?? ''}`,
    html`<div class="card"><h1>Invoice ${invoice.number ?? 'draft'}</h1>
<p class="muted">${invoice.customer_name ?? invoice.customer_email ?? ''}, ${day(invoice.created)}, ${invoice.status}</p>
<p class="muted small">From ${invoice.account_name}, ${invoice.account_country}</p>
${addressLines(invoice).map((line) => html`<p class="muted small">${line}</p>`)}
${(invoice.customer_tax_ids ?? []).map(({ type, value }) => html`<p class="muted small">Tax id ${type.replace('_', ' ')}: ${value}</p>`)}
${(invoice.custom_fields ?? []).map(({ name, value }) => html`<p class="muted small">${name}: ${value}</p>`)}
<ul class="lines">${invoice.lines.data.map(
      (line) =>
        html`<li><span>${line.description}<br><span class="muted small">${day(line.period.start)} to ${day(line.period.end)}</span></span><span>${money(line.amount, currency)}</span></li>`,
    )}${discount > 0 && row('Discount', -discount)}${tax > 0 && row('Tax', tax)}${isReverse && html`<li><span>Tax is owed by the customer (reverse charge)</span></li>`}<li class="total"><span>${invoice.status === 'paid' ? 'Paid' : 'Due'}</span><span>${money(invoice.amount_due, currency)}</span></li>${invoice.post_payment_credit_notes_amount > 0 && row('Credited', -invoice.post_payment_credit_notes_amount)}</ul>${invoice.footer && html`<p class="muted small">${invoice.footer}</p>`}</div>
${invoice.status === 'open' && invoice.amount_remaining > 0 && payForm(invoice, form, errors, problem)}`,
    'narrow',
  );
}

/** What the cardholder's bank would show for 3-D Secure. */
export const confirmInvoicePage = (invoice: Stripe.Invoice, last4: string): Html =>
  page(
    'Confirm the payment',
    html`<div class="card"><h1>Confirm the payment</h1>
<p class="muted">Your bank asks whether it is really you who pays ${money(invoice.amount_remaining, invoice.currency)} with the card ending in ${last4}. This page stands for the bank’s 3-D Secure page.</p>
<form class="actions" method="post" action="/i/${invoice.id}/confirm">
<button type="submit" name="outcome" value="complete">Complete authentication</button>
<button class="quiet" type="submit" name="outcome" value="fail">Fail authentication</button>
</form></div>`,
    'narrow',
  );
