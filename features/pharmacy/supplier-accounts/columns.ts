import type { Columns } from '@/lib/columns';
import { decimalOf } from '@/lib/currency';
import { ENTRY_LABEL, isOwed, type StatementLine } from './policy';

export const statementColumns = (code: string): Columns<StatementLine> => [
  ['Day', 'day'],
  ['What', ({ kind }) => ENTRY_LABEL[kind]],
  ['Reference', 'reference'],
  [`Owed (${code})`, (line) => (isOwed(line) ? decimalOf(line.amountMinor, code) : null)],
  [`Paid or credited (${code})`, (line) => (isOwed(line) ? null : decimalOf(line.amountMinor, code))],
  [`Balance (${code})`, ({ balanceMinor }) => decimalOf(balanceMinor, code)],
];
