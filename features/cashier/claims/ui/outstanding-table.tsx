import Link from '@/components/ui/link';
import { type ReportColumn, ReportTable } from '@/components/ui/report-table';
import { type Currency, formatFigure } from '@/lib/currency';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { CLAIM_AGES } from '../policy';
import type { Outstanding } from '../queries';

type OutstandingTableProps = { rows: readonly Outstanding[]; currency: Currency; canSettle: boolean };

/** What each payer owes by its age; the last row is the sum of all. */
export function OutstandingTable({ rows, currency, canSettle }: OutstandingTableProps) {
  const figure = (minor: number) => (minor === 0 ? '' : formatFigure(minor, currency));
  const columns: [ReportColumn<Outstanding>, ...ReportColumn<Outstanding>[]] = [
    {
      label: 'Payer',
      cell: ({ payerId, payerName }) =>
        canSettle && payerId ? (
          <Link href={withQuery(paths.settleClaims, { payer: payerId })} className="underline">
            {payerName}
          </Link>
        ) : (
          payerName
        ),
    },
    { label: 'Claims', cell: ({ claims }) => claims },
    ...CLAIM_AGES.map(({ key, label }) => ({
      label,
      cell: ({ ages }: Outstanding) => figure(ages[key]),
    })),
    {
      label: 'Open',
      cell: ({ openMinor }) => (
        <span className="font-medium text-text">{formatFigure(openMinor, currency)}</span>
      ),
    },
  ];
  const sum = (of: (row: Outstanding) => number) => rows.reduce((all, row) => all + of(row), 0);
  const total: Outstanding = {
    ...{ payerId: '', payerName: 'Together', claims: sum(({ claims }) => claims) },
    openMinor: sum(({ openMinor }) => openMinor),
    ages: Object.fromEntries(
      CLAIM_AGES.map(({ key }) => [key, sum(({ ages }) => ages[key])]),
    ) as Outstanding['ages'],
  };
  return (
    <ReportTable
      caption="Owed by payers"
      rows={rows.length > 1 ? [...rows, total] : rows}
      rowKey={({ payerId }) => payerId || 'total'}
      columns={columns}
      empty="No payer owes anything."
    />
  );
}
