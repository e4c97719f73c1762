import Stripe from 'stripe';
import { DEFAULT_SECRET_KEY } from '../emulator';
import { control, postForm, typedCard } from '../test-support';

export type Seen = { method: string; path: string; query: string; body: string; answer: unknown };

/** The real SDK, with each question and its answer written down as they went over the wire. */
function listeningSdk(url: string): { stripe: Stripe; seen: Seen[] } {
  const seen: Seen[] = [];
  const { hostname, port } = new URL(url);
  const httpClient = Stripe.createFetchHttpClient(async (input: RequestInfo | URL, init?: RequestInit) => {
    const response = await fetch(input, init);
    const { pathname, search } = new URL(String(input));
    const answer: unknown = await response.clone().json();
    const body = typeof init?.body === 'string' ? init.body : '';
    seen.push({ method: init?.method ?? 'GET', path: pathname, query: search.slice(1), body, answer });
    return response;
  });
  const stripe = new Stripe(DEFAULT_SECRET_KEY, {
    host: hostname,
    port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries: 0,
    httpClient,
  });
  return { stripe, seen };
}

/** What a hospital does with an account of its own: a payment, and half of it back. */
async function ownAccount(stripe: Stripe, url: string) {
  await stripe.accounts.retrieve(null);
  const endpoint = await stripe.webhookEndpoints.create({
    url: 'http://127.0.0.1:9/events',
    enabled_events: ['checkout.session.completed', 'refund.failed'],
    api_version: '2026-10-28.endive',
    description: 'Payments of bills',
  });
  await stripe.webhookEndpoints.retrieve(endpoint.id);
  await stripe.webhookEndpoints.list({ limit: 3 });
  await stripe.webhookEndpoints.del(endpoint.id);
  const product_data = { name: 'Bill H1B/2627/000123' };
  const session = await stripe.checkout.sessions.create({
    mode: 'payment',
    line_items: [{ price_data: { currency: 'inr', unit_amount: 50_000, product_data }, quantity: 1 }],
    adaptive_pricing: { enabled: false },
    client_reference_id: 'link-1',
    metadata: { link: 'link-1' },
    payment_intent_data: { description: 'Bill H1B/2627/000123', metadata: { link: 'link-1' } },
    success_url: 'http://127.0.0.1:9/ok',
  });
  await control(url, `checkout/${session.id}/complete`);
  const paid = await stripe.checkout.sessions.retrieve(session.id, { expand: ['payment_intent'] });
  const intent = typeof paid.payment_intent === 'string' ? null : paid.payment_intent;
  const payment_intent = intent?.id ?? '';
  const refund = await stripe.refunds.create({ payment_intent, amount: 20_000, metadata: { refund: 'r-1' } });
  await control(url, `refunds/${refund.id}/fail`);
  await stripe.refunds.list({ payment_intent, limit: 100 });
}

async function catalog(stripe: Stripe) {
  const product = await stripe.products.create({ name: 'Starter', metadata: { plan: 'starter' } });
  await stripe.products.retrieve(product.id);
  await stripe.products.update(product.id, { description: 'For one clinic' });
  await stripe.products.list({ limit: 3 });
  const price = (unit_amount: number, interval: 'month' | 'year') =>
    stripe.prices.create({ product: product.id, currency: 'usd', unit_amount, recurring: { interval } });
  const monthly = await price(9_900, 'month');
  const yearly = await price(99_000, 'year');
  await stripe.prices.update(yearly.id, { nickname: 'yearly', lookup_key: 'starter-year' });
  await stripe.prices.retrieve(monthly.id, { expand: ['product'] });
  await stripe.prices.list({ lookup_keys: ['starter-year'], active: true });
  const coupon = await stripe.coupons.create({
    percent_off: 20,
    duration: 'repeating',
    duration_in_months: 2,
  });
  await stripe.coupons.create({ id: 'five', amount_off: 500, currency: 'usd', duration: 'once' });
  await stripe.coupons.retrieve(coupon.id);
  const promotion = await stripe.promotionCodes.create({
    promotion: { type: 'coupon', coupon: 'five' },
    code: 'WELCOME',
  });
  await stripe.promotionCodes.retrieve(promotion.id);
  await stripe.promotionCodes.list({ code: 'WELCOME', active: true });
  return { monthly, yearly, coupon };
}

