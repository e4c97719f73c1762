import type { Columns } from '@/lib/columns';
import { decimalOf } from '@/lib/currency';
import { ENTRY_LABEL, type StatementLine } from './policy';

export const statementColumns = (code: string): Columns<StatementLine> => [
  ['Day', 'day'],
  ['What', ({ kind }) => ENTRY_LABEL[kind]],
  ['Reference', 'reference'],
  [`Owed (${code})`, ({ kind, amountMinor }) => (kind === 'invoice' ? decimalOf(amountMinor, code) : null)],
  [
    `Paid or credited (${code})`,
    ({ kind, amountMinor }) => (kind === 'invoice' ? null : decimalOf(amountMinor, code)),
  ],
  [`Balance (${code})`, ({ balanceMinor }) => decimalOf(balanceMinor, code)],
];
