import { Badge } from '@/components/ui/badge';
import Link from '@/components/ui/link';
import { type ReportColumn, ReportTable } from '@/components/ui/report-table';
import { type Currency, formatFigure } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { formatDay } from '@/lib/time';
import type { Shift } from '../dto';

/** Shifts with what they were opened and closed with. */
export function ShiftList({
  shifts,
  currency,
  empty,
  canClose = false,
}: {
  shifts: readonly Shift[];
  currency: Currency;
  empty: string;
  /** Those of others, which somebody has left open. */
  canClose?: boolean;
}) {
  const figure = (minor: number | undefined) => (minor === undefined ? '–' : formatFigure(minor, currency));
  const columns: [ReportColumn<Shift>, ...ReportColumn<Shift>[]] = [
    {
      label: 'Shift',
      cell: (row) => (
        <>
          {row.cashierName} <span className="text-text-muted">{formatDay(row.day)}</span>{' '}
          {row.closed ? null : <Badge tone="warning">Open</Badge>}
          {row.closed?.isByOther ? (
            <span className="block text-text-muted">Counted and closed by {row.closed.byName}</span>
          ) : null}
          {row.closed?.handed ? (
            <span className="block text-text-muted">Handed over to {row.closed.handed.toName}</span>
          ) : null}
          {row.handoverId ? <span className="block text-text-muted">Being handed over</span> : null}
          {!row.closed && canClose ? (
            <Link href={paths.shiftOf(row.id)} className="block underline underline-offset-4">
              Count and close it
            </Link>
          ) : null}
        </>
      ),
    },
    { label: 'Receipts', cell: (row) => row.receipts },
    {
      label: 'Float',
      cell: (row) => (
        <>
          {figure(row.floatMinor)}
          {row.receivedMinor > 0 ? (
            <span className="block text-text-muted">{figure(row.receivedMinor)} taken over</span>
          ) : null}
        </>
      ),
    },
    { label: 'Expected', cell: (row) => figure(row.closed?.expectedMinor) },
    { label: 'Counted', cell: (row) => figure(row.closed?.countedMinor) },
    {
      label: 'Over or short',
      cell: (row) =>
        row.closed && row.closed.differenceMinor !== 0 ? (
          <span className="text-danger">
            {figure(row.closed.differenceMinor)}
            {row.closed.reason ? <span className="block">{row.closed.reason}</span> : null}
          </span>
        ) : row.closed ? (
          'None'
        ) : (
          '–'
        ),
    },
  ];
  return (
    <ReportTable caption="Shifts" rows={shifts} rowKey={({ id }) => id} columns={columns} empty={empty} />
  );
}