async function customer(stripe: Stripe, clock: string) {
  const made = await stripe.customers.create({
    name: 'Lumbini Eye Clinic',
    email: 'owner@clinic.test',
    address: { country: 'IN', line1: '1 Road', city: 'Pune', postal_code: '411001' },
    metadata: { organizationId: 'org-1' },
    invoice_settings: { custom_fields: [{ name: 'HSN/SAC', value: '997331' }] },
    test_clock: clock,
  });
  await stripe.customers.update(made.id, { phone: '+91 98450 12345', tax_exempt: 'none' });
  const taxId = await stripe.customers.createTaxId(made.id, { type: 'in_gst', value: '12ABCDE3456FGZH' });
  await stripe.customers.retrieveTaxId(made.id, taxId.id);
  await stripe.customers.listTaxIds(made.id);
  const credit = await stripe.customers.createBalanceTransaction(made.id, {
    amount: -500,
    currency: 'usd',
    description: 'Down for a day',
    metadata: { by: 'Fin' },
  });
  await stripe.customers.retrieveBalanceTransaction(made.id, credit.id);
  await stripe.customers.listBalanceTransactions(made.id, { limit: 3 });
  await stripe.customers.update(made.id, {
    invoice_settings: { custom_fields: [{ name: 'PO number', value: 'PO 12' }], footer: 'Thank you' },
  });
  await stripe.customers.retrieve(made.id, { expand: ['subscriptions', 'tax_ids', 'test_clock'] });
  await stripe.customers.list({ test_clock: clock, limit: 10 });
  return { id: made.id, taxId: taxId.id };
}

async function checkouts(stripe: Stripe, url: string, owner: string, price: string) {
  const fields = {
    mode: 'subscription' as const,
    customer: owner,
    line_items: [{ price, quantity: 1 }],
    allow_promotion_codes: true,
    automatic_tax: { enabled: true },
    tax_id_collection: { enabled: true },
    billing_address_collection: 'required' as const,
    customer_update: { address: 'auto' as const, name: 'auto' as const },
    success_url: 'http://127.0.0.1:9/ok?session_id={CHECKOUT_SESSION_ID}',
    subscription_data: { metadata: { organizationId: 'org-1' } },
  };
  const left = await stripe.checkout.sessions.create(fields);
  await stripe.checkout.sessions.expire(left.id);
  const embedded = { ...fields, ui_mode: 'embedded_page' as const, return_url: 'http://127.0.0.1:9/ok' };
  const { success_url: _none, ...inPage } = embedded;
  await stripe.checkout.sessions.create(inPage);
  const session = await stripe.checkout.sessions.create(fields);
  await postForm(`${session.url}/code`, { code: 'WELCOME' });
  await control(url, `checkout/${session.id}/complete`);
  await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['line_items', 'subscription.latest_invoice', 'customer'],
  });
  await stripe.checkout.sessions.listLineItems(session.id);
  await stripe.checkout.sessions.list({ customer: owner, limit: 20 });
  const card = await stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'usd',
    customer: owner,
    success_url: 'http://127.0.0.1:9/ok',
  });
  await postForm(card.url ?? '', typedCard('5555555555554444'));
  const saved = await stripe.checkout.sessions.retrieve(card.id, { expand: ['setup_intent.payment_method'] });
  const intent = saved.setup_intent;
  await stripe.setupIntents.retrieve(typeof intent === 'string' ? intent : (intent?.id ?? ''));
}

