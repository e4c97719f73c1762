import type Stripe from 'stripe';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type StripeEmulator, startStripeEmulator } from './emulator';
import { control, makeCheckout, newDataFile, postForm, sdk, typedCard } from './test-support';

let emulator: StripeEmulator;
let stripe: Stripe;
beforeEach(async () => {
  emulator = await startStripeEmulator({ dataFile: newDataFile() });
  stripe = sdk(emulator.url);
});
afterEach(() => emulator.stop());

async function subscribe() {
  const made = await makeCheckout(stripe);
  await control(emulator.url, `checkout/${made.session.id}/complete`);
  const [subscription] = (await stripe.subscriptions.list({ customer: made.customer.id })).data;
  const [charge] = (await stripe.charges.list({ customer: made.customer.id })).data;
  if (!subscription || !charge) throw new Error('Nothing was bought');
  return { ...made, subscription, charge };
}
const typesOf = async (): Promise<string[]> =>
  (await stripe.events.list({ limit: 100 })).data.map(({ type }) => type);
const pageOf = async (address: string): Promise<string> => (await fetch(address)).text();

it('A payment is given back in parts, never more than was paid', async () => {
  const { charge } = await subscribe();
  await stripe.refunds.create({ charge: charge.id, amount: 4_000, reason: 'duplicate' });
  expect(await stripe.charges.retrieve(charge.id)).toMatchObject({ amount_refunded: 4_000, refunded: false });
  const tooMuch = stripe.refunds.create({ charge: charge.id, amount: 6_000 });
  await expect(tooMuch).rejects.toMatchObject({ statusCode: 400, param: 'amount' });
  const intent = String(charge.payment_intent);
  expect((await stripe.refunds.create({ payment_intent: intent })).amount).toBe(5_900);
  const after = await stripe.charges.retrieve(charge.id, { expand: ['refunds'] });
  expect(after).toMatchObject({ amount_refunded: 9_900, refunded: true });
  expect(after.refunds?.data.map(({ amount }) => amount)).toEqual([5_900, 4_000]);
  await expect(stripe.refunds.create({ charge: charge.id })).rejects.toMatchObject({
    code: 'charge_already_refunded',
  });
  expect((await typesOf()).filter((type) => type === 'charge.refunded')).toHaveLength(2);
});

it('A disputed payment cannot be refunded, and evidence decides', async () => {
  const { charge } = await subscribe();
  const { body } = await control(emulator.url, `charges/${charge.id}/dispute`, { reason: 'fraudulent' });
  expect(body).toMatchObject({
    object: 'dispute',
    charge: charge.id,
    status: 'needs_response',
    amount: 9_900,
  });
  await expect(stripe.refunds.create({ charge: charge.id })).rejects.toMatchObject({
    code: 'charge_disputed',
  });
  const won = await stripe.disputes.update(body.id, { evidence: { uncategorized_text: 'winning_evidence' } });
  expect(won.status).toBe('won');
  await expect(stripe.disputes.close(body.id)).rejects.toMatchObject({ statusCode: 400 });
  expect(await typesOf()).toEqual(
    expect.arrayContaining([
      'charge.dispute.created',
      'charge.dispute.closed',
      'charge.dispute.funds_reinstated',
    ]),
  );
});

it('A failed renewal leaves a failed charge with the bank’s reason', async () => {
  const { subscription, customer } = await subscribe();
  await control(emulator.url, `subscriptions/${subscription.id}/renew`, { outcome: 'payment_failed' });
  const [failed] = (await stripe.charges.list({ customer: customer.id })).data;
  expect(failed).toMatchObject({ status: 'failed', paid: false, failure_code: 'card_declined' });
  await expect(stripe.refunds.create({ charge: failed?.id ?? '' })).rejects.toMatchObject({
    statusCode: 400,
  });
});

