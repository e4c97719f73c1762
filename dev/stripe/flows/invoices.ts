import type Stripe from 'stripe';
import { type Api, findCustomer, previousOf } from '../api';
import { newId, nowSeconds } from '../ids';
import { makeCharge, makeInvoicePayment } from '../objects/charge';
import { type LineFields, makeInvoice, type Reason } from '../objects/invoice';
import { declinesCharges } from '../objects/payment-method';
import { idOf } from '../objects/subscription';
import { amountOff, discountsOf } from './discounts';
import { isReverseCharge, taxIdsOf, taxPercentOf } from './tax';

/** After the first, second and third try; the fourth is the last. */
const RETRY_AFTER_DAYS: readonly number[] = [3, 5, 7];

type InvoiceFields = {
  subscription: Stripe.Subscription;
  reason: Reason;
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
  const active = discountsOf(api, fields.subscription);
  const left = fields.lines.map(({ amount, isProration }) => (isProration ? 0 : amount));
  const discounts = active.map((applied) => ({
    discount: applied.discount,
    amounts: left.map((amount, index) => {
      const off = amountOff(applied, amount);
      left[index] = amount - off;
      return off;
    }),
  }));
  const invoice = makeInvoice({
    customer,
    ...fields,
    discounts,
    taxPercent: taxPercentOf(customer),
    isReverseCharge: isReverseCharge(api, customer),
    taxIds: taxIdsOf(api, customer.id),
  });
  // A coupon for one invoice has now been used.
  const used = active.filter(({ coupon }) => coupon.duration === 'once' && left.some((n) => n > 0));
  for (const { discount } of used) {
    api.store.put('discounts', discount.id, { ...discount, end: nowSeconds() });
  }
  api.store.put('invoices', invoice.id, invoice);
  api.emit('invoice.created', invoice);
  return invoice;
}

/** Gives the invoice its number and its address; from now on it can be paid. */
export function finalize(api: Api, draft: Stripe.Invoice): Stripe.Invoice {
  const customer = findCustomer(api, draft.customer ? idOf(draft.customer) : '', 'customer');
  const sequence = customer.next_invoice_sequence ?? 1;
  // Credit pays first; what an invoice gives back becomes credit.
  const endingBalance =
    draft.amount_due === 0 ? customer.balance + draft.total : Math.max(0, customer.balance);
  api.store.put('customers', customer.id, {
    ...customer,
    balance: endingBalance,
    next_invoice_sequence: sequence + 1,
  });
  if (endingBalance !== customer.balance) {
    const id = newId('cbtxn');
    api.store.put('balanceTransactions', id, {
      id,
      object: 'customer_balance_transaction',
      amount: endingBalance - customer.balance,
      checkout_session: null,
      created: nowSeconds(),
      credit_note: null,
      currency: draft.currency,
      customer: customer.id,
      customer_account: null,
      description: null,
      ending_balance: endingBalance,
      invoice: draft.id,
      livemode: false,
      metadata: {},
      type: 'applied_to_invoice',
    });
  }
  const now = nowSeconds();
  const invoice: Stripe.Invoice = {
    ...draft,
    status: 'open',
    number: `${customer.invoice_prefix ?? 'LOCAL'}-${String(sequence).padStart(4, '0')}`,
    effective_at: now,
    ending_balance: endingBalance,
    hosted_invoice_url: `${api.baseUrl}/i/${draft.id}`,
    invoice_pdf: `${api.baseUrl}/i/${draft.id}/pdf`,
    status_transitions: { ...draft.status_transitions, finalized_at: now },
  };
  api.store.put('invoices', invoice.id, invoice);
  api.emit('invoice.finalized', invoice);
  return invoice;
}

function saveCharge(api: Api, charge: Stripe.Charge): void {
  api.store.put('charges', charge.id, charge);
  api.emit(charge.paid ? 'charge.succeeded' : 'charge.failed', charge);
}

/** Charges an open invoice. @returns whether it is paid; a declined card leaves it open. */
function charge(api: Api, invoice: Stripe.Invoice, method: Stripe.PaymentMethod | undefined): boolean {
  const attempt = { attempted: true, attempt_count: invoice.attempt_count + 1 };
  const now = nowSeconds();
  const isFree = invoice.amount_due === 0;
  if (!isFree && (!method || declinesCharges(method))) {
    const wait = RETRY_AFTER_DAYS[invoice.attempt_count];
    const failed = {
      ...invoice,
      ...attempt,
      next_payment_attempt: wait === undefined ? null : now + wait * 86_400,
    };
    if (method) saveCharge(api, makeCharge({ invoice, method, isPaid: false }));
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
  if (!isFree && method) {
    const taken = makeCharge({ invoice, method, isPaid: true });
    saveCharge(api, taken);
    const payment = makeInvoicePayment(paid, taken);
    api.store.put('invoicePayments', payment.id, payment);
  }
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

/** Puts an invoice aside for good. */
export function voidInvoice(api: Api, invoice: Stripe.Invoice): Stripe.Invoice {
  const after: Stripe.Invoice = {
    ...invoice,
    status: 'void',
    amount_remaining: 0,
    auto_advance: false,
    next_payment_attempt: null,
    status_transitions: { ...invoice.status_transitions, voided_at: nowSeconds() },
  };
  api.store.put('invoices', after.id, after);
  api.emit('invoice.voided', after);
  return after;
}

/** The state of a subscription whose invoice was paid or refused. */
function statusAfter(
  api: Api,
  subscription: Stripe.Subscription,
  invoice: Stripe.Invoice,
  isPaid: boolean,
): Stripe.Subscription.Status {
  if (isPaid) {
    const isLatest = !subscription.latest_invoice || idOf(subscription.latest_invoice) === invoice.id;
    const isOther = subscription.status === 'trialing' || subscription.status === 'paused';
    return isOther || !isLatest ? subscription.status : 'active';
  }
  if (subscription.status === 'incomplete' || subscription.status === 'unpaid') return subscription.status;
  const isLastTry = api.store.get('invoices', invoice.id)?.next_payment_attempt === null;
  const last = api.store.get('settings', 'account')?.afterLastRetry ?? 'unpaid';
  return isLastTry && last !== 'cancel' ? last : 'past_due';
}

/** Charges an open invoice and brings its subscription into the state that follows. */
export function payOpenInvoice(api: Api, invoice: Stripe.Invoice, method?: Stripe.PaymentMethod): boolean {
  const subscription = subscriptionOf(api, invoice);
  const isPaid = charge(api, invoice, method ?? (subscription && methodOf(api, subscription)));
  if (!subscription || ['canceled', 'incomplete_expired'].includes(subscription.status)) return isPaid;
  const waiting = subscription.pending_update;
  const isUpdate = waiting !== null && idOf(subscription.latest_invoice ?? '') === invoice.id;
  const after: Stripe.Subscription = {
    ...subscription,
    status: isUpdate ? subscription.status : statusAfter(api, subscription, invoice, isPaid),
    ...(isPaid && isUpdate
      ? {
          pending_update: null,
          items: { ...subscription.items, data: waiting.subscription_items ?? subscription.items.data },
        }
      : {}),
  };
  const previous = previousOf(subscription, after);
  if (Object.keys(previous).length > 0) {
    api.store.put('subscriptions', after.id, after);
    api.emit('customer.subscription.updated', after, previous);
  }
  return isPaid;
}
