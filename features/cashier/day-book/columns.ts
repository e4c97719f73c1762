import type { Columns } from '@/lib/columns';
import { decimalOf } from '@/lib/currency';
import type { MoneyFigure, MoneyFigureRow } from './queries';

/** How a report leaves as a table; amounts with the decimals of the currency. */
export const figureColumns = (currency: string): Columns<MoneyFigure> => [
  ['What', 'label'],
  ['Documents', 'documents'],
  ['Taxable value', ({ baseMinor }) => (baseMinor === undefined ? null : decimalOf(baseMinor, currency))],
  [`Amount in ${currency}`, ({ amountMinor }) => decimalOf(amountMinor, currency)],
];

export const figureRowColumns = (currency: string): Columns<MoneyFigureRow> => [
  ['Number', 'number'],
  ['Day', 'day'],
  ['Patient', 'patientName'],
  [`Amount in ${currency}`, ({ amountMinor }) => decimalOf(amountMinor, currency)],
];