it('An open invoice is paid on its own page, once, with the card of whoever opens it', async () => {
  const { subscription } = await subscribe();
  await control(emulator.url, `subscriptions/${subscription.id}/renew`, { outcome: 'payment_failed' });
  const [invoice] = (await stripe.invoices.list({ subscription: subscription.id, status: 'open' })).data;
  const url = invoice?.hosted_invoice_url ?? '';
  const page = await pageOf(url);
  for (const words of ['Card number', 'Expiry', 'CVC', 'Name on card', 'Pay $99.00'])
    expect(page).toContain(words);
  const declined = await postForm(url, typedCard('4000 0000 0000 0002'));
  expect(await declined.text()).toContain('Your card was declined.');
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('past_due');
  const asks = await postForm(url, typedCard('4000 0025 0000 3155'));
  expect(asks.headers.get('location')).toBe(`/i/${invoice?.id}/confirm`);
  const failed = await postForm(`${url}/confirm`, { outcome: 'fail' });
  expect(await failed.text()).toContain('unable to authenticate');
  await postForm(url, typedCard('4000 0025 0000 3155'));
  await postForm(`${url}/confirm`, { outcome: 'complete' });
  expect((await stripe.subscriptions.retrieve(subscription.id)).status).toBe('active');
  await postForm(url, typedCard('4242 4242 4242 4242'));
  expect((await stripe.charges.list({ limit: 100 })).data.filter(({ paid }) => paid)).toHaveLength(2);
  expect(await pageOf(url)).not.toContain('Card number');
});

it('A promotion code on the payment page takes its share, and can be taken away again', async () => {
  const { price, customer } = await makeCheckout(stripe);
  const coupon = await stripe.coupons.create({ percent_off: 20, duration: 'once' });
  await stripe.promotionCodes.create({ promotion: { type: 'coupon', coupon: coupon.id }, code: 'WELCOME' });
  await stripe.customers.update(customer.id, { address: { country: 'IN' } });
  const taxId = await stripe.customers.createTaxId(customer.id, { type: 'in_gst', value: '12ABCDE3456FGZH' });
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    allow_promotion_codes: true,
    automatic_tax: { enabled: true },
    success_url: 'http://127.0.0.1:9/ok',
  });
  expect(session).toMatchObject({ amount_total: 11_682, total_details: { amount_tax: 1_782 } });
  const url = session.url ?? '';
  expect(await pageOf(url)).toContain('Promotion code');
  const wrong = await postForm(`${url}/code`, { code: 'NOBODY' });
  expect(await wrong.text()).toContain('This code cannot be used');
  await postForm(`${url}/code`, { code: 'welcome' });
  const page = await pageOf(url);
  for (const words of ['WELCOME', 'Discount', '-$19.80', 'Tax', '$14.26', '$93.46'])
    expect(page).toContain(words);
  await postForm(`${url}/code`, { code: '' });
  expect((await stripe.checkout.sessions.retrieve(session.id)).amount_total).toBe(11_682);
  await postForm(`${url}/code`, { code: 'WELCOME' });
  await postForm(url, typedCard('4242 4242 4242 4242'));
  const paid = await stripe.checkout.sessions.retrieve(session.id);
  expect(paid).toMatchObject({
    amount_total: 9_346,
    total_details: { amount_discount: 1_980, amount_tax: 1_426 },
  });
  const [invoice] = (await stripe.invoices.list({ customer: customer.id })).data;
  expect(invoice).toMatchObject({ total: 9_346, customer_tax_ids: [{ type: 'in_gst', value: taxId.value }] });
});

it('The payment page asks for the address where the tax depends on it, and charges the tax of what was typed', async () => {
  const { price, customer } = await makeCheckout(stripe);
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    automatic_tax: { enabled: true },
    billing_address_collection: 'required',
    customer_update: { address: 'auto', name: 'auto' },
    success_url: 'http://127.0.0.1:9/ok',
  });
  const url = session.url ?? '';
  expect(await pageOf(url)).toContain('Billing address');
  const card = typedCard('4242 4242 4242 4242');
  const without = await (await postForm(url, card)).text();
  for (const words of ['Enter the street and number.', 'Enter the city.', 'Choose the country.'])
    expect(without).toContain(words);
  // A declined card keeps what was typed, and the tax is known from then on.
  const address = {
    line1: '1 Road',
    city: 'Pune',
    state: 'Maharashtra',
    postalCode: '411001',
    country: 'IN',
  };
  const declined = await postForm(url, { ...typedCard('4000 0000 0000 0002'), ...address });
  const again = await declined.text();
  for (const words of ['Your card was declined.', '1 Road', 'Maharashtra', '$116.82'])
    expect(again).toContain(words);
  expect((await postForm(url, { ...card, ...address })).status).toBe(303);
  const [invoice] = (await stripe.invoices.list({ customer: customer.id })).data;
  expect(invoice).toMatchObject({ total: 11_682, customer_address: { line1: '1 Road', country: 'IN' } });
});

