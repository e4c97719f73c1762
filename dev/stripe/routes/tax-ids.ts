import type Stripe from 'stripe';
import { type Api, type ApiRoute, findCustomer, pageOf } from '../api';
import { resourceMissing } from '../errors';
import { assertTaxIdType, storeTaxId, taxIdsOf } from '../flows/tax';
import { paging, params, parse, text } from '../form';

const createInput = params<Stripe.CustomerCreateTaxIdParams>()({ type: text.min(1), value: text.min(1) });

function create(api: Api, input: unknown, id: string): Stripe.TaxId {
  const { type, value } = parse(createInput, input);
  findCustomer(api, id);
  assertTaxIdType(type);
  return storeTaxId(api, id, type, value);
}

function findTaxId(api: Api, customer: string, id: string): Stripe.TaxId {
  const taxId = taxIdsOf(api, customer).find((each) => each.id === id);
  if (!taxId) throw resourceMissing('tax_id', id);
  return taxId;
}

function remove(api: Api, _input: unknown, customer: string, id: string): Stripe.DeletedTaxId {
  const taxId = findTaxId(api, customer, id);
  api.store.remove('taxIds', id);
  api.emit('customer.tax_id.deleted', taxId);
  return { id, object: 'tax_id', deleted: true };
}

export const taxIdRoutes: ApiRoute[] = [
  { method: 'POST', path: '/v1/customers/:id/tax_ids', handle: create },
  {
    method: 'GET',
    path: '/v1/customers/:id/tax_ids',
    handle: (api, input, id) => {
      const cursor = parse(params<Stripe.CustomerListTaxIdsParams>()(paging), input);
      return pageOf(`/v1/customers/${id}/tax_ids`, taxIdsOf(api, findCustomer(api, id).id), 'tax_id', cursor);
    },
  },
  {
    method: 'GET',
    path: '/v1/customers/:id/tax_ids/:second',
    handle: (api, _input, id, second) => findTaxId(api, id, second),
  },
  { method: 'DELETE', path: '/v1/customers/:id/tax_ids/:second', handle: remove },
];
