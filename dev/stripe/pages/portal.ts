import type Stripe from 'stripe';
import type { CardForm } from '../cards';
import { periodEndOf } from '../objects/subscription';
import { type CardErrors, cardFields, testCards } from './card-fields';
import { day, type Html, html, money, shortDay } from './html';
import { page } from './layout';

export type PortalView = {
  path: string;
  returnUrl: string | null;
  flow: Stripe.BillingPortal.Session.Flow | null;
  customer: Stripe.Customer;
  subscriptions: {
    subscription: Stripe.Subscription;
    name: string;
    card: Stripe.PaymentMethod | undefined;
  }[];
  invoices: Stripe.Invoice[];
};

const BRANDS: Record<string, string> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
  discover: 'Discover',
};

function cardLine(card: Stripe.PaymentMethod | undefined): string {
  if (!card?.card) return 'No card on file';
  const { brand, last4, exp_month, exp_year } = card.card;
  return `${BRANDS[brand] ?? 'Card'} ending in ${last4}, valid until ${String(exp_month).padStart(2, '0')}/${exp_year}`;
}

function statusLine(subscription: Stripe.Subscription): string {
  const end = day(periodEndOf(subscription));
  if (subscription.status === 'past_due') return 'The last payment failed. Update the card to pay it.';
  if (subscription.cancel_at_period_end) return `Ends on ${end}. Nothing more is charged.`;
  return `Renews on ${end}.`;
}

const price = (subscription: Stripe.Subscription): string => {
  const item = subscription.items.data[0];
  const amount = (item?.price.unit_amount ?? 0) * (item?.quantity ?? 1);
  return `${money(amount, subscription.currency)} per ${item?.price.recurring?.interval ?? 'month'}`;
};

const action = (view: PortalView, subscription: Stripe.Subscription): Html =>
  subscription.cancel_at_period_end
    ? html`<form method="post" action="${view.path}/keep"><input type="hidden" name="subscription" value="${subscription.id}"><button class="quiet" type="submit">Keep subscription</button></form>`
    : html`<a class="button quiet" href="${view.path}/cancel?subscription=${subscription.id}">Cancel subscription</a>`;

/** What the customer sees first: plan, card, invoices. */
export function portalPage(view: PortalView): Html {
  const live = view.subscriptions.filter(({ subscription }) => subscription.status !== 'canceled');
  return page(
    'Billing portal',
    html`<h1>Billing of ${view.customer.name ?? view.customer.email ?? view.customer.id}</h1>
${view.returnUrl && html`<p><a href="${view.returnUrl}">Return</a></p>`}
<section class="card" aria-label="Current plan"><h2>Current plan</h2>
${live.length === 0 && html`<p class="muted">There is no active subscription.</p>`}
${live.map(
  ({ subscription, name, card }) => html`<p class="plan">${name}</p><p>${price(subscription)}</p>
<p class="${subscription.status === 'past_due' ? 'bad' : 'muted'}">${statusLine(subscription)}</p><p>${cardLine(card)}</p>
<div class="actions"><a class="button" href="${view.path}/card?subscription=${subscription.id}">Update card</a>${action(view, subscription)}</div>`,
)}</section>
<section class="card" aria-label="Invoices"><h2>Invoices</h2>
${view.invoices.length === 0 && html`<p class="muted">There are no invoices yet.</p>`}
${
  view.invoices.length > 0 &&
  html`<div class="scroll"><table><thead><tr><th scope="col">Date</th><th scope="col">Number</th><th scope="col">Status</th><th scope="col" class="number">Amount</th></tr></thead>
<tbody>${view.invoices.map(
    (invoice) =>
      html`<tr><td>${shortDay(invoice.created)}</td><td><a href="/i/${invoice.id}">${invoice.number ?? 'Draft'}</a></td><td>${invoice.status}</td><td class="number">${money(invoice.amount_due, invoice.currency)}</td></tr>`,
  )}</tbody></table></div>`
}</section>`,
  );
}

/** Asks once more before a subscription ends. */
export const cancelPage = (view: PortalView, subscription: Stripe.Subscription, name: string): Html =>
  page(
    'Cancel subscription',
    html`<div class="card"><h1>Cancel ${name}?</h1>
<p class="muted">It stays usable until ${day(periodEndOf(subscription))}, which is paid for, and is not charged again.</p>
<form class="actions" method="post" action="${view.path}/cancel">
<input type="hidden" name="subscription" value="${subscription.id}">
<button type="submit" name="when" value="period_end">Cancel subscription</button>
<button class="quiet" type="submit" name="when" value="now">End it now</button>
</form><a class="back" href="${view.path}/home">Go back</a></div>`,
    'narrow',
  );

/** Takes another card for what is charged from now on. */
export const updateCardPage = (
  view: PortalView,
  subscription: string | null,
  form: Partial<CardForm> = {},
  errors: CardErrors = {},
  problem: string | null = null,
): Html =>
  page(
    'Update card',
    html`<form class="card" method="post" action="${view.path}/card" novalidate><h1>Update card</h1>
<p class="muted small">Charged from the next payment on; an unpaid invoice is charged at once.</p>
${problem && html`<div class="alert" role="alert">${problem}</div>`}
${subscription && html`<input type="hidden" name="subscription" value="${subscription}">`}
${cardFields(form, errors, true)}
<button class="full" type="submit">Save card</button><a class="back" href="${view.path}/home">Go back</a>${testCards()}</form>`,
    'narrow',
  );
