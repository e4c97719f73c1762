import { type Currency, formatFigure } from '@/lib/currency';
import type { PaperDocument } from '@/lib/paper';
import { formatDay } from '@/lib/time';
import { ENTRY_LABEL, isOwed } from './policy';
import type { SupplierStatement } from './queries';

type Frame = Pick<PaperDocument, 'size' | 'head' | 'margins' | 'printed'>;

/** The account of a supplier, as it is sent to be compared. */
export function statementPaper(
  { supplier, from, to, statement }: SupplierStatement,
  frame: Frame,
  currency: Currency,
): PaperDocument {
  const figure = (minor: number): string => formatFigure(minor, currency);
  return {
    ...frame,
    title: `Statement of account, ${supplier.name}`,
    patient: supplier.name,
    day: `${formatDay(from)} to ${formatDay(to)}`,
    language: 'en',
    blocks: [
      {
        kind: 'table',
        columns: ['Day', 'What', 'Reference', 'Owed', 'Paid or credited', `Balance, ${currency.code}`],
        rows: [
          [formatDay(from), 'Brought forward', '', '', '', figure(statement.openingMinor)],
          ...statement.lines.map((line) => [
            ...[formatDay(line.day), ENTRY_LABEL[line.kind], line.reference],
            isOwed(line) ? figure(line.amountMinor) : '',
            isOwed(line) ? '' : figure(line.amountMinor),
            figure(line.balanceMinor),
          ]),
          [formatDay(to), 'Balance', '', '', '', figure(statement.closingMinor)],
        ],
      },
    ],
  };
}