async function money(stripe: Stripe, url: string, owner: string) {
  const methods = await stripe.customers.listPaymentMethods(owner, { type: 'card' });
  await stripe.paymentMethods.list({ customer: owner, type: 'card' });
  await stripe.paymentMethods.retrieve(methods.data[0]?.id ?? '');
  await stripe.paymentMethods.attach('pm_card_visa', { customer: owner });
  const { data } = await stripe.charges.list({ customer: owner, limit: 10 });
  const charge = data.at(-1)?.id ?? '';
  const refund = await stripe.refunds.create({ charge, amount: 100, reason: 'requested_by_customer' });
  const intent = String(data.at(-1)?.payment_intent);
  const [paid] = (
    await stripe.invoicePayments.list({ payment: { type: 'payment_intent', payment_intent: intent } })
  ).data;
  const invoice = String(paid?.invoice);
  const [line] = (await stripe.invoices.retrieve(invoice)).lines.data;
  const lines = [{ type: 'invoice_line_item' as const, invoice_line_item: line?.id ?? '', amount: 50 }];
  const { total } = await stripe.creditNotes.preview({ invoice, lines });
  const note = await stripe.creditNotes.create({
    ...{ invoice, lines, email_type: 'none', memo: 'Given back', metadata: { refund: refund.id } },
    refunds: [{ type: 'refund', refund: refund.id, amount_refunded: total }],
  });
  await stripe.creditNotes.retrieve(note.id, { expand: ['invoice'] });
  await stripe.creditNotes.list({ invoice, limit: 3 });
  await stripe.refunds.retrieve(refund.id, { expand: ['charge'] });
  await stripe.refunds.list({ charge });
  await stripe.charges.retrieve(charge, { expand: ['refunds', 'customer'] });
  await control(url, `charges/${charge}/dispute`);
  const [dispute] = (await stripe.disputes.list({ charge })).data;
  const id = dispute?.id ?? '';
  await stripe.disputes.update(id, { evidence: { uncategorized_text: 'They were here.' }, submit: false });
  await stripe.disputes.close(id);
  await stripe.disputes.retrieve(id, { expand: ['charge'] });
  const portal = { customer: owner, return_url: 'http://127.0.0.1:9/billing' };
  await stripe.billingPortal.sessions.create(portal);
  await stripe.billingPortal.sessions.create({
    ...portal,
    flow_data: {
      type: 'payment_method_update',
      after_completion: { type: 'redirect', redirect: { return_url: 'http://127.0.0.1:9/billing' } },
    },
  });
}

type Prices = Awaited<ReturnType<typeof catalog>>;

