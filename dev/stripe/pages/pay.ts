import type Stripe from 'stripe';
import type { CardForm } from '../cards';
import type { CheckoutRecord } from '../store';
import { type AddressErrors, type AddressForm, addressFields, addressFormOf } from './address-fields';
import { type CardErrors, cardFields, testCards, textField } from './card-fields';
import { type Html, html, money } from './html';
import { messagePage, page } from './layout';

export type PayForm = Partial<CardForm> & { email?: string; code?: string; address?: AddressForm };

const everyOf = (price: Stripe.Price | null): string => {
  const count = price?.recurring?.interval_count ?? 1;
  const interval = price?.recurring?.interval ?? 'month';
  return count === 1 ? `per ${interval}` : `every ${count} ${interval}s`;
};

/** The code that the payer has: typed here, or taken away again. */
function promotion({ session, promotionText }: CheckoutRecord, typed: string, error?: string): Html | null {
  if (!session.allow_promotion_codes) return null;
  const action = `/c/pay/${session.id}/code`;
  if (promotionText) {
    return html`<form method="post" action="${action}"><p>Code ${promotionText} is applied. <button class="quiet" type="submit" name="code" value="">Remove code</button></p></form>`;
  }
  return html`<form method="post" action="${action}" novalidate><div class="field"><label for="code">Promotion code</label>
<input id="code" name="code" value="${typed}" autocomplete="off"${error && html` aria-invalid="true" aria-describedby="code-error" autofocus`}>${
    error && html`<p class="error" id="code-error">${error}</p>`
  }</div><button class="quiet" type="submit">Apply</button></form>`;
}

/** What comes off, and what the tax office gets. */
function adjustments(record: CheckoutRecord): Html {
  const { session } = record;
  const { amount_discount: discount = 0, amount_tax: tax = 0 } = session.total_details ?? {};
  const row = (label: string, value: string) => html`<li><span>${label}</span><span>${value}</span></li>`;
  const shown = (amount: number) => money(amount, session.currency ?? 'usd');
  return html`${(discount > 0 || tax > 0) && row('Subtotal', shown(session.amount_subtotal ?? 0))}${
    discount > 0 && row('Discount', shown(-discount))
  }${session.automatic_tax.enabled && row('Tax', tax > 0 ? shown(tax) : asksForAddress(record) ? 'By the address' : 'None for this address')}`;
}

function summary(record: CheckoutRecord, typedCode: string, codeError?: string): Html {
  const { session, lineItems } = record;
  if (session.mode === 'setup') {
    return html`<section aria-label="Summary"><p class="muted">Nothing is charged now. The card is kept for later payments.</p></section>`;
  }
  const currency = session.currency ?? 'usd';
  const first = lineItems[0];
  if (session.mode === 'payment') {
    return html`<section aria-label="Summary"><p class="muted">${first?.description}</p>
<p class="price">${money(session.amount_total ?? 0, currency)}</p></section>`;
  }
  return html`<section aria-label="Summary">
<p class="muted">Subscribe to ${first?.description ?? 'a subscription'}</p>
<p class="price">${money(session.amount_total ?? 0, currency)} <span class="muted small">${everyOf(first?.price ?? null)}</span></p>
<ul class="lines">${lineItems.map(
    (item) =>
      html`<li><span>${item.description}${item.quantity !== 1 && html` × ${item.quantity}`}</span><span>${money(item.amount_subtotal, item.currency)}</span></li>`,
  )}${adjustments(record)}<li class="total"><span>Total due today</span><span>${money(session.amount_total ?? 0, currency)}</span></li></ul>
${promotion(record, typedCode, codeError)}</section>`;
}

/** Whether the page has to ask for an e-mail address, because the session knows none. */
export const asksForEmail = ({ session }: CheckoutRecord): boolean =>
  !session.customer && !session.customer_email;

/** Whether the page has to ask for the address, without which Stripe Tax knows of no tax. */
export const asksForAddress = ({ session }: CheckoutRecord): boolean =>
  session.mode === 'subscription' &&
  session.automatic_tax.enabled &&
  session.billing_address_collection === 'required';

/** The payment page. `problem` is what the bank said; `errors` are about single fields. */
export function payPage(
  record: CheckoutRecord,
  form: PayForm = {},
  errors: CardErrors & { email?: string; code?: string; address?: AddressErrors } = {},
  problem: string | null = null,
): Html {
  const { session } = record;
  const isSetup = session.mode === 'setup';
  const isSubscription = session.mode === 'subscription';
  const press = isSetup ? 'Save card' : isSubscription ? 'Subscribe' : 'Pay';
  return page(
    isSetup ? 'Save a card' : 'Payment',
    html`<div class="split">${summary(record, form.code ?? '', errors.code)}
<form class="card" method="post" action="/c/pay/${session.id}" novalidate>
<h1>${isSetup ? 'Save a card' : 'Pay with card'}</h1>
${isSubscription && html`<p class="muted small">You are charged now and at the start of each period, until you cancel.</p>`}
${problem && html`<div class="alert" role="alert">${problem}</div>`}
${
  asksForEmail(record) &&
  textField({
    name: 'email',
    label: 'Email',
    value: form.email ?? '',
    autocomplete: 'email',
    error: errors.email,
  })
}
${asksForAddress(record) && addressFields(form.address ?? addressFormOf(null), errors.address ?? {})}
${cardFields(form, errors, errors.code === undefined)}
<button class="full" type="submit">${press}</button>
${session.cancel_url && html`<a class="back" href="${session.cancel_url}">Cancel and go back</a>`}
${testCards()}
</form></div>`,
  );
}

/** What the cardholder's bank would show for 3-D Secure. */
export function confirmPage({ session, waitingCard }: CheckoutRecord): Html {
  return page(
    'Confirm the payment',
    html`<div class="card"><h1>Confirm the payment</h1>
<p class="muted">Your bank asks whether it is really you who pays ${money(session.amount_total ?? 0, session.currency ?? 'usd')} with the card ending in ${waitingCard?.last4}. This page stands for the bank’s 3-D Secure page.</p>
<form class="actions" method="post" action="/c/pay/${session.id}/confirm">
<button type="submit" name="outcome" value="complete">Complete authentication</button>
<button class="quiet" type="submit" name="outcome" value="fail">Fail authentication</button>
</form></div>`,
    'narrow',
  );
}

/** Instead of the form, when the session is not open any more. */
export function closedPage({ session }: CheckoutRecord, next: string | null): Html {
  if (session.status === 'complete') {
    return messagePage(
      'This payment is complete',
      'You have already paid. Nothing more is charged.',
      next ? { href: next, text: 'Continue' } : null,
    );
  }
  return messagePage(
    'This payment page has expired',
    'Nothing was charged. Go back and start the payment again.',
    session.cancel_url ? { href: session.cancel_url, text: 'Go back' } : null,
  );
}
