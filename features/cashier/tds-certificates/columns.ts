import type { Columns } from '@/lib/columns';
import { decimalOf } from '@/lib/currency';
import { quarterName, type WithheldRow } from './policy';

/** Tax withheld by payer and quarter, beside what certificates say. */
export const withheldColumns = (currency: string): Columns<WithheldRow> => [
  ['Payer', 'payerName'],
  ['Quarter', ({ quarter }) => quarterName(quarter)],
  [`Withheld in ${currency}`, ({ minor }) => decimalOf(minor, currency)],
  ['Certified', ({ certifiedMinor }) => decimalOf(certifiedMinor, currency)],
  ['Missing', ({ missingMinor }) => decimalOf(missingMinor, currency)],
];
