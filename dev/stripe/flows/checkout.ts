import type Stripe from 'stripe';
import { type Api, find, findCustomer } from '../api';
import type { CardDetails } from '../cards';
import { cardError, invalidRequest, resourceMissing } from '../errors';
import { newId, nowSeconds } from '../ids';
import { chargeOf } from '../objects/charge';
import { makeCustomer } from '../objects/customer';
import { makePaymentIntent } from '../objects/payment-intent';
import { makePaymentMethod } from '../objects/payment-method';
import { idOf } from '../objects/subscription';
import type { CheckoutRecord } from '../store';
import { completeSetup } from './setup';
import { startSubscription, trialEndAfter } from './start';
import { taxIdsOf } from './tax';

/** A checkout by its session's id. @throws ApiError 404 */
export function findCheckout(api: Api, id: string): CheckoutRecord {
  const record = api.store.get('checkouts', id);
  if (!record) throw resourceMissing('checkout.session', id, 'session');
  return record;
}

/** Closes a session that nobody paid. */
export function expireCheckout(api: Api, record: CheckoutRecord): CheckoutRecord {
  const session: Stripe.Checkout.Session = { ...record.session, status: 'expired', url: null };
  const expired = { ...record, session, waitingCard: null };
  api.store.put('checkouts', session.id, expired);
  api.emit('checkout.session.expired', session);
  return expired;
}

/** Where the browser goes after the payment, with the session's id filled in. */
export function afterPaymentUrl(session: Stripe.Checkout.Session): string | null {
  const url = session.success_url ?? session.return_url ?? null;
  return url?.replaceAll('{CHECKOUT_SESSION_ID}', session.id) ?? null;
}

function customerFor(
  api: Api,
  { session }: CheckoutRecord,
  email: string | null,
  name: string,
): Stripe.Customer {
  if (session.customer) return findCustomer(api, idOf(session.customer), 'customer');
  const customer = makeCustomer({ email: session.customer_email ?? email, name });
  api.store.put('customers', customer.id, customer);
  api.emit('customer.created', customer);
  return customer;
}

/**
 * The payment of a checkout: card, subscription, invoice and session, and their events, in Stripe's order.
 * @throws ApiError when the session is closed or the card is declined; then nothing has changed.
 */
export function completeCheckout(
  api: Api,
  record: CheckoutRecord,
  card: CardDetails,
  email: string | null = null,
): Stripe.Checkout.Session {
  const { session } = record;
  if (session.status !== 'open') {
    throw invalidRequest(
      `This Checkout Session is ${session.status ?? 'closed'} and cannot be paid.`,
      'session_not_open',
    );
  }
  if (session.mode === 'setup') return completeSetup(api, record, card);
  if (session.mode === 'payment') return completePayment(api, record, card, email);
  // 4000 0000 0000 0341 can only be saved: enough for a trial, too little where something is due now.
  if (card.behavior === 'declined' || (card.behavior === 'declined_later' && !record.trialEndAfterDays)) {
    throw cardError('Your card was declined.', 'card_declined', 'generic_decline');
  }
  const customer = customerFor(api, record, email, card.name);
  const method = makePaymentMethod(customer.id, card, customer.email);
  api.store.put('paymentMethods', method.id, method);
  api.emit('payment_method.attached', method);

  const { subscription, invoice } = startSubscription(api, {
    customer: customer.id,
    lines: record.lineItems.flatMap(({ price, quantity }) =>
      price ? [{ price, quantity: quantity ?? 1 }] : [],
    ),
    paymentMethod: method.id,
    metadata: record.subscriptionMetadata,
    description: record.subscriptionDescription,
    trialEnd: trialEndAfter(record.trialEndAfterDays),
    isTaxAutomatic: session.automatic_tax.enabled,
    coupon: record.coupon ? find(api, 'coupon', record.coupon) : null,
    promotionCode: record.promotionCode ?? null,
    checkoutSession: session.id,
    whenRefused: 'error',
  });

  const complete: Stripe.Checkout.Session = {
    ...session,
    status: 'complete',
    payment_status: invoice.amount_due === 0 ? 'no_payment_required' : 'paid',
    amount_subtotal: invoice.subtotal,
    amount_total: invoice.total,
    total_details: {
      amount_discount: (invoice.total_discount_amounts ?? []).reduce((sum, { amount }) => sum + amount, 0),
      amount_shipping: 0,
      amount_tax: (invoice.total_taxes ?? []).reduce((sum, { amount }) => sum + amount, 0),
    },
    customer: customer.id,
    customer_details: {
      address: customer.address ?? null,
      business_name: null,
      email: customer.email,
      individual_name: null,
      name: customer.name ?? card.name,
      phone: customer.phone ?? null,
      tax_exempt: customer.tax_exempt ?? 'none',
      tax_ids: taxIdsOf(api, customer.id).map(({ type, value }) => ({ type, value })),
    },
    invoice: invoice.id,
    subscription: subscription.id,
    url: null,
  };
  api.store.put('checkouts', session.id, { ...record, session: complete, waitingCard: null });
  api.emit('checkout.session.completed', complete);
  return complete;
}

/** A single payment: intent, charge and session, and their events. */
function completePayment(
  api: Api,
  record: CheckoutRecord,
  card: CardDetails,
  email: string | null,
): Stripe.Checkout.Session {
  const { session } = record;
  if (card.behavior === 'declined' || card.behavior === 'declined_later')
    throw cardError('Your card was declined.', 'card_declined', 'generic_decline');
  const address = session.customer_email ?? email;
  const method = makePaymentMethod(null, card, address);
  const facts = {
    amount: session.amount_total ?? 0,
    currency: session.currency ?? 'usd',
    description: record.subscriptionDescription,
    metadata: record.subscriptionMetadata,
  };
  const paymentIntent = newId('pi');
  const charge = chargeOf({ ...facts, customer: null, paymentIntent, method, isPaid: true });
  const intent = makePaymentIntent(paymentIntent, {
    ...facts,
    charge: charge.id,
    paymentMethod: method.id,
  });
  const complete: Stripe.Checkout.Session = {
    ...session,
    status: 'complete',
    payment_status: 'paid',
    payment_intent: intent.id,
    customer_details: {
      ...{ address: null, business_name: null, email: address, individual_name: null, name: card.name },
      ...{ phone: null, tax_exempt: 'none', tax_ids: [] },
    },
    url: null,
  };
  api.store.put('paymentMethods', method.id, method);
  api.store.put('charges', charge.id, charge);
  api.store.put('paymentIntents', intent.id, intent);
  api.store.put('checkouts', session.id, { ...record, session: complete, waitingCard: null });
  api.emit('charge.succeeded', charge);
  api.emit('payment_intent.succeeded', intent);
  api.emit('checkout.session.completed', complete);
  return complete;
}

/** Whether an open session is past its time. */
export const isOverdue = ({ session }: CheckoutRecord): boolean =>
  session.status === 'open' && session.expires_at <= nowSeconds();
