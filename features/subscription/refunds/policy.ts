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