async function subscriptions(stripe: Stripe, owner: string, clock: string, prices: Prices) {
  const { monthly, yearly, coupon } = prices;
  const [first] = (await stripe.subscriptions.list({ customer: owner, status: 'all', limit: 10 })).data;
  const [item] = (await stripe.subscriptionItems.list({ subscription: first?.id ?? '' })).data;
  if (!first || !item) throw new Error('The checkout made no subscription');
  await stripe.subscriptionItems.retrieve(item.id);
  await stripe.subscriptionItems.update(item.id, { quantity: 2, proration_behavior: 'create_prorations' });
  await stripe.subscriptions.update(first.id, { discounts: [{ coupon: coupon.id }] });
  await stripe.invoices.createPreview({ subscription: first.id, expand: ['lines.data'] });
  const schedule = await stripe.subscriptionSchedules.create({ from_subscription: first.id });
  const edge = { start_date: item.current_period_start, end_date: item.current_period_end };
  await stripe.subscriptionSchedules.update(schedule.id, {
    end_behavior: 'release',
    phases: [
      { items: [{ price: monthly.id, quantity: 2 }], ...edge },
      {
        items: [{ price: yearly.id, quantity: 1 }],
        start_date: item.current_period_end,
        duration: { interval: 'year', interval_count: 1 },
        proration_behavior: 'none',
      },
    ],
  });
  const all = [
    'latest_invoice',
    'default_payment_method',
    'schedule',
    'discounts',
    'discounts.source.coupon',
  ];
  await stripe.subscriptions.retrieve(first.id, { expand: all });
  await stripe.subscriptionSchedules.retrieve(schedule.id);
  await stripe.subscriptionSchedules.release(schedule.id);
  await stripe.subscriptions.update(first.id, { pause_collection: { behavior: 'void' } });
  const waiting = await stripe.subscriptions.create({
    customer: owner,
    items: [{ price: prices.monthly.id }],
    collection_method: 'send_invoice',
    days_until_due: 30,
  });
  await stripe.subscriptions.update(waiting.id, { pause_collection: { behavior: 'keep_as_draft' } });
  await stripe.testHelpers.testClocks.advance(clock, { frozen_time: item.current_period_end });
  const drafts = { customer: owner, status: 'draft' as const, subscription: waiting.id };
  const [draft] = (await stripe.invoices.list(drafts)).data;
  await stripe.invoices.finalizeInvoice(draft?.id ?? '', { auto_advance: false });
  await stripe.subscriptions.cancel(waiting.id);
  await stripe.testHelpers.testClocks.retrieve(clock);
  await stripe.testHelpers.testClocks.list({ limit: 3 });
  await stripe.subscriptions.update(first.id, { pause_collection: '', cancel_at_period_end: true });
  await stripe.subscriptions.cancel(first.id, { invoice_now: false, prorate: false });
}

async function invoices(stripe: Stripe, owner: string, price: string) {
  const sent = await stripe.subscriptions.create({
    customer: owner,
    items: [{ price }],
    collection_method: 'send_invoice',
    days_until_due: 30,
  });
  const open = { customer: owner, status: 'open' as const };
  const [invoice] = (await stripe.invoices.list({ ...open, subscription: sent.id })).data;
  const id = invoice?.id ?? '';
  await stripe.invoices.retrieve(id, { expand: ['subscription', 'customer'].slice(1) });
  const [method] = (await stripe.paymentMethods.list({ customer: owner })).data;
  await stripe.invoices.pay(id, { payment_method: method?.id ?? '' });
  await stripe.subscriptions.update(sent.id, { items: [{ id: sent.items.data[0]?.id ?? '', quantity: 3 }] });
  const other = await stripe.subscriptions.create({
    customer: owner,
    items: [{ price }],
    trial_period_days: 14,
    collection_method: 'send_invoice',
    days_until_due: 30,
  });
  await stripe.subscriptions.update(other.id, { trial_end: 'now' });
  const [unpaid] = (await stripe.invoices.list({ ...open, subscription: other.id })).data;
  await stripe.invoices.voidInvoice(unpaid?.id ?? '');
}

/** Goes once over everything that the emulator offers; what was asked and answered is in `seen`. */
export async function tour(url: string): Promise<Seen[]> {
  const { stripe, seen } = listeningSdk(url);
  await ownAccount(stripe, url);
  const prices = await catalog(stripe);
  const clock = await stripe.testHelpers.testClocks.create({ frozen_time: 1_767_225_600, name: 'tour' });
  const { id: owner, taxId } = await customer(stripe, clock.id);
  await checkouts(stripe, url, owner, prices.monthly.id);
  await money(stripe, url, owner);
  await subscriptions(stripe, owner, clock.id, prices);
  await invoices(stripe, owner, prices.monthly.id);
  await stripe.customers.deleteTaxId(owner, taxId);
  const other = await stripe.customers.create({ name: 'Gone' });
  await stripe.customers.del(other.id);
  for await (const { id } of stripe.events.list({ limit: 100 })) {
    await stripe.events.retrieve(id);
    break;
  }
  for await (const _event of stripe.events.list({ limit: 100 }));
  await stripe.testHelpers.testClocks.del(clock.id);
  return seen;
}
