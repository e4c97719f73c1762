import type Stripe from 'stripe';
import { type Api, findCustomer, previousOf } from '../api';
import { nowSeconds } from '../ids';
import { type LineFields, makeInvoice } from '../objects/invoice';
import { declinesCharges } from '../objects/payment-method';
import { idOf } from '../objects/subscription';

const RETRY_PAYMENT_AFTER_SECONDS = 3 * 86_400;

type InvoiceFields = {
  subscription: Stripe.Subscription;
  reason: 'subscription_create' | 'subscription_cycle' | 'subscription_update';
  lines: LineFields[];
};

/** What one period of each item costs. */
export const periodLines = (
  items: readonly Stripe.SubscriptionItem[],
  nameOf: (item: Stripe.SubscriptionItem) => string,
) =>
  items.map((item): LineFields => {
    const quantity = item.quantity ?? 1;
    return {
      item,
      amount: (item.price.unit_amount ?? 0) * quantity,
      description: `${quantity} × ${nameOf(item)}`,
      period: { start: item.current_period_start, end: item.current_period_end },
      isProration: false,
    };
  });

/** The name of what an item or a price sells. */
export function productName(api: Api, price: Stripe.Price): string {
  const product = api.store.get('products', idOf(price.product));
  return product && !product.deleted ? product.name : 'Subscription';
}

export function createDraft(api: Api, fields: InvoiceFields): Stripe.Invoice {
  const customer = findCustomer(api, idOf(fields.subscription.customer), 'customer');
  const invoice = makeInvoice({ customer, ...fields });
  api.store.put('invoices', invoice.id, invoice);
  api.emit('invoice.created', invoice);
  return invoice;
}

/** Gives the invoice its number and its address; from now on it can be paid. */
export function finalize(api: Api, draft: Stripe.Invoice): Stripe.Invoice {
  const customer = findCustomer(api, draft.customer ? idOf(draft.customer) : '', 'customer');
  const sequence = customer.next_invoice_sequence ?? 1;
  api.store.put('customers', customer.id, { ...customer, next_invoice_sequence: sequence + 1 });
  const now = nowSeconds();
  const invoice: Stripe.Invoice = {
    ...draft,
    status: 'open',
    number: `${customer.invoice_prefix ?? 'LOCAL'}-${String(sequence).padStart(4, '0')}`,
    effective_at: now,
    ending_balance: 0,
    hosted_invoice_url: `${api.baseUrl}/i/${draft.id}`,
    status_transitions: { ...draft.status_transitions, finalized_at: now },
  };
  api.store.put('invoices', invoice.id, invoice);
  api.emit('invoice.finalized', invoice);
  return invoice;
}

/** Charges an open invoice. @returns whether it is paid; a declined card leaves it open. */
export function charge(api: Api, invoice: Stripe.Invoice, method: Stripe.PaymentMethod | undefined): boolean {
  const attempt = { attempted: true, attempt_count: invoice.attempt_count + 1 };
  const now = nowSeconds();
  const isFree = invoice.amount_due === 0;
  if (!isFree && (!method || declinesCharges(method))) {
    const failed = { ...invoice, ...attempt, next_payment_attempt: now + RETRY_PAYMENT_AFTER_SECONDS };
    api.store.put('invoices', invoice.id, failed);
    api.emit('invoice.payment_failed', failed);
    return false;
  }
  const paid: Stripe.Invoice = {
    ...invoice,
    ...attempt,
    status: 'paid',
    amount_paid: invoice.amount_due,
    amount_remaining: 0,
    auto_advance: false,
    next_payment_attempt: null,
    status_transitions: { ...invoice.status_transitions, paid_at: now },
  };
  api.store.put('invoices', paid.id, paid);
  api.emit('invoice.paid', paid);
  api.emit('invoice.payment_succeeded', paid);
  return true;
}

/** The card that pays for a subscription. */
export function methodOf(api: Api, subscription: Stripe.Subscription): Stripe.PaymentMethod | undefined {
  const customer = api.store.get('customers', idOf(subscription.customer));
  const fallback = customer?.deleted ? null : customer?.invoice_settings.default_payment_method;
  const method = subscription.default_payment_method ?? fallback;
  return method ? api.store.get('paymentMethods', idOf(method)) : undefined;
}

/** The subscription that an invoice bills. */
export function subscriptionOf(api: Api, invoice: Stripe.Invoice): Stripe.Subscription | undefined {
  const id = invoice.parent?.subscription_details?.subscription;
  return id ? api.store.get('subscriptions', idOf(id)) : undefined;
}

/** Charges an open invoice and brings its subscription into the state that follows. */
export function payOpenInvoice(api: Api, invoice: Stripe.Invoice, method?: Stripe.PaymentMethod): boolean {
  const subscription = subscriptionOf(api, invoice);
  const isPaid = charge(api, invoice, method ?? (subscription && methodOf(api, subscription)));
  if (!subscription || subscription.status === 'canceled') return isPaid;
  const status = isPaid ? 'active' : 'past_due';
  if (subscription.status !== status) {
    const after: Stripe.Subscription = { ...subscription, status };
    api.store.put('subscriptions', after.id, after);
    api.emit('customer.subscription.updated', after, previousOf(subscription, after));
  }
  return isPaid;
}
