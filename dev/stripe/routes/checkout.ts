import type Stripe from 'stripe';
import { z } from 'zod';
import { type Api, type ApiRoute, createdFilter, find, findCustomer, isInRange, pageOf } from '../api';
import { invalidRequest } from '../errors';
import { expireCheckout, findCheckout, isOverdue } from '../flows/checkout';
import { redeemable } from '../flows/discounts';
import { productName } from '../flows/invoices';
import { withTotals } from '../flows/totals';
import {
  accepted,
  boolean,
  integer,
  list,
  mergeMetadata,
  metadata,
  paging,
  params,
  parse,
  text,
} from '../form';
import { newId, nowSeconds } from '../ids';
import { makeCheckoutSession, makeLineItem } from '../objects/checkout-session';
import { makePrice } from '../objects/price';
import { idOf } from '../objects/subscription';

const DAY = 86_400;
const HALF_AN_HOUR = 1_800;
/** In the smallest unit; Stripe's own depends on the currency. */
const SMALLEST_PAYMENT = 50;

const lineItem = z.strictObject({
  price: text.min(1).optional(),
  /** Of a single payment: a price that is made for it alone. */
  price_data: z
    .strictObject({
      currency: z.string().length(3),
      unit_amount: integer.pipe(z.number().min(1).max(99_999_999)),
      product_data: z.strictObject({ name: text.min(1), description: text.optional() }),
    })
    .optional(),
  quantity: integer.pipe(z.number().min(1).max(999_999)),
});
const createInput = params<Stripe.Checkout.SessionCreateParams>()({
  mode: z.enum(['setup', 'subscription', 'payment']),
  currency: text.optional(),
  ui_mode: z.enum(['hosted_page', 'embedded_page']).optional(),
  success_url: text.optional(),
  cancel_url: text.optional(),
  return_url: text.optional(),
  redirect_on_completion: z.enum(['always', 'if_required', 'never']).optional(),
  customer: text.optional(),
  customer_email: text.optional(),
  client_reference_id: z.string().max(200).optional(),
  line_items: list(lineItem).min(1).max(20).optional(),
  setup_intent_data: z
    .strictObject({ metadata: metadata.optional(), description: text.optional() })
    .optional(),
  payment_intent_data: z
    .strictObject({ metadata: metadata.optional(), description: text.optional() })
    .optional(),
  adaptive_pricing: z.strictObject({ enabled: boolean }).optional(),
  submit_type: z.enum(['auto', 'pay']).optional(),
  metadata: metadata.optional(),
  subscription_data: z
    .strictObject({
      metadata: metadata.optional(),
      description: z.string().max(500).optional(),
      trial_period_days: integer.pipe(z.number().min(1).max(730)).optional(),
      trial_settings: accepted.optional(),
    })
    .optional(),
  discounts: list(z.strictObject({ coupon: text.optional(), promotion_code: text.optional() }))
    .max(1)
    .optional(),
  expires_at: integer.optional(),
  allow_promotion_codes: boolean.optional(),
  automatic_tax: z.strictObject({ enabled: boolean }).optional(),
  billing_address_collection: z.enum(['auto', 'required']).optional(),
  customer_update: accepted.optional(),
  locale: accepted.optional(),
  payment_method_collection: accepted.optional(),
  tax_id_collection: z
    .strictObject({ enabled: boolean, required: z.enum(['if_supported', 'never']).optional() })
    .optional(),
});
const listInput = params<Stripe.Checkout.SessionListParams>()({
  ...paging,
  created: createdFilter,
  customer: text.optional(),
  status: z.enum(['open', 'complete', 'expired']).optional(),
  subscription: text.optional(),
});

function addressFor(value: string | undefined, param: string): string | null {
  if (value === undefined) return null;
  if (!/^https?:\/\//i.test(value) || !URL.canParse(value)) {
    throw invalidRequest('Not a valid URL', 'url_invalid', param);
  }
  return value;
}

function addresses(data: z.output<typeof createInput>) {
  const isHosted = (data.ui_mode ?? 'hosted_page') === 'hosted_page';
  const wrong = isHosted ? 'return_url' : data.success_url !== undefined ? 'success_url' : 'cancel_url';
  if (data[wrong] !== undefined) {
    throw invalidRequest(
      `\`${wrong}\` can not be used with \`ui_mode: ${data.ui_mode ?? 'hosted_page'}\`.`,
      undefined,
      wrong,
    );
  }
  const needed = isHosted ? 'success_url' : 'return_url';
  const needsNone = !isHosted && data.redirect_on_completion === 'never';
  if (data[needed] === undefined && !needsNone) {
    throw invalidRequest(`Missing required param: ${needed}.`, 'parameter_missing', needed);
  }
  return {
    successUrl: addressFor(data.success_url, 'success_url'),
    cancelUrl: addressFor(data.cancel_url, 'cancel_url'),
    returnUrl: addressFor(data.return_url, 'return_url'),
  };
}

