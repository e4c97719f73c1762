import { type Api, findCustomer } from '../api';
import { type CardForm, readCard } from '../cards';
import { ApiError } from '../errors';
import { afterPaymentUrl, completeCheckout, expireCheckout, isOverdue } from '../flows/checkout';
import { applyCode, withTotals } from '../flows/totals';
import { idOf } from '../objects/subscription';
import { type AddressForm, addressFormOf, readAddress } from '../pages/address-fields';
import { type Answer, htmlAnswer, type PageRoute, redirect } from '../pages/answer';
import { messagePage } from '../pages/layout';
import { asksForAddress, asksForEmail, closedPage, confirmPage, payPage } from '../pages/pay';
import type { CheckoutRecord } from '../store';

export const AUTHENTICATION_FAILED =
  'We are unable to authenticate your payment method. Please choose a different payment method and try again.';

/** The card fields of a posted form. */
export const cardFormOf = (form: URLSearchParams): CardForm => ({
  number: form.get('number') ?? '',
  expiry: form.get('expiry') ?? '',
  cvc: form.get('cvc') ?? '',
  name: form.get('name') ?? '',
});

export const notFoundPage = (): Answer =>
  htmlAnswer(
    messagePage('There is nothing here', 'The address is wrong, or the local payment data was reset.'),
    404,
  );

/** Finds the session and answers for it when it is not open; otherwise `open` does. */
const withOpenSession =
  (open: (api: Api, record: CheckoutRecord, form: URLSearchParams) => Answer): PageRoute['handle'] =>
  (api, form, id) => {
    const found = api.store.get('checkouts', id);
    if (!found) return notFoundPage();
    const record = isOverdue(found) ? expireCheckout(api, found) : found;
    if (record.session.status !== 'open')
      return htmlAnswer(closedPage(record, afterPaymentUrl(record.session)));
    return open(api, record, form);
  };

/** After a second click on Subscribe the browser follows the first to the same place. */
const sentTwice =
  (next: PageRoute['handle']): PageRoute['handle'] =>
  (api, form, id) => {
    const session = api.store.get('checkouts', id)?.session;
    const url = session?.status === 'complete' ? afterPaymentUrl(session) : null;
    return url ? redirect(url) : next(api, form, id);
  };

function finish(record: CheckoutRecord, pay: () => void, form: Parameters<typeof payPage>[1]): Answer {
  try {
    pay();
  } catch (error) {
    if (!(error instanceof ApiError) || error.body.type !== 'card_error') throw error;
    return htmlAnswer(payPage(record, form, {}, error.body.message));
  }
  const url = afterPaymentUrl(record.session);
  return url ? redirect(url) : redirect(`/c/pay/${record.session.id}`);
}

/** The customer of a checkout, where the app has named one. */
const payerOf = (api: Api, { session }: CheckoutRecord) =>
  session.customer ? findCustomer(api, idOf(session.customer), 'customer') : null;

const pageFor = (api: Api, record: CheckoutRecord): Answer =>
  htmlAnswer(payPage(record, { address: addressFormOf(payerOf(api, record)?.address) }));

/** What was typed becomes the customer's address, as `customer_update` asks, and the sums follow it. */
function withAddress(api: Api, record: CheckoutRecord, address: AddressForm): CheckoutRecord {
  const customer = payerOf(api, record);
  if (!customer) return record;
  const { line1, city, state, postalCode: postal_code, country } = address;
  const after = { ...customer, address: { line1, line2: null, city, state, postal_code, country } };
  api.store.put('customers', customer.id, after);
  api.emit('customer.updated', after, { address: customer.address ?? null });
  const summed = withTotals(api, record);
  api.store.put('checkouts', summed.session.id, summed);
  return summed;
}

function submit(api: Api, asked: CheckoutRecord, posted: URLSearchParams): Answer {
  const email = posted.get('email')?.trim() ?? '';
  const isAddressAsked = asksForAddress(asked);
  const { address, errors: addressErrors } = readAddress(posted);
  const form = { ...cardFormOf(posted), ...(isAddressAsked ? { address } : {}) };
  if (isAddressAsked && Object.keys(addressErrors).length > 0) {
    const { errors } = readCard(form);
    return htmlAnswer(payPage(asked, { ...form, email }, { ...errors, address: addressErrors }));
  }
  const record = isAddressAsked ? withAddress(api, asked, address) : asked;
  const isEmailWrong = asksForEmail(record) && !/^\S+@\S+\.\S+$/.test(email);
  const { card, errors } = readCard(form);
  if (!card || isEmailWrong) {
    const all = {
      ...errors,
      ...(isEmailWrong ? { email: 'Enter an email address, for example you@example.com.' } : {}),
    };
    return htmlAnswer(payPage(record, { ...form, email }, all));
  }
  if (card.behavior === 'confirm') {
    api.store.put('checkouts', record.session.id, {
      ...record,
      waitingCard: { ...card, email: email || null },
    });
    return redirect(`/c/pay/${record.session.id}/confirm`);
  }
  return finish(record, () => completeCheckout(api, record, card, email || null), { ...form });
}

function confirm(api: Api, record: CheckoutRecord, form: URLSearchParams): Answer {
  const { waitingCard: card } = record;
  if (!card) return redirect(`/c/pay/${record.session.id}`);
  if (form.get('outcome') === 'complete') {
    return finish(record, () => completeCheckout(api, record, card, card.email), {});
  }
  const without: CheckoutRecord = { ...record, waitingCard: null };
  api.store.put('checkouts', record.session.id, without);
  return htmlAnswer(payPage(without, { name: card.name }, {}, AUTHENTICATION_FAILED));
}

/** The promotion code that was typed, or its removal. */
function useCode(api: Api, record: CheckoutRecord, form: URLSearchParams): Answer {
  const code = form.get('code') ?? '';
  if (!record.session.allow_promotion_codes || applyCode(api, record, code))
    return redirect(`/c/pay/${record.session.id}`);
  return htmlAnswer(
    payPage(record, { code }, { code: 'This code cannot be used. Check it, or go on without it.' }),
  );
}

export const hostedRoutes: PageRoute[] = [
  {
    method: 'GET',
    path: '/c/pay/:id',
    handle: withOpenSession(pageFor),
  },
  { method: 'POST', path: '/c/pay/:id', handle: sentTwice(withOpenSession(submit)) },
  {
    method: 'GET',
    path: '/c/pay/:id/confirm',
    handle: withOpenSession((_api, record) =>
      record.waitingCard ? htmlAnswer(confirmPage(record)) : redirect(`/c/pay/${record.session.id}`),
    ),
  },
  { method: 'POST', path: '/c/pay/:id/confirm', handle: sentTwice(withOpenSession(confirm)) },
  { method: 'POST', path: '/c/pay/:id/code', handle: withOpenSession(useCode) },
];
