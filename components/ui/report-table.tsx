import type { ReactNode } from 'react';
import { ScrollRegion } from '@/components/ui/scroll-region';

export type ReportColumn<Row> = { label: string; cell: (row: Row) => ReactNode };

/** A short table of figures inside a section. The first column names the row. */
export function ReportTable<Row>({
  caption,
  rows,
  rowKey,
  columns,
  empty,
}: {
  caption: string;
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  columns: readonly [ReportColumn<Row>, ...ReportColumn<Row>[]];
  empty: string;
}) {
  if (rows.length === 0) return <p className="px-5 py-4 text-sm text-text-muted">{empty}</p>;
  const [first, ...others] = columns;
  return (
    <ScrollRegion aria-label={caption}>
      <table className="w-full text-left text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="text-[0.8125rem] text-text-muted">
            {columns.map(({ label }, index) => (
              <th
                key={label}
                scope="col"
                className={`px-5 py-2 font-medium print:px-2 ${index > 0 ? 'text-right' : ''}`}
              >
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody className="tabular-nums">
          {rows.map((row) => (
            <tr key={rowKey(row)} className="border-border border-t">
              <th scope="row" className="px-5 py-2 font-normal text-text print:px-2">
                {first.cell(row)}
              </th>
              {others.map((column) => (
                <td
                  key={column.label}
                  className="whitespace-nowrap px-5 py-2 text-right text-text-muted print:whitespace-normal print:px-2"
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