function expiry(expiresAt: number | undefined): number {
  const now = nowSeconds();
  if (expiresAt === undefined) return now + DAY;
  // A minute of grace for clocks, as the SDK may have waited before a retry.
  if (expiresAt < now + HALF_AN_HOUR - 60 || expiresAt > now + DAY + 60) {
    throw invalidRequest(
      'The `expires_at` timestamp must be at least 30 minutes and at most 24 hours from Checkout Session creation.',
      undefined,
      'expires_at',
    );
  }
  return expiresAt;
}

function lineItemsOf(api: Api, data: z.output<typeof createInput>): Stripe.LineItem[] {
  if (!data.line_items)
    throw invalidRequest('Missing required param: line_items.', 'parameter_missing', 'line_items');
  const lineItems = data.line_items.map(({ price: id = '', quantity }, index) => {
    const price = find(api, 'price', id, `line_items[${index}][price]`);
    const param = `line_items[${index}]`;
    if (!price.active)
      throw invalidRequest(
        'The price specified is inactive. This field only accepts active prices.',
        undefined,
        param,
      );
    return makeLineItem(price, quantity, productName(api, price));
  });
  if (!lineItems.some(({ price }) => price?.recurring)) {
    throw invalidRequest(
      'You must provide at least one recurring price in `subscription` mode when using prices.',
      undefined,
      'line_items',
    );
  }
  return lineItems;
}

/** A page that only saves a card. */
function createSetup(api: Api, data: z.output<typeof createInput>): Stripe.Checkout.Session {
  if (data.line_items)
    throw invalidRequest('You can not pass `line_items` in `setup` mode.', undefined, 'line_items');
  if (data.customer === undefined)
    throw invalidRequest('Missing required param: customer.', 'parameter_missing', 'customer');
  const session = makeCheckoutSession({
    ...addresses(data),
    mode: 'setup',
    uiMode: data.ui_mode ?? 'hosted_page',
    customer: data.customer,
    customerEmail: null,
    clientReferenceId: data.client_reference_id ?? null,
    metadata: mergeMetadata({}, data.metadata),
    currency: data.currency ?? 'usd',
    amount: null,
    expiresAt: expiry(data.expires_at),
    allowPromotionCodes: null,
    isTaxAutomatic: false,
    asksForAddress: data.billing_address_collection === 'required',
    taxIdCollection: null,
    baseUrl: api.baseUrl,
  });
  api.store.put('checkouts', session.id, {
    session,
    lineItems: [],
    subscriptionMetadata: mergeMetadata({}, data.setup_intent_data?.metadata),
    subscriptionDescription: null,
    waitingCard: null,
  });
  return session;
}

/** A page for one payment of an amount that is said here. */
function createPayment(api: Api, data: z.output<typeof createInput>): Stripe.Checkout.Session {
  if (!data.line_items)
    throw invalidRequest('Missing required param: line_items.', 'parameter_missing', 'line_items');
  const lineItems = data.line_items.map(({ price_data: own, quantity }, index) => {
    const param = `line_items[${index}][price_data]`;
    if (!own) throw invalidRequest('The local Stripe knows payments of `price_data` only.', undefined, param);
    const price = makePrice({
      product: newId('prod'),
      currency: own.currency.toLowerCase(),
      unitAmount: own.unit_amount,
      ...{ recurring: null, lookupKey: null, nickname: null, metadata: {}, active: false },
    });
    return makeLineItem(price, quantity, own.product_data.name);
  });
  const amount = lineItems.reduce((sum, item) => sum + item.amount_total, 0);
  const currency = lineItems[0]?.currency ?? 'usd';
  if (lineItems.some((item) => item.currency !== currency))
    throw invalidRequest(
      'All prices on a Checkout Session must use the same currency.',
      undefined,
      'line_items',
    );
  if (amount < SMALLEST_PAYMENT)
    throw invalidRequest(
      'The Checkout Session’s total amount must convert to at least 50 cents.',
      'amount_too_small',
      'line_items',
    );
  const session = makeCheckoutSession({
    ...addresses(data),
    mode: 'payment',
    uiMode: data.ui_mode ?? 'hosted_page',
    customer: null,
    customerEmail: data.customer_email ?? null,
    clientReferenceId: data.client_reference_id ?? null,
    metadata: mergeMetadata({}, data.metadata),
    ...{ currency, amount },
    expiresAt: expiry(data.expires_at),
    ...{ allowPromotionCodes: null, isTaxAutomatic: false, asksForAddress: false, taxIdCollection: null },
    baseUrl: api.baseUrl,
  });
  api.store.put('checkouts', session.id, {
    ...{ session, lineItems, waitingCard: null },
    subscriptionMetadata: mergeMetadata({}, data.payment_intent_data?.metadata),
    subscriptionDescription: data.payment_intent_data?.description ?? null,
  });
  return session;
}

