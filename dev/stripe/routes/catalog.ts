import type Stripe from 'stripe';
import { z } from 'zod';
import { type Api, type ApiRoute, createdFilter, find, isInRange, pageOf, previousOf } from '../api';
import { invalidRequest, resourceMissing } from '../errors';
import { boolean, integer, list, mergeMetadata, metadata, paging, params, parse, text } from '../form';
import { nowSeconds } from '../ids';
import { makePrice } from '../objects/price';
import { makeProduct } from '../objects/product';

const shared = {
  active: boolean.optional(),
  description: text.optional(),
  images: list(text).optional(),
  metadata: metadata.optional(),
  unit_label: text.optional(),
  url: text.optional(),
};
const createProductInput = params<Stripe.ProductCreateParams>()({
  ...shared,
  id: text.optional(),
  name: text.min(1),
});
const updateProductInput = params<Stripe.ProductUpdateParams>()({ ...shared, name: text.min(1).optional() });
const listProductsInput = params<Stripe.ProductListParams>()({
  ...paging,
  active: boolean.optional(),
  created: createdFilter,
  ids: list(text).optional(),
});

const productFields = (input: z.output<typeof updateProductInput>) => ({
  ...(input.name === undefined ? {} : { name: input.name }),
  ...(input.active === undefined ? {} : { active: input.active }),
  ...(input.description === undefined ? {} : { description: input.description || null }),
  ...(input.images === undefined ? {} : { images: input.images }),
  ...(input.unit_label === undefined ? {} : { unit_label: input.unit_label || null }),
  ...(input.url === undefined ? {} : { url: input.url || null }),
});

function createProduct(api: Api, input: unknown): Stripe.Product {
  const { id, name, ...data } = parse(createProductInput, input);
  if (id && api.store.get('products', id)) {
    throw invalidRequest('Product already exists.', 'resource_already_exists', 'id');
  }
  const product = makeProduct({
    ...productFields(data),
    name,
    metadata: mergeMetadata({}, data.metadata),
    ...(id ? { id } : {}),
  });
  api.store.put('products', product.id, product);
  api.emit('product.created', product);
  return product;
}

function findProduct(api: Api, id: string, param?: string): Stripe.Product {
  const product = find(api, 'product', id, param);
  if (product.deleted) throw resourceMissing('product', id, param);
  return product;
}

function updateProduct(api: Api, input: unknown, id: string): Stripe.Product {
  const data = parse(updateProductInput, input);
  const before = findProduct(api, id);
  const after: Stripe.Product = {
    ...before,
    ...productFields(data),
    metadata: mergeMetadata(before.metadata, data.metadata),
    updated: nowSeconds(),
  };
  api.store.put('products', id, after);
  api.emit('product.updated', after, previousOf(before, after));
  return after;
}

function listProducts(api: Api, input: unknown): object {
  const { active, created, ids, ...cursor } = parse(listProductsInput, input);
  const products = api.store
    .newest('products')
    .filter((product) => !product.deleted)
    .filter((product) => active === undefined || product.active === active)
    .filter((product) => isInRange(product.created, created))
    .filter(({ id }) => !ids || ids.includes(id));
  return pageOf('/v1/products', products, 'product', cursor);
}

const recurring = z.strictObject({
  interval: z.enum(['month', 'year']),
  interval_count: integer.pipe(z.number().min(1).max(36)).optional(),
  usage_type: z.literal('licensed').optional(),
});
const createPriceInput = params<Stripe.PriceCreateParams>()({
  currency: z.string().regex(/^[a-zA-Z]{3}$/),
  unit_amount: integer.pipe(z.number().min(0)),
  product: text.min(1),
  recurring: recurring.optional(),
  active: boolean.optional(),
  lookup_key: z.string().max(200).optional(),
  transfer_lookup_key: boolean.optional(),
  nickname: text.optional(),
  metadata: metadata.optional(),
});
const updatePriceInput = params<Stripe.PriceUpdateParams>()({
  active: boolean.optional(),
  lookup_key: z.string().max(200).optional(),
  transfer_lookup_key: boolean.optional(),
  nickname: text.optional(),
  metadata: metadata.optional(),
});
const listPricesInput = params<Stripe.PriceListParams>()({
  ...paging,
  active: boolean.optional(),
  created: createdFilter,
  currency: text.optional(),
  lookup_keys: list(text).max(10).optional(),
  product: text.optional(),
  recurring: z.strictObject({ interval: z.enum(['month', 'year']).optional() }).optional(),
  type: z.enum(['one_time', 'recurring']).optional(),
});

