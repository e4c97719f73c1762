import type Stripe from 'stripe';
import { newId, nowSeconds, randomLetters } from '../ids';

export type FlowFields = {
  type: 'payment_method_update' | 'subscription_cancel' | 'subscription_update';
  subscription: string | null;
  afterCompletion: { type: 'hosted_confirmation' | 'portal_homepage' | 'redirect'; returnUrl: string | null };
};

/** One thing that the portal is opened for, and where it leads to afterwards. */
const makeFlow = ({
  type,
  subscription,
  afterCompletion,
}: FlowFields): Stripe.BillingPortal.Session.Flow => ({
  after_completion: {
    hosted_confirmation: afterCompletion.type === 'hosted_confirmation' ? { custom_message: null } : null,
    redirect: afterCompletion.returnUrl === null ? null : { return_url: afterCompletion.returnUrl },
    type: afterCompletion.type,
  },
  customer_update: null,
  subscription_cancel:
    type === 'subscription_cancel' && subscription ? { retention: null, subscription } : null,
  subscription_pause: null,
  subscription_update: type === 'subscription_update' && subscription ? { subscription } : null,
  subscription_update_confirm: null,
  type,
});

export const makePortalSession = (fields: {
  customer: string;
  returnUrl: string | null;
  flow: FlowFields | null;
  baseUrl: string;
}): Stripe.BillingPortal.Session => {
  // The address is the key to the page, so it is not the id, which logs may show.
  const secret = `test_${randomLetters(48)}`;
  return {
    id: newId('bps'),
    object: 'billing_portal.session',
    configuration: 'bpc_chakravue_local',
    created: nowSeconds(),
    customer: fields.customer,
    customer_account: null,
    flow: fields.flow && makeFlow(fields.flow),
    livemode: false,
    locale: null,
    on_behalf_of: null,
    return_url: fields.returnUrl,
    url: `${fields.baseUrl}/p/session/${secret}`,
  };
};
