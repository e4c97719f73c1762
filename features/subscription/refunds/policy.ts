/** A payment as the company sees it; amounts in the smallest unit of the currency. */
export type CustomerPayment = {
  id: string;
  at: string;
  amountCents: number;
  refundedCents: number;
  currency: string;
  status: 'succeeded' | 'pending' | 'failed';
  /** Why it failed, in Stripe's words. */
  failure: string | null;
  isDisputed: boolean;
};

/** Currencies whose unit has no hundredths (docs.stripe.com/currencies): given back at Stripe itself. */
const NOT_IN_HUNDREDTHS = new Set(
  'bif clp djf gnf jpy kmf krw mga pyg rwf ugx vnd vuv xaf xof xpf bhd jod kwd omr tnd'.split(' '),
);

/** "99.50" and "99,5" in cents. */
export function centsOf(amount: string): number {
  const [units = '0', fraction = ''] = amount.replace(',', '.').split('.');
  return Number(units) * 100 + Number(fraction.padEnd(2, '0'));
}

/** What may still go back of a payment; 0 where it failed, is disputed, or is in such a currency. */
export const refundableCents = (payment: CustomerPayment): number =>
  payment.status === 'succeeded' && !payment.isDisputed && !NOT_IN_HUNDREDTHS.has(payment.currency)
    ? payment.amountCents - payment.refundedCents
    : 0;

type Billed = { id: string; amount: number };
type Note = { lines: { data: readonly { invoice_line_item?: string; amount: number }[] } };

/**
 * What is credited of which lines of an invoice, the first ones first, before discount and tax; never more of
 * a line than earlier notes have left of it. Nothing is credited of a line that gives something itself.
 */
export function creditLines(billed: readonly Billed[], notes: readonly Note[], gross: number) {
  const used = (id: string): number =>
    notes
      .flatMap(({ lines }) => lines.data)
      .filter(({ invoice_line_item: of }) => of === id)
      .reduce((sum, { amount }) => sum + amount, 0);
  let left = gross;
  return billed.flatMap(({ id, amount }) => {
    const part = Math.min(left, amount - used(id));
    if (part <= 0) return [];
    left -= part;
    return [{ type: 'invoice_line_item' as const, invoice_line_item: id, amount: part }];
  });
}