/** A lookup key names one price; another may take it over only when asked to. */
function claimLookupKey(api: Api, key: string | undefined, mayTransfer: boolean, self?: string): void {
  const holder = key
    ? api.store.newest('prices').find((price) => price.lookup_key === key && price.id !== self)
    : undefined;
  if (!holder) return;
  if (!mayTransfer) {
    throw invalidRequest(
      `A price (\`${holder.id}\`) already uses that lookup key.`,
      'resource_already_exists',
      'lookup_key',
    );
  }
  const released: Stripe.Price = { ...holder, lookup_key: null };
  api.store.put('prices', holder.id, released);
  api.emit('price.updated', released, { lookup_key: holder.lookup_key });
}

function createPrice(api: Api, input: unknown): Stripe.Price {
  const data = parse(createPriceInput, input);
  const product = findProduct(api, data.product, 'product');
  claimLookupKey(api, data.lookup_key, data.transfer_lookup_key ?? false);
  const price = makePrice({
    product: product.id,
    currency: data.currency.toLowerCase(),
    unitAmount: data.unit_amount,
    recurring: data.recurring
      ? { interval: data.recurring.interval, intervalCount: data.recurring.interval_count ?? 1 }
      : null,
    lookupKey: data.lookup_key ?? null,
    nickname: data.nickname ?? null,
    metadata: mergeMetadata({}, data.metadata),
    active: data.active ?? true,
  });
  api.store.put('prices', price.id, price);
  api.emit('price.created', price);
  return price;
}

function updatePrice(api: Api, input: unknown, id: string): Stripe.Price {
  const data = parse(updatePriceInput, input);
  const before = find(api, 'price', id);
  claimLookupKey(api, data.lookup_key, data.transfer_lookup_key ?? false, id);
  const after: Stripe.Price = {
    ...before,
    ...(data.active === undefined ? {} : { active: data.active }),
    ...(data.lookup_key === undefined ? {} : { lookup_key: data.lookup_key || null }),
    ...(data.nickname === undefined ? {} : { nickname: data.nickname || null }),
    metadata: mergeMetadata(before.metadata, data.metadata),
  };
  api.store.put('prices', id, after);
  api.emit('price.updated', after, previousOf(before, after));
  return after;
}

function listPrices(api: Api, input: unknown): object {
  const { active, created, currency, lookup_keys, product, recurring, type, ...cursor } = parse(
    listPricesInput,
    input,
  );
  const prices = api.store
    .newest('prices')
    .filter((price) => active === undefined || price.active === active)
    .filter((price) => isInRange(price.created, created))
    .filter((price) => currency === undefined || price.currency === currency)
    .filter((price) => !lookup_keys || (price.lookup_key !== null && lookup_keys.includes(price.lookup_key)))
    .filter((price) => product === undefined || price.product === product)
    .filter((price) => !recurring?.interval || price.recurring?.interval === recurring.interval)
    .filter((price) => type === undefined || price.type === type);
  return pageOf('/v1/prices', prices, 'price', cursor);
}

export const catalogRoutes: ApiRoute[] = [
  { method: 'POST', path: '/v1/products', handle: createProduct },
  { method: 'GET', path: '/v1/products', handle: listProducts },
  { method: 'GET', path: '/v1/products/:id', handle: (api, _input, id) => find(api, 'product', id) },
  { method: 'POST', path: '/v1/products/:id', handle: updateProduct },
  { method: 'POST', path: '/v1/prices', handle: createPrice },
  { method: 'GET', path: '/v1/prices', handle: listPrices },
  { method: 'GET', path: '/v1/prices/:id', handle: (api, _input, id) => find(api, 'price', id) },
  { method: 'POST', path: '/v1/prices/:id', handle: updatePrice },
];
