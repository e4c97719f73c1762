import { clsx } from 'clsx';
import type { ReactNode } from 'react';
import { ScrollRegion } from '@/components/ui/scroll-region';

export type ReportColumn<Row> = { label: string; cell: (row: Row) => ReactNode };

/** As many columns as fit beside each other on a phone. */
const MOST_ON_A_PHONE = 3;

/**
 * A short table of figures inside a section. The first column names the row. On a phone what does not fit is
 * not scrolled to: each row becomes a block, a line for each of its columns.
 */
export function ReportTable<Row>({
  caption,
  rows,
  rowKey,
  columns,
  empty,
  isStacked = columns.length > MOST_ON_A_PHONE,
}: {
  caption: string;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  columns: readonly [ReportColumn<Row>, ...ReportColumn<Row>[]];
  empty: string;
  /** Of fewer columns that are wide. */
  isStacked?: boolean;
}) {
  if (rows.length === 0) return <p className="px-5 py-4 text-sm text-text-muted">{empty}</p>;
  const [first, ...others] = columns;
  return (
    <ScrollRegion aria-label={caption}>
      <table className={clsx('w-full text-left text-sm', isStacked && 'report-stacked')}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="text-[0.8125rem] text-text-muted">
            {columns.map(({ label }, index) => (
              <th
                key={label}
                scope="col"
                className={clsx('report-cell font-medium', index > 0 && 'text-right')}
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {rows.map((row) => (
            <tr key={rowKey(row)} className="border-border border-t">
              <th scope="row" className="report-cell font-normal text-text">
                {first.cell(row)}
              </th>
              {others.map((column) => (
                <td
                  key={column.label}
                  data-label={column.label}
                  className="report-cell report-figure text-right text-text-muted"
                >
                  {column.cell(row)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </ScrollRegion>
  );
}
