'use client';

import {
  columnVisibilityFeature,
  createColumnHelper,
  type RowData,
  rowSortingFeature,
  tableFeatures,
  useTable,
} from '@tanstack/react-table';
import { clsx } from 'clsx';
import { usePathname, useSearchParams } from 'next/navigation';
import { type KeyboardEvent, type ReactNode, useEffect, useMemo, useState } from 'react';
import { ArrowDown, ArrowUp, ArrowUpDown, Columns3, Ellipsis } from '@/components/ui/icons';
import Link from '@/components/ui/link';
import { Alert } from './alert';
import { ExportLinks } from './export-links';
import { MenuButton, type MenuItem } from './menu-button';
import { Pagination } from './pagination';
import { ScrollRegion } from './scroll-region';

export type DataColumn<Row> = {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** The word for this column in `?sort=`; without it the column does not sort. */
  sortKey?: string;
  /** What the first click asks for: newest first, most first. */
  sortFirst?: 'asc' | 'desc';
  align?: 'left' | 'right';
  /** Left out on narrow screens, where the row's page has it. */
  hideBelow?: 'sm' | 'md' | 'lg' | 'xl';
  initiallyHidden?: boolean;
  /** Cannot be switched off in the Columns menu. The first column never can. */
  fixed?: boolean;
  className?: string;
};

export type DataTableProps<Row> = {
  /** Names the table in the memory of the browser (which columns are shown). */
  id: string;
  /** Read aloud as the table's name. */
  label: string;
  columns: readonly DataColumn<Row>[];
  rows: readonly Row[];
  rowId: (row: Row) => string;
  /** Makes the first column a link and the whole row clickable. */
  rowHref?: (row: Row) => string;
  /** The menu at the end of the row; an empty list shows none. */
  rowActions?: (row: Row) => MenuItem[];
  /** Names a row in "Actions for ...". */
  rowLabel?: (row: Row) => string;
  /** As in the address: `name` ascending, `-createdAt` descending. */
  sort?: string | undefined;
  emptyState: ReactNode;
  /** Instead of rows, when they could not be read. */
  problem?: string | undefined;
  /** Search and filters. */
  toolbar?: ReactNode;
  /** "1-25 of 312", "25 shown". */
  summary?: string;
  previousHref?: string | null | undefined;
  nextHref?: string | null | undefined;
  exportHref?: string | undefined;
  className?: string;
};

const features = tableFeatures({ columnVisibilityFeature, rowSortingFeature });
const HIDE = { sm: 'max-sm:hidden', md: 'max-md:hidden', lg: 'max-lg:hidden', xl: 'max-xl:hidden' } as const;

/**
 * A list whose paging and sorting live on the server and in the address. Arrow keys move between rows, Enter
 * opens.
 */
export function DataTable<Row extends RowData>(props: DataTableProps<Row>) {
  const { columns, rows, rowId, rowHref, rowActions, rowLabel, sort } = props;
  const [columnVisibility, setColumnVisibility] = useVisibility(props.id, columns);
  const definitions = useMemo(() => {
    const helper = createColumnHelper<typeof features, Row>();
    return helper.columns(
      columns.map((column) =>
        helper.display({
          id: column.id,
          header: column.header,
          cell: ({ row }) => column.cell(row.original),
        }),
      ),
    );
  }, [columns]);
  const data = useMemo(() => [...rows], [rows]);
  const sorted = columns.find((column) => column.sortKey && column.sortKey === sort?.replace(/^-/, ''));
  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: rowId,
    manualSorting: true,
    state: {
      columnVisibility,
      sorting: sorted ? [{ id: sorted.id, desc: sort?.startsWith('-') ?? false }] : [],
    },
    onColumnVisibilityChange: setColumnVisibility,
  });
  const byId = new Map(columns.map((column) => [column.id, column]));
  const first = columns[0]?.id;
  const hasActions = Boolean(rowActions);

  const columnItems: MenuItem[] = [
    { type: 'label', label: 'Show columns' },
    ...table.getAllLeafColumns().flatMap((column): MenuItem[] => {
      const definition = byId.get(column.id);
      if (!definition || definition.fixed || definition.id === first) return [];
      return [
        {
          type: 'check',
          label: definition.header,
          checked: column.getIsVisible(),
          onChange: (checked) => column.toggleVisibility(checked),
        },
      ];
    }),
  ];

  return (
    <div className={clsx('grid min-w-0 gap-3', props.className)}>
      <div className="no-print flex flex-wrap items-center gap-2">
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2">{props.toolbar}</div>
        {columnItems.length > 1 ? (
          <MenuButton label="Columns" items={columnItems} variant="ghost" size="sm" className="max-sm:hidden">
            <Columns3 aria-hidden="true" />
            Columns
          </MenuButton>
        ) : null}
        {props.exportHref ? <ExportLinks href={props.exportHref} variant="ghost" size="sm" /> : null}
      </div>

      {props.problem ? (
        <Alert tone="danger" title="This list could not be read" live>
          {props.problem}
        </Alert>
      ) : rows.length === 0 ? (
        <div className="card">{props.emptyState}</div>
      ) : (
        <ScrollRegion aria-label={props.label} className="card lg:overflow-x-clip print:overflow-visible">
          <table className="w-full border-separate border-spacing-0 text-left text-sm">
            <caption className="sr-only">{props.label}</caption>
            <thead>
              {table.getHeaderGroups().map((group) => (
                <tr key={group.id}>
                  {group.headers.map((header) => {
                    const column = byId.get(header.column.id);
                    if (!column) return null;
                    const direction = header.column.getIsSorted();
                    return (
                      <th
                        key={header.id}
                        scope="col"
                        {...(column.sortKey
                          ? {
                              'aria-sort': direction
                                ? direction === 'asc'
                                  ? 'ascending'
                                  : 'descending'
                                : ('none' as const),
                            }
                          : {})}
                        className={clsx(
                          'head-cell',
                          column.align === 'right' && 'text-right',
                          column.hideBelow && HIDE[column.hideBelow],
                        )}
                      >
                        {column.sortKey ? (
                          <SortLink column={column} sortKey={column.sortKey} direction={direction} />
                        ) : (
                          column.header
                        )}
                      </th>
                    );
                  })}
                  {hasActions ? (
                    <th scope="col" className="head-cell no-print w-12">
                      <span className="sr-only">Actions</span>
                    </th>
                  ) : null}
                </tr>
              ))}
            </thead>
            {/* A shortcut between the links of the rows. */}
            <tbody onKeyDown={moveBetweenRows}>
              {table.getRowModel().rows.map((row) => (
                <tr key={row.id} className={clsx('relative', rowHref && 'hover:bg-surface-hover')}>
                  {row.getVisibleCells().map((cell) => {
                    const column = byId.get(cell.column.id);
                    if (!column) return null;
                    const content = <table.FlexRender cell={cell} />;
                    return (
                      <td
                        key={cell.id}
                        className={clsx(
                          'cell',
                          column.align === 'right' && 'text-right tabular-nums',
                          column.hideBelow && HIDE[column.hideBelow],
                          column.className,
                        )}
                      >
                        {column.id === first && rowHref ? (
                          <Link href={rowHref(row.original)} data-row-link="" className="row-link">
                            {content}
                          </Link>
                        ) : (
                          content
                        )}
                      </td>
                    );
                  })}
                  {rowActions ? (
                    <td className="cell no-print py-1 pr-2 text-right">
                      <RowActions
                        items={rowActions(row.original)}
                        label={rowLabel?.(row.original) ?? 'this row'}
                      />
                    </td>
                  ) : null}
                </tr>
              ))}
            </tbody>
          </table>
        </ScrollRegion>
      )}

      {props.summary || props.previousHref || props.nextHref ? (
        <Pagination
          label={`Pages of ${props.label}`}
          summary={props.summary}
          previousHref={props.previousHref}
          nextHref={props.nextHref}
        />
      ) : null}
    </div>
  );
}

