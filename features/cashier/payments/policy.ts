import { type Currency, decimalOf } from '@/lib/currency';
import { type CounterMethod, coinProblem, METHODS } from '../shifts/policy';

export const RECEIPT_KINDS = ['payment', 'advance', 'refund'] as const;
export type ReceiptKind = (typeof RECEIPT_KINDS)[number];
export const RECEIPT_LABEL: Record<ReceiptKind, string> = {
  payment: 'Receipt',
  advance: 'Advance receipt',
  refund: 'Refund voucher',
};

/** A part of a payment as it is taken at the counter. */
export type Tender = {
  method: CounterMethod;
  amountMinor: number;
  reference?: string | undefined;
  /** Cash: what was handed over; the change is the rest. */
  tenderedMinor?: number | undefined;
  /** An advance: the receipt that it is taken from. */
  advanceId?: string | undefined;
};

const REFERENCE: Record<Exclude<CounterMethod, 'cash' | 'advance'>, { pattern: RegExp; ask: string }> = {
  upi: { pattern: /^\d{12}$/, ask: 'Enter the UPI reference: 12 digits.' },
  card: { pattern: /^[A-Z0-9-]{4,24}$/, ask: 'Enter the number on the card slip.' },
  transfer: { pattern: /^[A-Z0-9-]{6,30}$/, ask: 'Enter the reference of the transfer.' },
  cheque: {
    pattern: /^[A-Z0-9-]{4,30}$/,
    ask: 'Enter the number of the cheque with the bank, such as SBI-123456.',
  },
};

/** A reference as it is compared: without spaces, in capitals. */
const plainReference = (text: string): string => text.replace(/\s+/g, '').toUpperCase();

/** `isTendered`: of the cash that was handed over, not of the amount. */
export type TenderProblem = { index: number; sentence: string; isTendered?: true };

/**
 * What is wrong with the parts of a payment, or null. The parts are what is taken, without the change;
 * together they never are more than is due.
 */
export function tenderProblem(
  tenders: readonly Tender[],
  dueMinor: number | null,
  currency: Currency,
): TenderProblem | null {
  let sum = 0;
  for (const [index, { method, amountMinor, reference, tenderedMinor, advanceId }] of tenders.entries()) {
    const refuse = (sentence: string) => ({ index, sentence });
    if (amountMinor <= 0) return refuse(`Enter the amount of ${METHODS[method].toLowerCase()}.`);
    if (method === 'advance') {
      if (!advanceId) return refuse('Choose the advance that is used.');
      if (dueMinor === null) return refuse('An advance is taken in money.');
    } else if (method === 'cash') {
      if (tenderedMinor !== undefined && tenderedMinor < amountMinor)
        return { ...refuse('The cash that was handed over is less than the amount.'), isTendered: true };
      const odd = coinProblem(amountMinor, currency, dueMinor ?? 0);
      if (odd) return refuse(odd);
      const oddTendered = coinProblem(tenderedMinor ?? 0, currency, amountMinor);
      if (oddTendered) return { ...refuse(oddTendered), isTendered: true };
    } else if (!REFERENCE[method].pattern.test(plainReference(reference ?? '')))
      return refuse(REFERENCE[method].ask);
    sum += amountMinor;
  }
  const keys = tenders.flatMap((tender) => tenderKey(tender) ?? []);
  if (new Set(keys).size < keys.length)
    return { index: tenders.length - 1, sentence: 'This reference is there twice.' };
  return dueMinor !== null && sum > dueMinor
    ? { index: tenders.length - 1, sentence: 'This is more than is due.' }
    : null;
}

/** What makes a payment known again: the same transfer cannot pay twice. Null for cash and advances. */
export const tenderKey = ({ method, reference }: Tender): string | null =>
  method === 'cash' || method === 'advance' ? null : `${method}:${plainReference(reference ?? '')}`;

export const changeOf = ({ tenderedMinor, amountMinor }: Tender): number =>
  tenderedMinor === undefined ? 0 : Math.max(tenderedMinor - amountMinor, 0);

/** Longer notes are cut by some banks. */
const UPI_NOTE = 40;

/**
 * The address behind the UPI code of a bill, with exactly its amount (NPCI linking specification 1.6). It
 * says nothing of the patient or of their health. Null where the hospital has no address or other money.
 */
export function upiAddress(
  bill: { number: string; dueMinor: number },
  payee: { upiAddress: string | null; legalName: string; currency: Currency },
): string | null {
  if (!payee.upiAddress || payee.currency.code !== 'INR' || bill.dueMinor <= 0) return null;
  const fields = {
    pa: payee.upiAddress,
    pn: payee.legalName,
    // With what is due: after a part payment the rest is another transfer, and the same one never pays twice.
    tr: `${bill.number.replace(/[^A-Za-z0-9]/g, '')}D${bill.dueMinor}`,
    tn: `Bill ${bill.number}`.slice(0, UPI_NOTE),
    am: decimalOf(bill.dueMinor, 'INR'),
    cu: 'INR',
  };
  const query = Object.entries(fields).map(([name, value]) => `${name}=${encodeURIComponent(value)}`);
  return `upi://pay?${query.join('&')}`;
}
