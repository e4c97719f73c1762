import type Stripe from 'stripe';
import { type Api, previousOf } from '../api';
import { readCard } from '../cards';
import { methodOf, payOpenInvoice, productName, subscriptionOf } from '../flows/invoices';
import { cancelAtPeriodEnd, cancelNow, saveSubscription } from '../flows/subscriptions';
import { makePaymentMethod } from '../objects/payment-method';
import { type Answer, htmlAnswer, type PageRoute, redirect } from '../pages/answer';
import { messagePage } from '../pages/layout';
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
    flow: session.flow,
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
      : redirect(`${view.path}/home`);
  });

/** A portal that was opened for one thing leads back to the app when that is done. */
function done(view: PortalView): Answer {
  const after = view.flow?.after_completion;
  if (after?.type === 'redirect') return redirect(after.redirect?.return_url ?? view.path);
  if (after?.type === 'hosted_confirmation') {
    const link = view.returnUrl ? { href: view.returnUrl, text: 'Return' } : null;
    return htmlAnswer(messagePage('Your changes are saved', 'You can close this page.', link));
  }
  return redirect(`${view.path}/home`);
}

/** The page that the portal was opened for, else the overview. */
function enter(_api: Api, view: PortalView): Answer {
  const { flow } = view;
  if (flow?.type === 'payment_method_update') return redirect(`${view.path}/card`);
  const id = flow?.subscription_cancel?.subscription;
  return id ? redirect(`${view.path}/cancel?subscription=${id}`) : htmlAnswer(portalPage(view));
}

function cancel(api: Api, view: PortalView, { subscription }: Chosen, form: URLSearchParams): Answer {
  if (form.get('when') === 'now') cancelNow(api, subscription);
  else saveSubscription(api, subscription, { ...subscription, ...cancelAtPeriodEnd(subscription, true) });
  return done(view);
}

function keep(api: Api, view: PortalView, { subscription }: Chosen): Answer {
  saveSubscription(api, subscription, { ...subscription, ...cancelAtPeriodEnd(subscription, false) });
  return done(view);
}

function payWhatIsOpen(api: Api, subscription: string, method: Stripe.PaymentMethod): void {
  for (const invoice of api.store.newest('invoices')) {
    if (invoice.status === 'open' && subscriptionOf(api, invoice)?.id === subscription)
      payOpenInvoice(api, invoice, method);
  }
}

const liveOf = ({ subscriptions }: PortalView): Stripe.Subscription[] =>
  subscriptions.map(({ subscription }) => subscription).filter(({ status }) => status !== 'canceled');

/** The new card pays for the subscription that was chosen, or for all of them and whatever comes. */
function saveCard(api: Api, view: PortalView, posted: URLSearchParams): Answer {
  const form = cardFormOf(posted);
  const { card, errors } = readCard(form);
  const chosen = posted.get('subscription');
  if (!card) return htmlAnswer(updateCardPage(view, chosen, form, errors));
  if (card.behavior === 'declined')
    return htmlAnswer(updateCardPage(view, chosen, form, {}, 'Your card was declined.'));
  const method = makePaymentMethod(view.customer.id, card, view.customer.email);
  api.store.put('paymentMethods', method.id, method);
  api.emit('payment_method.attached', method);
  if (!chosen) makeDefault(api, view.customer, method.id);
  for (const subscription of liveOf(view).filter(({ id }) => !chosen || id === chosen)) {
    saveSubscription(api, subscription, { ...subscription, default_payment_method: method.id });
    payWhatIsOpen(api, subscription.id, method);
  }
  return done(view);
}

function makeDefault(api: Api, before: Stripe.Customer, method: string): void {
  const after: Stripe.Customer = {
    ...before,
    invoice_settings: { ...before.invoice_settings, default_payment_method: method },
  };
  api.store.put('customers', after.id, after);
  api.emit('customer.updated', after, previousOf(before, after));
}

export const portalRoutes: PageRoute[] = [
  { method: 'GET', path: '/p/session/:id', handle: withView(enter) },
  {
    method: 'GET',
    path: '/p/session/:id/home',
    handle: withView((_api, view) => htmlAnswer(portalPage(view))),
  },
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
    handle: withView((_api, view, form) => htmlAnswer(updateCardPage(view, form.get('subscription')))),
  },
  { method: 'POST', path: '/p/session/:id/card', handle: withView(saveCard) },
];
