import type Stripe from 'stripe';
import type { Api } from '../api';
import { type CardDetails, readCard } from '../cards';
import { payOpenInvoice } from '../flows/invoices';
import { makePaymentMethod } from '../objects/payment-method';
import { idOf } from '../objects/subscription';
import { type Answer, htmlAnswer, type PageRoute, redirect } from '../pages/answer';
import { confirmInvoicePage, invoicePage } from '../pages/invoice';
import { invoicePdf } from '../pages/invoice-pdf';
import { AUTHENTICATION_FAILED, cardFormOf, notFoundPage } from './hosted';

const DECLINED = 'Your card was declined.';

const withInvoice =
  (handle: (api: Api, invoice: Stripe.Invoice, form: URLSearchParams) => Answer): PageRoute['handle'] =>
  (api, form, id) => {
    const invoice = api.store.get('invoices', id);
    return invoice ? handle(api, invoice, form) : notFoundPage();
  };

/** Who pays twice, or too late, sees the invoice as it is. */
const withOpenInvoice = (handle: Parameters<typeof withInvoice>[0]) =>
  withInvoice((api, invoice, form) =>
    invoice.status === 'open' ? handle(api, invoice, form) : redirect(`/i/${invoice.id}`),
  );

function pay(api: Api, invoice: Stripe.Invoice, card: CardDetails): Answer {
  const customer = invoice.customer ? idOf(invoice.customer) : '';
  const method = makePaymentMethod(customer, card, invoice.customer_email);
  api.store.put('paymentMethods', method.id, method);
  api.emit('payment_method.attached', method);
  if (payOpenInvoice(api, invoice, method)) return redirect(`/i/${invoice.id}`);
  const now = api.store.get('invoices', invoice.id) ?? invoice;
  return htmlAnswer(invoicePage(now, { name: card.name }, {}, DECLINED));
}

function submit(api: Api, invoice: Stripe.Invoice, posted: URLSearchParams): Answer {
  const form = cardFormOf(posted);
  const { card, errors } = readCard(form);
  if (!card) return htmlAnswer(invoicePage(invoice, form, errors));
  if (card.behavior === 'declined') return htmlAnswer(invoicePage(invoice, form, {}, DECLINED));
  if (card.behavior !== 'confirm') return pay(api, invoice, card);
  api.store.put('waitingCards', invoice.id, { id: invoice.id, card });
  return redirect(`/i/${invoice.id}/confirm`);
}

function confirm(api: Api, invoice: Stripe.Invoice, form: URLSearchParams): Answer {
  const waiting = api.store.get('waitingCards', invoice.id);
  if (!waiting) return redirect(`/i/${invoice.id}`);
  api.store.remove('waitingCards', invoice.id);
  if (form.get('outcome') === 'complete') return pay(api, invoice, waiting.card);
  return htmlAnswer(invoicePage(invoice, { name: waiting.card.name }, {}, AUTHENTICATION_FAILED));
}

export const hostedInvoiceRoutes: PageRoute[] = [
  { method: 'GET', path: '/i/:id', handle: withInvoice((_api, invoice) => htmlAnswer(invoicePage(invoice))) },
  { method: 'POST', path: '/i/:id', handle: withOpenInvoice(submit) },
  {
    method: 'GET',
    path: '/i/:id/confirm',
    handle: withOpenInvoice((api, invoice) => {
      const card = api.store.get('waitingCards', invoice.id)?.card;
      return card ? htmlAnswer(confirmInvoicePage(invoice, card.last4)) : redirect(`/i/${invoice.id}`);
    }),
  },
  { method: 'POST', path: '/i/:id/confirm', handle: withOpenInvoice(confirm) },
  {
    method: 'GET',
    path: '/i/:id/pdf',
    handle: withInvoice((_api, invoice) => ({
      status: 200,
      headers: {
        'content-type': 'application/pdf',
        'content-disposition': `attachment; filename="${invoice.number ?? invoice.id}.pdf"`,
        'cache-control': 'no-store',
      },
      body: invoicePdf(invoice),
    })),
  },
];