function SortLink<Row>({
  column,
  sortKey,
  direction,
}: {
  column: DataColumn<Row>;
  sortKey: string;
  direction: false | 'asc' | 'desc';
}) {
  const pathname = usePathname();
  const next = new URLSearchParams(useSearchParams());
  for (const key of ['cursor', 'after', 'before', 'page']) next.delete(key);
  const opposite = direction === 'asc' ? 'desc' : 'asc';
  const wanted = direction ? opposite : (column.sortFirst ?? 'asc');
  next.set('sort', wanted === 'desc' ? `-${sortKey}` : sortKey);
  const Icon = direction === 'asc' ? ArrowUp : direction === 'desc' ? ArrowDown : ArrowUpDown;
  return (
    <Link
      href={`${pathname}?${next}`}
      scroll={false}
      replace
      className={clsx(
        '-mx-1.5 inline-flex h-7 items-center gap-1.5 rounded-md px-1.5 hover:bg-surface-hover hover:text-text',
        direction && 'text-text',
      )}
    >
      {column.header}
      <Icon aria-hidden="true" className={clsx('size-3.5', direction ? '' : 'opacity-45')} />
    </Link>
  );
}

function RowActions({ items, label }: { items: readonly MenuItem[]; label: string }) {
  if (items.length === 0) return null;
  return (
    <MenuButton
      label={`Actions for ${label}`}
      items={items}
      variant="ghost"
      size="icon-sm"
      wrapperClassName="z-10"
    >
      <Ellipsis aria-hidden="true" />
    </MenuButton>
  );
}

function moveBetweenRows(event: KeyboardEvent<HTMLTableSectionElement>) {
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return;
  const links = [...event.currentTarget.querySelectorAll<HTMLAnchorElement>('a[data-row-link]')];
  const at = links.findIndex((link) => link.matches(':focus'));
  const target = at === -1 ? undefined : links[at + (event.key === 'ArrowDown' ? 1 : -1)];
  if (!target) return;
  event.preventDefault();
  target.focus();
}

type Visibility = Record<string, boolean>;

/** Which columns are shown: the page's choice at first, then this browser's. */
function useVisibility<Row>(id: string, columns: readonly DataColumn<Row>[]) {
  const key = `columns:${id}`;
  const [visibility, setVisibility] = useState<Visibility>(() =>
    Object.fromEntries(
      columns.filter((column) => column.initiallyHidden).map((column) => [column.id, false]),
    ),
  );
  useEffect(() => {
    try {
      const stored: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
      if (!stored || typeof stored !== 'object') return;
      const entries = Object.entries(stored).filter(([, shown]) => typeof shown === 'boolean');
      if (entries.length > 0) setVisibility((initial) => ({ ...initial, ...Object.fromEntries(entries) }));
    } catch {
      // A browser that keeps nothing shows the page's own choice.
    }
  }, [key]);
  const change = (update: Visibility | ((previous: Visibility) => Visibility)) => {
    const next = typeof update === 'function' ? update(visibility) : update;
    setVisibility(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // As above.
    }
  };
  return [visibility, change] as const;
}
