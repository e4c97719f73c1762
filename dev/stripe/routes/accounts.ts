import type Stripe from 'stripe';
import { z } from 'zod';
import { type Api, type ApiRoute, pageOf } from '../api';
import { invalidRequest, resourceMissing } from '../errors';
import { list, mergeMetadata, metadata, paging, params, parse, text } from '../form';
import { newId, nowSeconds, randomLetters } from '../ids';

/** What a new account is made of: `POST /_emulator/accounts`. */
export const accountInput = z.strictObject({
  secretKey: z.string().regex(/^(sk|rk)_test_\w{8,}$/),
  name: z.string().optional(),
  country: z.string().length(2).optional(),
  currency: z.string().length(3).optional(),
});

/** The account of the key that asks. */
const current = ({ account }: Api): Stripe.Account => ({
  id: account.id,
  object: 'account',
  business_profile: null,
  charges_enabled: true,
  country: account.country,
  created: nowSeconds(),
  default_currency: account.currency,
  details_submitted: true,
  email: null,
  payouts_enabled: true,
  settings: {
    bacs_debit_payments: { display_name: null, service_user_number: null },
    branding: { icon: null, logo: null, primary_color: null, secondary_color: null },
    card_issuing: { tos_acceptance: { date: null, ip: null } },
    card_payments: {
      decline_on: { avs_failure: false, cvc_failure: false },
      statement_descriptor_prefix: null,
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
    },
    dashboard: { display_name: account.name, timezone: 'Etc/UTC' },
    invoices: { default_account_tax_ids: null, hosted_payment_method_save: null },
    payments: {
      statement_descriptor: null,
      statement_descriptor_kana: null,
      statement_descriptor_kanji: null,
      statement_descriptor_prefix_kana: null,
      statement_descriptor_prefix_kanji: null,
    },
    sepa_debit_payments: {},
  },
  type: 'standard',
});

const endpointInput = params<Stripe.WebhookEndpointCreateParams>()({
  url: text.min(1),
  enabled_events: list(text).min(1),
  description: text.optional(),
  metadata: metadata.optional(),
  api_version: text.optional(),
});

function createEndpoint({ store }: Api, input: unknown): Stripe.WebhookEndpoint {
  const data = parse(endpointInput, input);
  if (!URL.canParse(data.url) || !/^https?:/.test(data.url))
    throw invalidRequest(
      'Invalid URL: An explicit scheme (such as https) must be provided.',
      'url_invalid',
      'url',
    );
  const id = newId('we');
  const secret = `whsec_${randomLetters(32)}`;
  const endpoint: Stripe.WebhookEndpoint = {
    id,
    object: 'webhook_endpoint',
    api_version: data.api_version ?? null,
    application: null,
    created: nowSeconds(),
    description: data.description ?? null,
    enabled_events: data.enabled_events,
    livemode: false,
    metadata: mergeMetadata({}, data.metadata),
    status: 'enabled',
    url: data.url,
  };
  store.put('webhookEndpoints', id, { id, endpoint, secret });
  return { ...endpoint, secret };
}

function findEndpoint({ store }: Api, id: string): Stripe.WebhookEndpoint {
  const found = store.get('webhookEndpoints', id);
  if (!found) throw resourceMissing('webhook endpoint', id, 'webhook_endpoint');
  return found.endpoint;
}

function removeEndpoint(api: Api, _input: unknown, id: string): Stripe.DeletedWebhookEndpoint {
  findEndpoint(api, id);
  api.store.remove('webhookEndpoints', id);
  return { id, object: 'webhook_endpoint', deleted: true };
}

export const accountRoutes: ApiRoute[] = [
  { method: 'GET', path: '/v1/account', handle: current },
  { method: 'POST', path: '/v1/webhook_endpoints', handle: createEndpoint },
  {
    method: 'GET',
    path: '/v1/webhook_endpoints',
    handle: (api, input) =>
      pageOf(
        '/v1/webhook_endpoints',
        api.store.newest('webhookEndpoints').map(({ endpoint }) => endpoint),
        'webhook endpoint',
        parse(params<Stripe.WebhookEndpointListParams>()(paging), input),
      ),
  },
  { method: 'GET', path: '/v1/webhook_endpoints/:id', handle: (api, _input, id) => findEndpoint(api, id) },
  { method: 'DELETE', path: '/v1/webhook_endpoints/:id', handle: removeEndpoint },
];
