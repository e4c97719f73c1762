import { ReportTable } from '@/components/ui/report-table';
import { type Currency, formatFigure } from '@/lib/currency';
import { METHODS } from '../../shifts/policy';
import type { DayBook } from '../queries';

/** What came in and went out by each way, with the sum. */
export function MethodTable({ book, currency }: { book: DayBook; currency: Currency }) {
  const figure = (minor: number) => formatFigure(minor, currency);
  const used = book.methods.filter(({ inMinor, outMinor }) => inMinor !== 0 || outMinor !== 0);
  const sum = (of: 'inMinor' | 'outMinor' | 'netMinor') => used.reduce((all, one) => all + one[of], 0);
  const rows = used.map(({ method, ...sums }) => ({ ...sums, label: METHODS[method] as string }));
  if (rows.length > 1)
    rows.push({
      label: 'Total',
      inMinor: sum('inMinor'),
      outMinor: sum('outMinor'),
      netMinor: sum('netMinor'),
    });
  return (
    <ReportTable
      caption="Money by way"
      rows={rows}
      rowKey={({ label }) => label}
      columns={[
        { label: 'Way', cell: ({ label }) => label },
        { label: 'In', cell: ({ inMinor }) => figure(inMinor) },
        { label: 'Out', cell: ({ outMinor }) => figure(outMinor) },
        { label: 'Net', cell: ({ netMinor }) => figure(netMinor) },
      ]}
      empty="No money came in or went out."
    />
  );
}

/** The documents of a day by kind. */
export function DocumentTable({ book, currency }: { book: DayBook; currency: Currency }) {
  const rows = [
    { label: 'Bills', documents: book.bills.documents, minor: book.bills.totalMinor },
    { label: 'Credit notes', documents: book.creditNotes.documents, minor: book.creditNotes.totalMinor },
    { label: 'Receipts', documents: book.receipts.documents, minor: book.receipts.moneyMinor },
    { label: 'Advances', documents: book.advances.documents, minor: book.advances.moneyMinor },
    { label: 'Refunds', documents: book.refunds.documents, minor: book.refunds.moneyMinor },
    ...(book.payers.documents > 0
      ? [
          {
            label: 'Transfers of payers',
            documents: book.payers.documents,
            minor: book.payers.receivedMinor,
          },
        ]
      : []),
  ];
  return (
    <ReportTable
      caption="Documents of the day"
      rows={rows}
      rowKey={({ label }) => label}
      columns={[
        { label: 'Kind', cell: ({ label }) => label },
        { label: 'Documents', cell: ({ documents }) => documents },
        { label: 'Amount', cell: ({ minor }) => formatFigure(minor, currency) },
      ]}
      empty=""
    />
  );
}

/** What happened to cash besides receipts: paid for at the counter, taken to the bank. */
export function CashTable({ book, currency }: { book: DayBook; currency: Currency }) {
  const figure = (minor: number) => formatFigure(minor, currency);
  const { expenses, deposits } = book;
  const collected = book.methods.find(({ method }) => method === 'cash')?.netMinor ?? 0;
  return (
    <ReportTable
      caption="Cash of the day"
      rows={[
        { label: 'Collected in cash', minor: collected },
        { label: 'Expenses out of drawers', minor: 0 - expenses.drawerMinor },
        { label: 'Into drawers on this day', minor: collected - expenses.drawerMinor },
        { label: 'Expenses out of the bank', minor: 0 - expenses.bankMinor },
        { label: 'Cash taken to the bank', minor: deposits.amountMinor },
      ]}
      rowKey={({ label }) => label}
      columns={[
        { label: 'Cash', cell: ({ label }) => label },
        { label: 'Amount', cell: ({ minor }) => figure(minor) },
      ]}
      empty=""
    />
  );
}
