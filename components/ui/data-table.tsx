'use client';
import {
  type ColumnDef,
  columnVisibilityFeature,
  createColumnHelper,
  functionalUpdate,
  type RowData,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { ArrowDown, ArrowUp, ChevronsUpDown, Columns3 } from 'lucide-react';
import Link from 'next/link';
import { usePathname, useRouter, useSearchParams } from 'next/navigation';
import { type ReactNode, useState, useTransition } from 'react';
import { Button } from './button';
import { cn } from './cn';
import { Menu, MenuItem } from './menu';

export type DataColumn<Row extends RowData> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** The server can sort by it. */
  sortable?: boolean;
  align?: 'left' | 'right';
  /** Left out on a phone. */
  wideOnly?: boolean;
};

type DataTableProps<Row extends RowData> = {
  label: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Where a click or Enter on the row leads. */
  rowHref?: (row: Row) => string;
  /** `name` or `-name`, as in the address. */
  sort?: string;
  count?: ReactNode;
  next?: string | null;
  previous?: string | null;
  toolbar?: ReactNode;
  empty: ReactNode;
};

const features = tableFeatures({ rowSortingFeature, columnVisibilityFeature });

/**
 * A table whose sorting and paging happen on the server and stand in the address (`sort`, `after`, `before`).
 * The columns that are shown are the person's choice.
 */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { label, columns, rows, rowId, rowHref, sort = '', count, next, previous, toolbar, empty } = props;
  const router = useRouter();
  const pathname = usePathname();
  const search = useSearchParams();
  const [pending, startTransition] = useTransition();
  const [columnVisibility, setColumnVisibility] = useState<Record<string, boolean>>({});

  const go = (changes: Record<string, string | null>) => {
    const params = new URLSearchParams(search);
    for (const [name, value] of Object.entries(changes)) {
      if (value) params.set(name, value);
      else params.delete(name);
    }
    startTransition(() => router.push(`${pathname}?${params}`, { scroll: false }));
  };

  const helper = createColumnHelper<typeof features, Row>();
  const definitions = columns.map((column) =>
    helper.display({ id: column.id, header: column.header, cell: ({ row }) => column.cell(row.original), enableSorting: Boolean(column.sortable) }),
  ) as ColumnDef<typeof features, Row, unknown>[];
  const sorting = sort ? [{ id: sort.replace(/^-/, ''), desc: sort.startsWith('-') }] : [];
  const table = useTable({
    features,
    columns: definitions,
    data: rows as Row[],
    getRowId: rowId,
    manualSorting: true,
    state: { sorting, columnVisibility },
    onSortingChange: (updater) => {
      const [first] = functionalUpdate(updater, sorting);
      go({ sort: first ? `${first.desc ? '-' : ''}${first.id}` : null, after: null, before: null });
    },
    onColumnVisibilityChange: (updater) => setColumnVisibility((now) => functionalUpdate(updater, now)),
  });
  const facts = (id: string) => columns.find((column) => column.id === id);

  return (
    <div className="overflow-hidden rounded-lg border border-border bg-surface-raised shadow-raised">
      <div className="no-print flex flex-wrap items-center justify-between gap-3 border-b border-border px-4 py-2.5">
        <div className="flex min-w-0 flex-wrap items-center gap-2">{toolbar}</div>
        <div className="flex items-center gap-3 text-[13px] text-text-muted">
          {count === undefined ? null : <span className="tabular">{count}</span>}
          <Menu
            trigger={
              <Button variant="ghost" size="sm">
                <Columns3 aria-hidden /> Columns
              </Button>
            }
          >
            {columns.slice(1).map((column) => {
              const isShown = columnVisibility[column.id] !== false;
              return (
                <MenuItem
                  key={column.id}
                  onSelect={(event) => {
                    event.preventDefault();
                    setColumnVisibility((now) => ({ ...now, [column.id]: !isShown }));
                  }}
                >
                  <input type="checkbox" readOnly checked={isShown} tabIndex={-1} aria-hidden className="accent-accent" />
                  {column.header}
                </MenuItem>
              );
            })}
          </Menu>
        </div>
      </div>
      {rows.length === 0 ? (
        empty
      ) : (
        <div className={cn('overflow-x-auto transition-opacity', pending && 'opacity-60')} aria-busy={pending}>
          <table className="w-full text-left text-sm" aria-label={label}>
            <thead className="sticky top-0 bg-surface-sunken text-[13px] text-text-muted">
              {table.getHeaderGroups().map((group) => (
                <tr key={group.id}>
                  {group.headers.map((header) => {
                    const column = facts(header.column.id);
                    const sorted = sorting.find(({ id }) => id === header.column.id);
                    const Icon = sorted ? (sorted.desc ? ArrowDown : ArrowUp) : ChevronsUpDown;
                    return (
                      <th
                        key={header.id}
                        scope="col"
                        aria-sort={sorted ? (sorted.desc ? 'descending' : 'ascending') : undefined}
                        className={cn('whitespace-nowrap px-4 py-2 font-medium', column?.align === 'right' && 'text-right', column?.wideOnly && 'hidden md:table-cell')}
                      >
                        {column?.sortable ? (
                          <button type="button" onClick={header.column.getToggleSortingHandler()} className="inline-flex items-center gap-1 hover:text-text">
                            <table.FlexRender header={header} />
                            <Icon className="size-3.5" aria-hidden />
                          </button>
                        ) : (
                          <table.FlexRender header={header} />
                        )}
                      </th>
                    );
                  })}
                </tr>
              ))}
            </thead>
            <tbody className="divide-y divide-border">
              {table.getRowModel().rows.map((row) => {
                const href = rowHref?.(row.original);
                return (
                  <tr key={row.id} className={cn('relative', href && 'hover:bg-surface-sunken/60')}>
                    {row.getVisibleCells().map((cell, index) => {
                      const column = facts(cell.column.id);
                      return (
                        <td key={cell.id} className={cn('px-4 py-2.5 align-middle', column?.align === 'right' && 'tabular text-right', column?.wideOnly && 'hidden md:table-cell')}>
                          {index === 0 && href ? (
                            // The link's own box covers the row, so that the whole row can be clicked and reached by Tab once.
                            <Link href={href} className="font-medium text-text after:absolute after:inset-0">
                              <table.FlexRender cell={cell} />
                            </Link>
                          ) : (
                            <table.FlexRender cell={cell} />
                          )}
                        </td>
                      );
                    })}
                  </tr>
                );
              })}
            </tbody>
          </table>
        </div>
      )}
      {next || previous ? (
        <nav aria-label="Pages" className="no-print flex justify-end gap-2 border-t border-border px-4 py-2.5">
          <Button variant="secondary" size="sm" disabled={!previous} onClick={() => go({ before: previous ?? null, after: null })}>
            Previous
          </Button>
          <Button variant="secondary" size="sm" disabled={!next} onClick={() => go({ after: next ?? null, before: null })}>
            Next
          </Button>
        </nav>
      ) : null}
    </div>
  );
}
