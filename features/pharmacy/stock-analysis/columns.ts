import { IMPORTANCES } from '@/features/pharmacy/medicines/policy';
import type { Columns } from '@/lib/columns';
import { decimalOf } from '@/lib/currency';
import type { AnalysisRow } from './queries';

export const analysisColumns = (code: string): Columns<AnalysisRow> => [
  ['Medicine', 'name'],
  ['ABC', 'abc'],
  ['Importance', ({ importance }) => (importance ? IMPORTANCES[importance] : null)],
  ['Given out in a year', 'usedPieces'],
  ['Unit', 'unit'],
  [`Cost of it (${code})`, ({ usedMinor }) => decimalOf(usedMinor, code)],
  ['On hand', 'onHand'],
  [
    `Cost of the stock (${code})`,
    ({ valueMinor }) => (valueMinor === null ? null : decimalOf(valueMinor, code)),
  ],
  ['Next expiry', 'nextExpiry'],
  ['Last given out', 'lastGivenOn'],
];
