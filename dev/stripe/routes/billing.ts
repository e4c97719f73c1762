import type Stripe from 'stripe';
import { z } from 'zod';
import { type Api, type ApiRoute, createdFilter, find, findCustomer, isInRange, pageOf } from '../api';
import { readCard } from '../cards';
import { cardError, invalidRequest, KeptError } from '../errors';
import { finalize, payOpenInvoice, voidInvoice } from '../flows/invoices';
import { accepted, list, paging, params, parse, text } from '../form';
import { makePaymentMethod } from '../objects/payment-method';

const listInvoicesInput = params<Stripe.InvoiceListParams>()({
  ...paging,
  created: createdFilter,
  customer: text.optional(),
  collection_method: z.enum(['charge_automatically', 'send_invoice']).optional(),
  status: z.enum(['draft', 'open', 'paid', 'uncollectible', 'void']).optional(),
  subscription: text.optional(),
});

function listInvoices(api: Api, input: unknown): object {
  const {
    created,
    customer,
    status,
    subscription,
    collection_method: method,
    ...cursor
  } = parse(listInvoicesInput, input);
  const billed = (invoice: Stripe.Invoice) => invoice.parent?.subscription_details?.subscription;
  const invoices = api.store
    .newest('invoices')
    .filter((invoice) => customer === undefined || invoice.customer === customer)
    .filter((invoice) => status === undefined || invoice.status === status)
    .filter((invoice) => method === undefined || invoice.collection_method === method)
    .filter((invoice) => subscription === undefined || billed(invoice) === subscription)
    .filter((invoice) => isInRange(invoice.created, created));
  return pageOf('/v1/invoices', invoices, 'invoice', cursor);
}

function payInvoice(api: Api, input: unknown, id: string): Stripe.Invoice {
  const data = parse(params<Stripe.InvoicePayParams>()({ payment_method: text.optional() }), input);
  const invoice = find(api, 'invoice', id);
  if (invoice.status === 'paid') throw invalidRequest('Invoice is already paid', 'invoice_already_paid');
  const method = data.payment_method
    ? find(api, 'payment_method', data.payment_method, 'payment_method')
    : undefined;
  if (!payOpenInvoice(api, invoice, method)) {
    const { status, body } = cardError('Your card was declined.', 'card_declined', 'generic_decline');
    throw new KeptError(status, body);
  }
  return find(api, 'invoice', id);
}

const listMethodsInput = { ...paging, type: accepted.optional(), allow_redisplay: accepted.optional() };

function listMethods(
  api: Api,
  customer: string | undefined,
  url: string,
  cursor: Parameters<typeof pageOf>[3],
): object {
  if (customer !== undefined) findCustomer(api, customer, 'customer');
  const methods = api.store.newest('paymentMethods').filter((method) => method.customer === customer);
  return pageOf(url, methods, 'payment_method', cursor);
}

function listByCustomer(api: Api, input: unknown, id: string): object {
  const data = parse(params<Stripe.CustomerListPaymentMethodsParams>()(listMethodsInput), input);
  return listMethods(api, id, `/v1/customers/${id}/payment_methods`, data);
}

function listAllMethods(api: Api, input: unknown): object {
  const data = parse(
    params<Stripe.PaymentMethodListParams>()({ ...listMethodsInput, customer: text.optional() }),
    input,
  );
  return listMethods(api, data.customer, '/v1/payment_methods', data);
}

/** Stripe's own test cards by their names, the numbers of which the README says. */
const TEST_CARDS: Record<string, string> = {
  pm_card_visa: '4242424242424242',
  pm_card_chargeCustomerFail: '4000000000000341',
};

/**
 * A test card becomes a card of the customer under an id of its own; a card that has a customer stays theirs.
 */
function attachMethod(api: Api, input: unknown, id: string): Stripe.PaymentMethod {
  const data = parse(params<Stripe.PaymentMethodAttachParams>()({ customer: text.min(1) }), input);
  const customer = findCustomer(api, data.customer, 'customer');
  const number = TEST_CARDS[id];
  if (!number) {
    const known = find(api, 'payment_method', id);
    if (known.customer === customer.id) return known;
    throw invalidRequest('The payment method you provided has already been attached to a customer.');
  }
  const { card } = readCard({ number, expiry: '12 / 40', cvc: '123', name: 'Test Payer' });
  if (!card) throw invalidRequest(`No such PaymentMethod: '${id}'`, 'resource_missing', 'payment_method');
  const method = makePaymentMethod(customer.id, card, customer.email);
  api.store.put('paymentMethods', method.id, method);
  api.emit('payment_method.attached', method);
  return method;
}

function listEvents(api: Api, input: unknown): object {
  const schema = params<Stripe.EventListParams>()({
    ...paging,
    created: createdFilter,
    type: text.optional(),
    types: list(text).max(20).optional(),
  });
  const { created, type, types, ...cursor } = parse(schema, input);
  const pattern = type?.endsWith('.*') ? type.slice(0, -1) : undefined;
  const events = api.store
    .newest('events')
    .filter((event) => isInRange(event.created, created))
    .filter((event) => !type || (pattern ? event.type.startsWith(pattern) : event.type === type))
    .filter((event) => !types || types.includes(event.type));
  return pageOf('/v1/events', events, 'event', cursor);
}

export const billingRoutes: ApiRoute[] = [
  { method: 'GET', path: '/v1/invoices', handle: listInvoices },
  { method: 'GET', path: '/v1/invoices/:id', handle: (api, _input, id) => find(api, 'invoice', id) },
  { method: 'POST', path: '/v1/invoices/:id/pay', handle: payInvoice },
  {
    method: 'POST',
    path: '/v1/invoices/:id/finalize',
    handle: (api, _input, id) => {
      const invoice = find(api, 'invoice', id);
      if (invoice.status !== 'draft')
        throw invalidRequest('This invoice is already finalized.', 'invoice_not_editable');
      return finalize(api, invoice);
    },
  },
  {
    method: 'POST',
    path: '/v1/invoices/:id/void',
    handle: (api, _input, id) => {
      const invoice = find(api, 'invoice', id);
      if (invoice.status !== 'open' && invoice.status !== 'uncollectible') {
        throw invalidRequest('You can only pass in open or uncollectible invoices.', 'invoice_not_open');
      }
      return voidInvoice(api, invoice);
    },
  },
  { method: 'GET', path: '/v1/customers/:id/payment_methods', handle: listByCustomer },
  { method: 'GET', path: '/v1/payment_methods', handle: listAllMethods },
  {
    method: 'GET',
    path: '/v1/payment_methods/:id',
    handle: (api, _input, id) => find(api, 'payment_method', id),
  },
  { method: 'POST', path: '/v1/payment_methods/:id/attach', handle: attachMethod },
  {
    method: 'GET',
    path: '/v1/setup_intents/:id',
    handle: (api, _input, id) => find(api, 'setup_intent', id),
  },
  { method: 'GET', path: '/v1/events', handle: listEvents },
  { method: 'GET', path: '/v1/events/:id', handle: (api, _input, id) => find(api, 'event', id) },
];
