import type Stripe from 'stripe';
import { type Api, type ApiRoute, createdFilter, findCustomer, isInRange, pageOf, previousOf } from '../api';
import { invalidRequest, resourceMissing } from '../errors';
import { integer, mergeMetadata, metadata, paging, params, parse, text } from '../form';
import { newId, nowSeconds } from '../ids';

const createInput = params<Stripe.CustomerCreateBalanceTransactionParams>()({
  amount: integer,
  currency: text.min(3),
  description: text.optional(),
  metadata: metadata.optional(),
});
const listInput = params<Stripe.CustomerListBalanceTransactionsParams>()({
  ...paging,
  created: createdFilter,
});

/** Below zero is credit: the next invoices ask for less. */
function create(api: Api, input: unknown, id: string): Stripe.CustomerBalanceTransaction {
  const data = parse(createInput, input);
  const customer = findCustomer(api, id);
  if (customer.currency && customer.currency !== data.currency)
    throw invalidRequest(
      `The customer's currency is ${customer.currency}; the balance cannot be changed in ${data.currency}.`,
      undefined,
      'currency',
    );
  const after: Stripe.Customer = {
    ...customer,
    balance: customer.balance + data.amount,
    currency: data.currency,
  };
  const transaction: Stripe.CustomerBalanceTransaction = {
    id: newId('cbtxn'),
    object: 'customer_balance_transaction',
    amount: data.amount,
    checkout_session: null,
    created: nowSeconds(),
    credit_note: null,
    currency: data.currency,
    customer: id,
    customer_account: null,
    description: data.description ?? null,
    ending_balance: after.balance,
    invoice: null,
    livemode: false,
    metadata: mergeMetadata({}, data.metadata),
    type: 'adjustment',
  };
  api.store.put('customers', id, after);
  api.store.put('balanceTransactions', transaction.id, transaction);
  api.emit('customer.updated', after, previousOf(customer, after));
  return transaction;
}

const ofCustomer = (api: Api, id: string) =>
  api.store.newest('balanceTransactions').filter(({ customer }) => customer === id);

export const balanceRoutes: ApiRoute[] = [
  { method: 'POST', path: '/v1/customers/:id/balance_transactions', handle: create },
  {
    method: 'GET',
    path: '/v1/customers/:id/balance_transactions',
    handle: (api, input, id) => {
      const { created, ...cursor } = parse(listInput, input);
      const rows = ofCustomer(api, findCustomer(api, id).id).filter((row) => isInRange(row.created, created));
      return pageOf(`/v1/customers/${id}/balance_transactions`, rows, 'customer_balance_transaction', cursor);
    },
  },
  {
    method: 'GET',
    path: '/v1/customers/:id/balance_transactions/:second',
    handle: (api, _input, id, second) => {
      const found = ofCustomer(api, id).find((row) => row.id === second);
      if (!found) throw resourceMissing('customer_balance_transaction', second);
      return found;
    },
  },
];
