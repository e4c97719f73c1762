import 'server-only';
import type Stripe from 'stripe';
import { stripe } from '@/lib/stripe/client';
import { creditLines } from './policy';

const idOf = (value: string | { id: string } | null | undefined): string | null =>
  typeof value === 'string' ? value : (value?.id ?? null);

async function invoiceOf(paymentIntent: string): Promise<Stripe.Invoice | null> {
  const { data } = await stripe().invoicePayments.list({
    payment: { type: 'payment_intent', payment_intent: paymentIntent },
    limit: 1,
  });
  const [payment] = data;
  const id = payment ? idOf(payment.invoice as string | { id: string }) : null;
  return id ? stripe().invoices.retrieve(id) : null;
}

/** How often the sum is looked at before it is taken as it is. */
const LOOKS = 6;

/**
 * The lines whose credit comes to the amount, or as close below it as rounding of the tax allows: with 18 per
 * cent there is no net price of exactly ten.
 */
async function fitLines(invoice: Stripe.Invoice, notes: readonly Stripe.CreditNote[], amount: number) {
  const sum = invoice.lines.data.reduce((total, line) => total + line.amount, 0);
  let gross = invoice.total > 0 ? Math.round((amount * sum) / invoice.total) : 0;
  for (let look = 0; look < LOOKS && gross > 0; look++) {
    const lines = creditLines(invoice.lines.data, notes, gross);
    if (lines.length === 0) return null;
    const { total } = await stripe().creditNotes.preview({ invoice: invoice.id ?? '', lines });
    // A cent that no net price reaches stays a refund alone.
    if (total <= amount && (amount - total <= 1 || look > 1)) return { lines, total };
    const next = total > 0 ? Math.round((gross * amount) / total) : 0;
    gross = next === gross ? gross - 1 : next;
  }
  return null;
}

/**
 * A refund gives money back; what it takes back of the invoice, with its tax, is a credit note at Stripe that
 * names the refund. One for each, however often it is asked for; none where no invoice was paid.
 */
export async function creditRefund(refundId: string): Promise<void> {
  const refund = await stripe().refunds.retrieve(refundId);
  const paymentIntent = idOf(refund.payment_intent);
  const invoice = paymentIntent ? await invoiceOf(paymentIntent) : null;
  if (!invoice?.id || refund.status === 'failed' || refund.status === 'canceled') return;
  const { data } = await stripe().creditNotes.list({ invoice: invoice.id, limit: 100 });
  const notes = data.filter(({ status }) => status === 'issued');
  if (notes.some(({ refunds }) => refunds.some((each) => idOf(each.refund) === refund.id))) return;
  const fitting = await fitLines(invoice, notes, refund.amount);
  if (!fitting) return;
  await stripe().creditNotes.create(
    {
      invoice: invoice.id,
      lines: fitting.lines,
      refunds: [{ type: 'refund', refund: refund.id, amount_refunded: fitting.total }],
      // Who pays was told of the money by us.
      email_type: 'none',
      metadata: { refund: refund.id },
    },
    { idempotencyKey: `credit-note/${refund.id}/${fitting.total}` },
  );
}