function create(api: Api, input: unknown): Stripe.Checkout.Session {
  const data = parse(createInput, input);
  if (data.customer !== undefined && data.customer_email !== undefined) {
    throw invalidRequest(
      'You may only specify one of these parameters: customer, customer_email.',
      undefined,
      'customer',
    );
  }
  if (data.customer !== undefined) findCustomer(api, data.customer, 'customer');
  if (data.mode === 'setup') return createSetup(api, data);
  if (data.mode === 'payment') return createPayment(api, data);
  const lineItems = lineItemsOf(api, data);
  if (data.allow_promotion_codes !== undefined && data.discounts) {
    throw invalidRequest(
      'You may only specify one of these parameters: allow_promotion_codes, discounts.',
      undefined,
      'discounts',
    );
  }
  const trialDays = data.subscription_data?.trial_period_days ?? null;
  const asked = data.discounts?.[0];
  const promotion = asked?.promotion_code
    ? find(api, 'promotion_code', asked.promotion_code, 'discounts[0][promotion_code]')
    : null;
  const couponId = promotion?.promotion.coupon ? idOf(promotion.promotion.coupon) : asked?.coupon;
  const coupon = couponId ? redeemable(api, couponId, 'discounts[0][coupon]') : null;
  const currency = lineItems[0]?.currency ?? 'usd';
  if (lineItems.some((item) => item.currency !== currency)) {
    throw invalidRequest(
      'All prices on a Checkout Session must use the same currency.',
      undefined,
      'line_items',
    );
  }
  const session = makeCheckoutSession({
    ...addresses(data),
    mode: 'subscription',
    uiMode: data.ui_mode ?? 'hosted_page',
    customer: data.customer ?? null,
    customerEmail: data.customer_email ?? null,
    clientReferenceId: data.client_reference_id ?? null,
    metadata: mergeMetadata({}, data.metadata),
    currency,
    amount: 0,
    expiresAt: expiry(data.expires_at),
    allowPromotionCodes: data.allow_promotion_codes ?? null,
    isTaxAutomatic: data.automatic_tax?.enabled ?? false,
    asksForAddress: data.billing_address_collection === 'required',
    taxIdCollection: data.tax_id_collection
      ? { enabled: data.tax_id_collection.enabled, required: data.tax_id_collection.required ?? 'never' }
      : null,
    baseUrl: api.baseUrl,
  });
  const record = withTotals(api, {
    session,
    lineItems,
    subscriptionMetadata: mergeMetadata({}, data.subscription_data?.metadata),
    subscriptionDescription: data.subscription_data?.description ?? null,
    trialEndAfterDays: trialDays,
    coupon: coupon?.id ?? null,
    promotionCode: promotion?.id ?? null,
    waitingCard: null,
  });
  api.store.put('checkouts', session.id, record);
  return record.session;
}

function retrieve(api: Api, _input: unknown, id: string): Stripe.Checkout.Session {
  const record = findCheckout(api, id);
  return (isOverdue(record) ? expireCheckout(api, record) : record).session;
}

function all(api: Api, input: unknown): object {
  const { created, customer, status, subscription, ...cursor } = parse(listInput, input);
  const sessions = api.store
    .newest('checkouts')
    .map((record) => (isOverdue(record) ? expireCheckout(api, record) : record).session)
    .filter((session) => isInRange(session.created, created))
    .filter((session) => customer === undefined || session.customer === customer)
    .filter((session) => status === undefined || session.status === status)
    .filter((session) => subscription === undefined || session.subscription === subscription);
  return pageOf('/v1/checkout/sessions', sessions, 'checkout.session', cursor);
}

function expireNow(api: Api, _input: unknown, id: string): Stripe.Checkout.Session {
  const record = findCheckout(api, id);
  if (record.session.status !== 'open') {
    throw invalidRequest(
      `Only Checkout Sessions with a status in ["open"] can be expired. This Checkout Session has a status of ${record.session.status ?? 'closed'}.`,
    );
  }
  return expireCheckout(api, record).session;
}

export const checkoutRoutes: ApiRoute[] = [
  { method: 'POST', path: '/v1/checkout/sessions', handle: create },
  { method: 'GET', path: '/v1/checkout/sessions', handle: all },
  { method: 'GET', path: '/v1/checkout/sessions/:id', handle: retrieve },
  { method: 'POST', path: '/v1/checkout/sessions/:id/expire', handle: expireNow },
  {
    method: 'GET',
    path: '/v1/checkout/sessions/:id/line_items',
    handle: (api, input, id) =>
      pageOf(
        `/v1/checkout/sessions/${id}/line_items`,
        findCheckout(api, id).lineItems,
        'item',
        parse(params<Stripe.PaginationParams>()(paging), input),
      ),
  },
];
