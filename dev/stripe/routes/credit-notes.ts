import type Stripe from 'stripe';
import { z } from 'zod';
import { type Api, type ApiRoute, createdFilter, find, isInRange, pageOf } from '../api';
import { invalidRequest, resourceMissing } from '../errors';
import { integer, list, mergeMetadata, metadata, paging, params, parse, text } from '../form';
import { makeCreditNote } from '../objects/credit-note';
import { idOf } from '../objects/subscription';

const line = z.strictObject({
  type: z.literal('invoice_line_item'),
  invoice_line_item: text.min(1),
  amount: integer.pipe(z.number().min(1)),
});
const shared = {
  invoice: text.min(1),
  lines: list(line).min(1).max(100),
  reason: z.enum(['duplicate', 'fraudulent', 'order_change', 'product_unsatisfactory']).optional(),
  memo: text.optional(),
  metadata: metadata.optional(),
};
const previewInput = params<Stripe.CreditNotePreviewParams>()(shared);
const createInput = params<Stripe.CreditNoteCreateParams>()({
  ...shared,
  email_type: z.enum(['credit_note', 'none']).optional(),
  refunds: list(
    z.strictObject({
      type: z.literal('refund').optional(),
      refund: text.min(1),
      amount_refunded: integer.pipe(z.number().min(1)).optional(),
    }),
  )
    .min(1)
    .max(10),
});

const notesOf = (api: Api, invoice: string): Stripe.CreditNote[] =>
  api.store.newest('creditNotes').filter((note) => note.invoice === invoice && note.status === 'issued');

function noteOf(api: Api, data: z.output<typeof previewInput>): Stripe.CreditNote {
  const invoice = find(api, 'invoice', data.invoice, 'invoice');
  if (invoice.status !== 'paid')
    throw invalidRequest('The local Stripe credits paid invoices only.', undefined, 'invoice');
  const before = notesOf(api, data.invoice);
  const credited = data.lines.map(({ invoice_line_item: id, amount }, index) => {
    const found = invoice.lines.data.find((each) => each.id === id);
    if (!found) throw resourceMissing('invoice_line_item', id, `lines[${index}][invoice_line_item]`);
    const used = before
      .flatMap(({ lines }) => lines.data)
      .filter((each) => each.invoice_line_item === id)
      .reduce((total, each) => total + each.amount, 0);
    if (amount > found.amount - used)
      throw invalidRequest(
        `The credit note line item amount is greater than the creditable amount of the invoice line item.`,
        undefined,
        `lines[${index}][amount]`,
      );
    return { line: found, amount };
  });
  return makeCreditNote({
    invoice,
    credited,
    baseUrl: api.baseUrl,
    number: `${invoice.number}-CN-${String(before.length + 1).padStart(2, '0')}`,
    metadata: mergeMetadata({}, data.metadata),
    reason: data.reason ?? null,
    memo: data.memo ?? null,
  });
}

/** Links refunds that were made before to what is credited of the invoice. */
function create(api: Api, input: unknown): Stripe.CreditNote {
  const { refunds, email_type: _mail, ...data } = parse(createInput, input);
  const note = noteOf(api, data);
  const linked = refunds.map(({ refund: id, amount_refunded: amount }, index) => {
    const refund = find(api, 'refund', id, `refunds[${index}][refund]`);
    if (amount !== undefined && amount > refund.amount)
      throw invalidRequest('The refund is smaller.', undefined, `refunds[${index}][amount_refunded]`);
    return {
      amount_refunded: amount ?? refund.amount,
      payment_record_refund: null,
      refund: refund.id,
      type: 'refund' as const,
    };
  });
  const sum = linked.reduce((total, { amount_refunded }) => total + amount_refunded, 0);
  if (sum !== note.total)
    throw invalidRequest(
      `The sum of credit amount, refund amount and out of band amount (${sum}) must equal the post payment amount (${note.total}).`,
    );
  const issued: Stripe.CreditNote = { ...note, refunds: linked };
  const invoice = find(api, 'invoice', idOf(note.invoice));
  api.store.put('creditNotes', issued.id, issued);
  api.store.put('invoices', invoice.id ?? '', {
    ...invoice,
    post_payment_credit_notes_amount: invoice.post_payment_credit_notes_amount + note.total,
  });
  api.emit('credit_note.created', issued);
  return issued;
}

function all(api: Api, input: unknown): object {
  const schema = params<Stripe.CreditNoteListParams>()({
    ...paging,
    created: createdFilter,
    customer: text.optional(),
    invoice: text.optional(),
  });
  const { created, customer, invoice, ...cursor } = parse(schema, input);
  const notes = api.store
    .newest('creditNotes')
    .filter((note) => isInRange(note.created, created))
    .filter((note) => customer === undefined || note.customer === customer)
    .filter((note) => invoice === undefined || note.invoice === invoice);
  return pageOf('/v1/credit_notes', notes, 'credit_note', cursor);
}

function payments(api: Api, input: unknown): object {
  const schema = params<Stripe.InvoicePaymentListParams>()({
    ...paging,
    invoice: text.optional(),
    payment: z.strictObject({ type: z.literal('payment_intent'), payment_intent: text.min(1) }).optional(),
  });
  const { invoice, payment, ...cursor } = parse(schema, input);
  const found = api.store
    .newest('invoicePayments')
    .filter((one) => invoice === undefined || one.invoice === invoice)
    .filter((one) => payment === undefined || one.payment.payment_intent === payment.payment_intent);
  return pageOf('/v1/invoice_payments', found, 'invoice_payment', cursor);
}

export const creditNoteRoutes: ApiRoute[] = [
  { method: 'POST', path: '/v1/credit_notes', handle: create },
  { method: 'GET', path: '/v1/credit_notes', handle: all },
  {
    method: 'GET',
    path: '/v1/credit_notes/preview',
    handle: (api, input) => noteOf(api, parse(previewInput, input)),
  },
  { method: 'GET', path: '/v1/credit_notes/:id', handle: (api, _input, id) => find(api, 'credit_note', id) },
  { method: 'GET', path: '/v1/invoice_payments', handle: payments },
];
