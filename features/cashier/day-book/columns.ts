import type { Columns } from '@/lib/columns';
import { decimalOf } from '@/lib/currency';
import type { Figure, FigureRow } from './queries';

/** How a report leaves as a table; amounts with the decimals of the currency. */
export const figureColumns = (currency: string): Columns<Figure> => [
  ['What', 'label'],
  ['Documents', 'documents'],
  ['Taxable value', ({ baseMinor }) => (baseMinor === undefined ? null : decimalOf(baseMinor, currency))],
  [`Amount in ${currency}`, ({ amountMinor }) => decimalOf(amountMinor, currency)],
];

export const figureRowColumns = (currency: string): Columns<FigureRow> => [
  ['Number', 'number'],
  ['Day', 'day'],
  ['Patient', 'patientName'],
  [`Amount in ${currency}`, ({ amountMinor }) => decimalOf(amountMinor, currency)],
];