it('A credit note takes lines of a paid invoice back with their tax, for a refund that was made', async () => {
  const { price, customer } = await makeCheckout(stripe);
  await stripe.customers.update(customer.id, { address: { country: 'IN' } });
  const session = await stripe.checkout.sessions.create({
    mode: 'subscription',
    customer: customer.id,
    line_items: [{ price: price.id, quantity: 1 }],
    automatic_tax: { enabled: true },
    success_url: 'http://127.0.0.1:9/ok',
  });
  await control(emulator.url, `checkout/${session.id}/complete`);
  const [charge] = (await stripe.charges.list({ customer: customer.id })).data;
  const refund = await stripe.refunds.create({ charge: charge?.id ?? '', amount: 1_180 });
  const [payment] = (
    await stripe.invoicePayments.list({
      payment: { type: 'payment_intent', payment_intent: String(charge?.payment_intent) },
    })
  ).data;
  const invoice = String(payment?.invoice);
  const line = (await stripe.invoices.retrieve(invoice)).lines.data[0]?.id ?? '';
  const noteOf = (amount: number, refunded: number) =>
    stripe.creditNotes.create({
      invoice,
      lines: [{ type: 'invoice_line_item', invoice_line_item: line, amount }],
      refunds: [{ type: 'refund', refund: refund.id, amount_refunded: refunded }],
    });
  await expect(noteOf(1_000, 1_000)).rejects.toThrow(/must equal/);
  await expect(noteOf(9_901, 1_180)).rejects.toThrow(/greater than the creditable amount/);
  const note = await noteOf(1_000, 1_180);
  expect(note).toMatchObject({
    total: 1_180,
    subtotal: 1_000,
    total_taxes: [{ amount: 180 }],
    status: 'issued',
  });
  await expect(noteOf(8_901, 1_180)).rejects.toThrow(/greater than the creditable amount/);
  expect(await stripe.invoices.retrieve(invoice)).toMatchObject({
    status: 'paid',
    post_payment_credit_notes_amount: 1_180,
  });
  expect((await stripe.creditNotes.list({ invoice })).data.map(({ id }) => id)).toEqual([note.id]);
});

it('A business abroad with a tax number owes the tax itself; fields and footer stand on its invoice', async () => {
  const { price, customer } = await makeCheckout(stripe);
  const invoiceOf = async () => {
    const session = await stripe.checkout.sessions.create({
      mode: 'subscription',
      customer: customer.id,
      line_items: [{ price: price.id, quantity: 1 }],
      automatic_tax: { enabled: true },
      success_url: 'http://127.0.0.1:9/ok',
    });
    await control(emulator.url, `checkout/${session.id}/complete`);
    return (await stripe.invoices.list({ customer: customer.id })).data[0];
  };
  await stripe.customers.update(customer.id, {
    address: { country: 'DE' },
    invoice_settings: { custom_fields: [{ name: 'PO number', value: 'PO 12' }], footer: 'GSTIN of ours' },
  });
  expect(await invoiceOf()).toMatchObject({ total: 11_781, custom_fields: [{ value: 'PO 12' }] });
  await stripe.customers.createTaxId(customer.id, { type: 'eu_vat', value: 'DE136695976' });
  const invoice = await invoiceOf();
  expect(invoice).toMatchObject({
    total: 9_900,
    footer: 'GSTIN of ours',
    total_taxes: [{ amount: 0, taxability_reason: 'reverse_charge', taxable_amount: 9_900 }],
  });
  const page = await pageOf(invoice?.hosted_invoice_url ?? '');
  for (const words of ['PO number: PO 12', 'reverse charge', 'GSTIN of ours']) expect(page).toContain(words);
  await stripe.customers.update(customer.id, { invoice_settings: { custom_fields: '' } });
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({
    invoice_settings: { custom_fields: null, footer: 'GSTIN of ours' },
  });
});

it('Credit on the balance pays first, and each use of it is listed', async () => {
  const { customer, subscription } = await subscribe();
  const credit = { amount: -500, currency: 'usd', description: 'Down for a day' };
  await stripe.customers.createBalanceTransaction(customer.id, credit);
  expect(await stripe.customers.retrieve(customer.id)).toMatchObject({ balance: -500 });
  await expect(
    stripe.customers.createBalanceTransaction(customer.id, { ...credit, currency: 'eur' }),
  ).rejects.toMatchObject({ statusCode: 400, param: 'currency' });
  await control(emulator.url, `subscriptions/${subscription.id}/renew`);
  const [invoice] = (await stripe.invoices.list({ customer: customer.id })).data;
  expect(invoice).toMatchObject({ total: 9_900, amount_due: 9_400, ending_balance: 0 });
  const { data } = await stripe.customers.listBalanceTransactions(customer.id);
  expect(data.map(({ type, amount }) => [type, amount])).toEqual([
    ['applied_to_invoice', 500],
    ['adjustment', -500],
  ]);
});

