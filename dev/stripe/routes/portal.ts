import type Stripe from 'stripe';
import type { Api } from '../api';
import { readCard } from '../cards';
import { methodOf, payOpenInvoice, productName, subscriptionOf } from '../flows/invoices';
import { cancelAtPeriodEnd, cancelNow, saveSubscription } from '../flows/subscriptions';
import { makePaymentMethod } from '../objects/payment-method';
import { type Answer, htmlAnswer, type PageRoute, redirect } from '../pages/answer';
import { cancelPage, type PortalView, portalPage, updateCardPage } from '../pages/portal';
import { cardFormOf, notFoundPage } from './hosted';

type Chosen = PortalView['subscriptions'][number];

function viewOf(api: Api, secret: string): PortalView | null {
  const session = api.store.newest('portalSessions').find(({ url }) => url.endsWith(`/p/session/${secret}`));
  const customer = session && api.store.get('customers', session.customer);
  if (!session || !customer || customer.deleted) return null;
  const subscriptions = api.store
    .newest('subscriptions')
    .filter((subscription) => subscription.customer === customer.id)
    .map((subscription) => {
      const price = subscription.items.data[0]?.price;
      return {
        subscription,
        name: price ? productName(api, price) : 'Subscription',
        card: methodOf(api, subscription),
      };
    });
  return {
    path: `/p/session/${secret}`,
    returnUrl: session.return_url,
    customer,
    subscriptions,
    invoices: api.store.newest('invoices').filter((invoice) => invoice.customer === customer.id),
  };
}

const withView =
  (handle: (api: Api, view: PortalView, form: URLSearchParams) => Answer): PageRoute['handle'] =>
  (api, form, secret) => {
    const view = viewOf(api, secret);
    return view ? handle(api, view, form) : notFoundPage();
  };

/** Only for a live subscription of this customer. */
const withSubscription = (
  handle: (api: Api, view: PortalView, chosen: Chosen, form: URLSearchParams) => Answer,
) =>
  withView((api, view, form) => {
    const chosen = view.subscriptions.find(
      ({ subscription }) => subscription.id === form.get('subscription'),
    );
    return chosen && chosen.subscription.status !== 'canceled'
      ? handle(api, view, chosen, form)
      : redirect(view.path);
  });

function cancel(api: Api, view: PortalView, { subscription }: Chosen, form: URLSearchParams): Answer {
  if (form.get('when') === 'now') cancelNow(api, subscription);
  else saveSubscription(api, subscription, { ...subscription, ...cancelAtPeriodEnd(subscription, true) });
  return redirect(view.path);
}

function keep(api: Api, view: PortalView, { subscription }: Chosen): Answer {
  saveSubscription(api, subscription, { ...subscription, ...cancelAtPeriodEnd(subscription, false) });
  return redirect(view.path);
}

function payWhatIsOpen(api: Api, subscription: string, method: Stripe.PaymentMethod): void {
  for (const invoice of api.store.newest('invoices')) {
    if (invoice.status === 'open' && subscriptionOf(api, invoice)?.id === subscription)
      payOpenInvoice(api, invoice, method);
  }
}

function saveCard(api: Api, view: PortalView, { subscription }: Chosen, posted: URLSearchParams): Answer {
  const form = cardFormOf(posted);
  const { card, errors } = readCard(form);
  if (!card) return htmlAnswer(updateCardPage(view, subscription.id, form, errors));
  if (card.behavior === 'declined') {
    return htmlAnswer(updateCardPage(view, subscription.id, form, {}, 'Your card was declined.'));
  }
  const method = makePaymentMethod(view.customer.id, card, view.customer.email);
  api.store.put('paymentMethods', method.id, method);
  api.emit('payment_method.attached', method);
  saveSubscription(api, subscription, { ...subscription, default_payment_method: method.id });
  payWhatIsOpen(api, subscription.id, method);
  return redirect(view.path);
}

export const portalRoutes: PageRoute[] = [
  { method: 'GET', path: '/p/session/:id', handle: withView((_api, view) => htmlAnswer(portalPage(view))) },
  {
    method: 'GET',
    path: '/p/session/:id/cancel',
    handle: withSubscription((_api, view, { subscription, name }) =>
      htmlAnswer(cancelPage(view, subscription, name)),
    ),
  },
  { method: 'POST', path: '/p/session/:id/cancel', handle: withSubscription(cancel) },
  { method: 'POST', path: '/p/session/:id/keep', handle: withSubscription(keep) },
  {
    method: 'GET',
    path: '/p/session/:id/card',
    handle: withSubscription((_api, view, { subscription }) =>
      htmlAnswer(updateCardPage(view, subscription.id)),
    ),
  },
  { method: 'POST', path: '/p/session/:id/card', handle: withSubscription(saveCard) },
];
