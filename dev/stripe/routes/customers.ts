import type Stripe from 'stripe';
import { z } from 'zod';
import {
  type Api,
  type ApiRoute,
  createdFilter,
  find,
  findCustomer,
  isInRange,
  pageOf,
  previousOf,
} from '../api';
import { cancelNow } from '../flows/subscriptions';
import { list, mergeMetadata, metadata, paging, params, parse, text } from '../form';
import { makeCustomer, makeDeletedCustomer } from '../objects/customer';

const address = z
  .union([
    z.literal(''),
    z.strictObject({
      city: text.optional(),
      country: text.optional(),
      line1: text.optional(),
      line2: text.optional(),
      postal_code: text.optional(),
      state: text.optional(),
    }),
  ])
  .optional();

const shared = {
  address,
  description: text.optional(),
  email: text.optional(),
  metadata: metadata.optional(),
  name: text.optional(),
  phone: text.optional(),
  preferred_locales: list(text).optional(),
  tax_exempt: z.enum(['', 'none', 'exempt', 'reverse']).optional(),
};
const customFields = z
  .union([
    z.literal(''),
    list(z.strictObject({ name: z.string().min(1).max(40), value: z.string().min(1).max(140) })).max(4),
  ])
  .optional();
const createInput = params<Stripe.CustomerCreateParams>()({
  ...shared,
  test_clock: text.optional(),
  invoice_settings: z.strictObject({ custom_fields: customFields, footer: text.optional() }).optional(),
});
const updateInput = params<Stripe.CustomerUpdateParams>()({
  ...shared,
  invoice_settings: z
    .strictObject({
      custom_fields: customFields,
      default_payment_method: text.optional(),
      footer: text.optional(),
    })
    .optional(),
});
const listInput = params<Stripe.CustomerListParams>()({
  ...paging,
  email: text.optional(),
  test_clock: text.optional(),
  created: createdFilter,
});

const orNull = (value: string | undefined): string | null => value || null;

function addressOf(input: z.output<typeof address>): Stripe.Address | null {
  if (!input) return null;
  const { city, country, line1, line2, postal_code, state } = input;
  return {
    city: orNull(city),
    country: orNull(country),
    line1: orNull(line1),
    line2: orNull(line2),
    postal_code: orNull(postal_code),
    state: orNull(state),
  };
}

/** The fields that were given; an empty text clears one. */
function fieldsOf(input: Omit<z.output<typeof createInput>, 'invoice_settings'>) {
  return {
    ...(input.address === undefined ? {} : { address: addressOf(input.address) }),
    ...(input.description === undefined ? {} : { description: orNull(input.description) }),
    ...(input.email === undefined ? {} : { email: orNull(input.email) }),
    ...(input.name === undefined ? {} : { name: orNull(input.name) }),
    ...(input.phone === undefined ? {} : { phone: orNull(input.phone) }),
    ...(input.tax_exempt === undefined ? {} : { tax_exempt: input.tax_exempt || 'none' }),
    ...(input.preferred_locales === undefined ? {} : { preferred_locales: input.preferred_locales }),
  };
}

function create(api: Api, input: unknown): Stripe.Customer {
  const data = parse(createInput, input);
  if (data.test_clock) find(api, 'test_clock', data.test_clock, 'test_clock');
  const customer = makeCustomer({
    ...fieldsOf(data),
    metadata: mergeMetadata({}, data.metadata),
    test_clock: data.test_clock ?? null,
  });
  customer.invoice_settings.custom_fields = data.invoice_settings?.custom_fields || null;
  customer.invoice_settings.footer = orNull(data.invoice_settings?.footer);
  api.store.put('customers', customer.id, customer);
  api.emit('customer.created', customer);
  return customer;
}

function update(api: Api, input: unknown, id: string): Stripe.Customer {
  const { invoice_settings, ...data } = parse(updateInput, input);
  const before = findCustomer(api, id);
  const method = invoice_settings?.default_payment_method;
  if (method) find(api, 'payment_method', method, 'invoice_settings[default_payment_method]');
  const after: Stripe.Customer = {
    ...before,
    ...fieldsOf(data),
    metadata: mergeMetadata(before.metadata, data.metadata),
    invoice_settings: {
      ...before.invoice_settings,
      ...(method === undefined ? {} : { default_payment_method: orNull(method) }),
      ...(invoice_settings?.custom_fields === undefined
        ? {}
        : { custom_fields: invoice_settings.custom_fields || null }),
      ...(invoice_settings?.footer === undefined ? {} : { footer: orNull(invoice_settings.footer) }),
    },
  };
  api.store.put('customers', id, after);
  const previous = previousOf(before, after);
  if (Object.keys(previous).length > 0) api.emit('customer.updated', after, previous);
  return after;
}

function remove(api: Api, _input: unknown, id: string): Stripe.DeletedCustomer {
  const customer = findCustomer(api, id);
  for (const subscription of api.store.newest('subscriptions')) {
    if (subscription.customer === id && subscription.status !== 'canceled') cancelNow(api, subscription);
  }
  const deleted = makeDeletedCustomer(id);
  api.store.put('customers', id, deleted);
  api.emit('customer.deleted', customer);
  return deleted;
}

function all(api: Api, input: unknown): object {
  const { email, test_clock: clock, created, ...cursor } = parse(listInput, input);
  const customers = api.store
    .newest('customers')
    .filter((customer) => !customer.deleted)
    .filter((customer) => email === undefined || customer.email === email)
    .filter((customer) => (clock === undefined ? true : customer.test_clock === clock))
    .filter((customer) => isInRange(customer.created, created));
  return pageOf('/v1/customers', customers, 'customer', cursor);
}

export const customerRoutes: ApiRoute[] = [
  { method: 'POST', path: '/v1/customers', handle: create },
  { method: 'GET', path: '/v1/customers', handle: all },
  { method: 'GET', path: '/v1/customers/:id', handle: (api, _input, id) => find(api, 'customer', id) },
  { method: 'POST', path: '/v1/customers/:id', handle: update },
  { method: 'DELETE', path: '/v1/customers/:id', handle: remove },
];
