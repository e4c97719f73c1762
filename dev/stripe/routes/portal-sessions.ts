import type Stripe from 'stripe';
import { z } from 'zod';
import { type Api, type ApiRoute, find, findCustomer } from '../api';
import { invalidRequest } from '../errors';
import { accepted, params, parse, text } from '../form';
import { type FlowFields, makePortalSession } from '../objects/portal-session';
import { idOf } from '../objects/subscription';

const flowData = z
  .strictObject({
    type: z.enum(['payment_method_update', 'subscription_cancel', 'subscription_update']),
    after_completion: z
      .strictObject({
        type: z.enum(['hosted_confirmation', 'portal_homepage', 'redirect']),
        redirect: z.strictObject({ return_url: text.min(1) }).optional(),
        hosted_confirmation: accepted.optional(),
      })
      .optional(),
    subscription_cancel: z
      .strictObject({ subscription: text.min(1), retention: accepted.optional() })
      .optional(),
    subscription_update: z.strictObject({ subscription: text.min(1) }).optional(),
  })
  .optional();

const input = params<Stripe.BillingPortal.SessionCreateParams>()({
  customer: text.min(1),
  return_url: text.optional(),
  configuration: accepted.optional(),
  flow_data: flowData,
  locale: accepted.optional(),
});

function addressIn(value: string | undefined, param: string): string | null {
  if (value === undefined) return null;
  if (!/^https?:\/\//i.test(value)) throw invalidRequest('Not a valid URL', 'url_invalid', param);
  return value;
}

function flowOf(api: Api, data: z.output<typeof flowData>, customer: string): FlowFields | null {
  if (!data) return null;
  const { type, after_completion: after } = data;
  const subscription =
    type === 'payment_method_update' ? null : (data[type]?.subscription ?? missing(`flow_data[${type}]`));
  if (subscription) {
    const param = `flow_data[${type}][subscription]`;
    const owner = idOf(find(api, 'subscription', subscription, param).customer);
    if (owner !== customer)
      throw invalidRequest('This subscription belongs to another customer.', undefined, param);
  }
  if (after?.type === 'redirect' && !after.redirect) missing('flow_data[after_completion][redirect]');
  return {
    type,
    subscription,
    afterCompletion: {
      type: after?.type ?? 'portal_homepage',
      returnUrl: addressIn(after?.redirect?.return_url, 'flow_data[after_completion][redirect][return_url]'),
    },
  };
}

function missing(param: string): never {
  throw invalidRequest(`Missing required param: ${param}.`, 'parameter_missing', param);
}

function create(api: Api, body: unknown): Stripe.BillingPortal.Session {
  const data = parse(input, body);
  const customer = idOf(findCustomer(api, data.customer, 'customer'));
  const session = makePortalSession({
    customer,
    returnUrl: addressIn(data.return_url, 'return_url'),
    flow: flowOf(api, data.flow_data, customer),
    baseUrl: api.baseUrl,
  });
  api.store.put('portalSessions', session.id, session);
  return session;
}

export const portalSessionRoutes: ApiRoute[] = [
  { method: 'POST', path: '/v1/billing_portal/sessions', handle: create },
];
