import type Stripe from 'stripe';
import { newId, nowSeconds, randomLetters } from '../ids';

export const makePortalSession = (fields: {
  customer: string;
  returnUrl: string | null;
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
    flow: null,
    livemode: false,
    locale: null,
    on_behalf_of: null,
    return_url: fields.returnUrl,
    url: `${fields.baseUrl}/p/session/${secret}`,
  };
};
