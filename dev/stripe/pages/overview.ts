import type Stripe from 'stripe';
import type { Account } from '../accounts';
import { type Html, html, moment, money } from './html';
import { page } from './layout';

const SHOWN = 100;

function table<T>(
  title: string,
  all: T[],
  heads: string[],
  row: (item: T) => (Html | string | null)[],
): Html {
  const shown = all.slice(0, SHOWN);
  return html`<section class="card" aria-label="${title}"><h2>${title} <span class="muted small">${all.length}</span></h2>
${
  shown.length === 0
    ? html`<p class="muted">None yet.</p>`
    : html`<div class="scroll" tabindex="0" role="region" aria-label="${title}, table"><table><thead><tr>${heads.map((head) => html`<th scope="col">${head}</th>`)}</tr></thead>
<tbody>${shown.map((item) => html`<tr>${row(item).map((cell) => html`<td>${cell}</td>`)}</tr>`)}</tbody></table></div>
${all.length > SHOWN && html`<p class="muted small">The newest ${SHOWN}.</p>`}`
}</section>`;
}

const code = (text: string): Html => html`<code>${text}</code>`;
const priceOf = ({ items, currency }: Stripe.Subscription): string =>
  items.data
    .map(({ price, quantity }) => money((price.unit_amount ?? 0) * (quantity ?? 1), currency))
    .join(' + ');

/** Everything at a glance, for a developer who wonders what happened. */
export function overviewPage({ facts, store, webhook }: Account, all: readonly Account[]): Html {
  const addresses = [
    ...(webhook ? [webhook.url] : []),
    ...store.newest('webhookEndpoints').map(({ endpoint }) => endpoint.url),
  ];
  const customers = store.newest('customers').filter((customer) => !customer.deleted);
  return page(
    'Local Stripe',
    html`<h1>Local Stripe</h1>
<p class="muted">Stands in for Stripe while no secret key is configured. Events of ${facts.name} go to ${addresses.length > 0 ? addresses.map(code) : 'nobody: no webhook address is configured'}.</p>
${all.length > 1 && html`<p>Accounts: ${all.map((one) => html`<a href="/?account=${one.facts.id}">${one.facts.name}</a> `)}</p>`}
${table('Customers', customers, ['Id', 'Name', 'Email', 'Created'], (customer) => [
  code(customer.id),
  customer.name ?? '',
  customer.email ?? '',
  moment(customer.created),
])}
${table(
  'Subscriptions',
  store.newest('subscriptions'),
  ['Id', 'Customer', 'Status', 'Price', 'Created'],
  (subscription) => [
    code(subscription.id),
    code(typeof subscription.customer === 'string' ? subscription.customer : subscription.customer.id),
    subscription.cancel_at_period_end ? `${subscription.status}, ends with the period` : subscription.status,
    priceOf(subscription),
    moment(subscription.created),
  ],
)}
${table(
  'Checkout sessions',
  store.newest('checkouts'),
  ['Id', 'Status', 'Page', 'Created'],
  ({ session }) => [
    code(`${session.id.slice(0, 24)}…`),
    session.status,
    session.url ? html`<a href="/c/pay/${session.id}">Open</a>` : '',
    moment(session.created),
  ],
)}
${table('Events', store.newest('events'), ['Id', 'Type', 'Created'], (event) => [code(event.id), event.type, moment(event.created)])}
${table(
  'Deliveries',
  store.newest('deliveries'),
  ['Event', 'Type', 'State', 'Attempts', 'Last answer'],
  (delivery) => [
    code(delivery.event),
    delivery.type,
    html`<span class="${delivery.state === 'delivered' ? 'good' : 'bad'}">${delivery.state}</span>`,
    String(delivery.attempts),
    delivery.lastStatus === null ? (delivery.lastError ?? '') : String(delivery.lastStatus),
  ],
)}`,
    'wide',
  );
}
