import type { Columns } from '@/lib/columns';
import { countryName } from '@/lib/countries';
import { decimalOf } from '@/lib/currency';
import { type BookedInvoice, type JournalLine, TREATMENT_LABEL } from './policy';

/** Exact, with a point and as many decimals as the currency has. */
const amount = (minor: number, currency: string): string => decimalOf(minor, currency.toUpperCase());

/** One line for each side of an entry, as programs of accountants read it in. */
export const journalColumns: Columns<JournalLine> = [
  ['Date', ({ at }) => at.slice(0, 10)],
  ['Document', 'document'],
  ['Account', 'account'],
  ['Text', 'text'],
  ['Debit', ({ debitMinor, currency }) => (debitMinor > 0 ? amount(debitMinor, currency) : null)],
  ['Credit', ({ creditMinor, currency }) => (creditMinor > 0 ? amount(creditMinor, currency) : null)],
  ['Currency', ({ currency }) => currency.toUpperCase()],
];

/** Each invoice with what a tax office asks of it. */
export const invoiceColumns: Columns<BookedInvoice> = [
  ['Invoice', 'number'],
  ['Date', ({ at }) => at.slice(0, 10)],
  ['Customer', 'customer'],
  ['Country', ({ country }) => (country ? countryName(country) : '')],
  ['State', 'state'],
  ['Tax number', 'taxNumber'],
  ['Treatment', ({ treatment }) => TREATMENT_LABEL[treatment]],
  ['Net', ({ netMinor, currency }) => amount(netMinor, currency)],
  ['Tax', ({ taxMinor, currency }) => amount(taxMinor, currency)],
  ['Total', ({ totalMinor, currency }) => amount(totalMinor, currency)],
  ['Currency', ({ currency }) => currency.toUpperCase()],
];