it('A card is saved without a payment, and is nobody’s default by itself', async () => {
  const { customer } = await subscribe();
  const session = await stripe.checkout.sessions.create({
    mode: 'setup',
    currency: 'usd',
    customer: customer.id,
    success_url: 'http://127.0.0.1:9/ok',
  });
  expect(await pageOf(session.url ?? '')).toContain('Save card');
  const declined = await postForm(session.url ?? '', typedCard('4000 0000 0000 0002'));
  expect(await declined.text()).toContain('Your card was declined.');
  await postForm(session.url ?? '', typedCard('5555 5555 5555 4444'));
  const saved = await stripe.checkout.sessions.retrieve(session.id, {
    expand: ['setup_intent.payment_method'],
  });
  expect(saved).toMatchObject({
    status: 'complete',
    payment_status: 'no_payment_required',
    setup_intent: { status: 'succeeded', payment_method: { card: { last4: '4444' } } },
  });
  expect((await stripe.charges.list({ customer: customer.id })).data).toHaveLength(1);
});

it('The portal opens where its flow says, and leads back to the app', async () => {
  const { customer, subscription } = await subscribe();
  const back = 'http://127.0.0.1:9/billing?card=updated';
  const portal = await stripe.billingPortal.sessions.create({
    customer: customer.id,
    flow_data: {
      type: 'payment_method_update',
      after_completion: { type: 'redirect', redirect: { return_url: back } },
    },
  });
  const first = await fetch(portal.url, { redirect: 'manual' });
  expect(first.headers.get('location')).toBe(`${new URL(portal.url).pathname}/card`);
  const saved = await postForm(`${portal.url}/card`, typedCard('5555 5555 5555 4444'));
  expect(saved.headers.get('location')).toBe(back);
  expect(
    await stripe.subscriptions.retrieve(subscription.id, { expand: ['default_payment_method'] }),
  ).toMatchObject({ default_payment_method: { card: { last4: '4444' } } });
  const cancel = await stripe.billingPortal.sessions.create({
    customer: customer.id,
    flow_data: { type: 'subscription_cancel', subscription_cancel: { subscription: subscription.id } },
  });
  expect(await pageOf(cancel.url)).toContain('Cancel Chakravue Starter?');
  const other = await stripe.customers.create({ name: 'Other' });
  const foreign = stripe.billingPortal.sessions.create({
    customer: other.id,
    flow_data: { type: 'subscription_cancel', subscription_cancel: { subscription: subscription.id } },
  });
  await expect(foreign).rejects.toMatchObject({ statusCode: 400 });
});

it('A test card that is attached by its name pays, or is declined, as its number says', async () => {
  const { customer, price } = await makeCheckout(stripe);
  const put = async (name: string) => {
    const method = await stripe.paymentMethods.attach(name, { customer: customer.id });
    await stripe.customers.update(customer.id, { invoice_settings: { default_payment_method: method.id } });
    return method;
  };
  const first = await put('pm_card_visa');
  expect(first).toMatchObject({ customer: customer.id, card: { last4: '4242' } });
  expect(first.id).not.toBe('pm_card_visa');
  const items = [{ price: price.id }];
  expect(await stripe.subscriptions.create({ customer: customer.id, items })).toMatchObject({
    status: 'active',
  });
  expect(await put('pm_card_chargeCustomerFail')).toMatchObject({ card: { last4: '0341' } });
  const refused = stripe.subscriptions.create({
    customer: customer.id,
    items,
    payment_behavior: 'error_if_incomplete',
  });
  await expect(refused).rejects.toMatchObject({ code: 'card_declined' });
  expect((await stripe.paymentMethods.attach(first.id, { customer: customer.id })).id).toBe(first.id);
  await expect(stripe.paymentMethods.attach('pm_card_none', { customer: customer.id })).rejects.toMatchObject(
    {
      code: 'resource_missing',
    },
  );
});
