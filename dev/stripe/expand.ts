import type { Api } from './api';
import { invalidRequest } from './errors';
import { taxIdsOf } from './flows/tax';
import { listOf } from './objects/lists';

type Json = Record<string, unknown>;
const isObject = (value: unknown): value is Json => typeof value === 'object' && value !== null;

function lookUp({ store }: Api, id: string): object | undefined {
  const prefix = id.slice(0, id.lastIndexOf('_'));
  switch (prefix) {
    case 'cus':
      return store.get('customers', id);
    case 'prod':
      return store.get('products', id);
    case 'price':
      return store.get('prices', id);
    case 'sub':
      return store.get('subscriptions', id);
    case 'in':
      return store.get('invoices', id);
    case 'pm':
      return store.get('paymentMethods', id);
    case 'sub_sched':
      return store.get('schedules', id);
    case 'di':
      return store.get('discounts', id);
    case 'promo':
      return store.get('promotionCodes', id);
    case 'clock':
      return store.get('testClocks', id);
    case 'du':
      return store.get('disputes', id);
    case 'cbtxn':
      return store.get('balanceTransactions', id);
    case 'txi':
      return store.get('taxIds', id);
    case 'seti':
      return store.get('setupIntents', id);
    case 'pi':
      return store.get('paymentIntents', id);
    case 'ch':
      return store.get('charges', id);
    case 'cn':
      return store.get('creditNotes', id);
    case 're':
      return store.get('refunds', id);
    default:
      return store.get('coupons', id);
  }
}

/** Lists that Stripe leaves out unless asked. */
function hiddenList(api: Api, node: Json, field: string): unknown {
  if (node.object === 'checkout.session' && field === 'line_items' && typeof node.id === 'string') {
    return listOf(
      `/v1/checkout/sessions/${node.id}/line_items`,
      api.store.get('checkouts', node.id)?.lineItems ?? [],
    );
  }
  if (node.object === 'customer' && field === 'subscriptions' && typeof node.id === 'string') {
    const live = api.store
      .newest('subscriptions')
      .filter(({ customer, status }) => customer === node.id && status !== 'canceled');
    return listOf(`/v1/customers/${node.id}/subscriptions`, live);
  }
  if (node.object === 'charge' && field === 'refunds' && typeof node.id === 'string') {
    const refunds = api.store.newest('refunds').filter(({ charge }) => charge === node.id);
    return listOf(`/v1/charges/${node.id}/refunds`, refunds);
  }
  if (node.object === 'customer' && field === 'tax_ids' && typeof node.id === 'string')
    return listOf(`/v1/customers/${node.id}/tax_ids`, taxIdsOf(api, node.id));
  return undefined;
}

function expandPath(api: Api, node: unknown, path: readonly string[], whole: string): unknown {
  if (Array.isArray(node)) return node.map((item) => expandPath(api, item, path, whole));
  const [field, ...rest] = path;
  if (!isObject(node) || field === undefined) return node;
  const value = node[field] === undefined ? hiddenList(api, node, field) : node[field];
  if (value === undefined) {
    throw invalidRequest(`This property cannot be expanded (${field}).`, undefined, `expand[${whole}]`);
  }
  const full = Array.isArray(value)
    ? value.map((item) => (typeof item === 'string' ? (lookUp(api, item) ?? item) : item))
    : typeof value === 'string'
      ? lookUp(api, value)
      : value;
  if (full === undefined) {
    throw invalidRequest(`This property cannot be expanded (${field}).`, undefined, `expand[${whole}]`);
  }
  return { ...node, [field]: expandPath(api, full, rest, whole) };
}

/** Replaces the ids that `expand[]` names by the objects they stand for; at most four levels, as Stripe. */
export function expand(api: Api, answer: object, paths: readonly string[]): object {
  return paths.reduce<object>((node, path) => {
    const parts = path.split('.');
    if (parts.length > 4) {
      throw invalidRequest('You cannot expand more than 4 levels of a property', undefined, 'expand');
    }
    const expanded = expandPath(api, node, parts, path);
    return isObject(expanded) ? expanded : node;
  }, answer);
}
