import type Stripe from 'stripe';
import { type Api, find, findCustomer } from '../api';
import { cardError } from '../errors';
import { nowSeconds } from '../ids';
import { declinesCharges } from '../objects/payment-method';
import { idOf, makeSubscription } from '../objects/subscription';
import { redeem } from './discounts';
import { createDraft, finalize, methodOf, payOpenInvoice, periodLines, productName } from './invoices';
import { saveSubscription } from './subscriptions';

export type StartFields = Parameters<typeof makeSubscription>[0] & {
  coupon?: Stripe.Coupon | null;
  promotionCode?: string | null;
  checkoutSession?: string | null;
  /** What a refused card leads to. */
  whenRefused: 'incomplete' | 'error';
  /** The invoice waits to be paid by somebody. */
  isChargedLater?: boolean;
};

/**
 * A new subscription with its first invoice, and their events in Stripe's order. A trial's first invoice asks
 * for nothing.
 * @throws ApiError 402 when the card is refused and that is an error; then nothing has changed.
 */
export function startSubscription(
  api: Api,
  fields: StartFields,
): { subscription: Stripe.Subscription; invoice: Stripe.Invoice } {
  const customer = findCustomer(api, fields.customer, 'customer');
  const made = makeSubscription({
    ...fields,
    testClock: customer.test_clock ? idOf(customer.test_clock) : null,
  });
  const created: Stripe.Subscription = fields.coupon
    ? {
        ...made,
        discounts: [
          redeem(
            api,
            fields.coupon,
            { id: made.id, customer: customer.id },
            fields.promotionCode ?? null,
            fields.checkoutSession ?? null,
          ),
        ],
      }
    : made;
  const isTrial = created.status === 'trialing';
  const lines = periodLines(created.items.data, ({ price }) => productName(api, price)).map((line) =>
    isTrial ? { ...line, amount: 0, description: `Free trial for ${line.description}` } : line,
  );
  const draft = createDraft(api, { subscription: created, reason: 'subscription_create', lines });
  const started: Stripe.Subscription = { ...created, latest_invoice: draft.id };
  api.store.put('subscriptions', started.id, started);
  api.emit('customer.subscription.created', started);
  const invoice = finalize(api, draft);
  const isFree = invoice.amount_due === 0;
  if (created.collection_method === 'send_invoice') {
    if (isFree) payOpenInvoice(api, invoice);
    else api.emit('invoice.sent', invoice);
    if (!isTrial) saveSubscription(api, started, { ...started, status: 'active' });
  } else if (isFree || !fields.isChargedLater) {
    const method = methodOf(api, started);
    // Stripe says that it is active before it says that the invoice is paid.
    if (!isTrial && (isFree || (method && !declinesCharges(method))))
      saveSubscription(api, started, { ...started, status: 'active' });
    const isPaid = payOpenInvoice(api, invoice);
    if (!isPaid && fields.whenRefused === 'error')
      throw cardError('Your card was declined.', 'card_declined', 'generic_decline');
  }
  return {
    subscription: find(api, 'subscription', started.id),
    invoice: find(api, 'invoice', invoice.id),
  };
}

/** When a trial of some days that begins now ends. */
export const trialEndAfter = (days: number | null | undefined): number | null =>
  days ? nowSeconds() + days * 86_400 : null;
