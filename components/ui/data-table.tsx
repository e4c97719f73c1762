'use client';

import { clsx } from 'clsx';
import { usePathname, useSearchParams } from 'next/navigation';
import { type KeyboardEvent, type ReactNode, useEffect, useState } from 'react';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import type { Visibility } from './columns-menu';
import { ExportLinks } from './export-links';
import { MenuButton, type MenuItem, MenuOpener } from './menu-button';
import { Pagination } from './pagination';
import { partOf } from './part';
import { ScrollRegion } from './scroll-region';

// Few choose columns: what works them out comes with their menu.
const columnsMenu = partOf(() => import('./columns-menu').then((file) => file.ColumnsMenu));

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
  /** Search and filters. */
  toolbar?: ReactNode;
  /** "1-25 of 312", "25 shown". */
  summary?: string;
  previousHref?: string | null | undefined;
  nextHref?: string | null | undefined;
  exportHref?: string | undefined;
  className?: string;
};

const HIDE = { sm: 'max-sm:hidden', md: 'max-md:hidden', lg: 'max-lg:hidden', xl: 'max-xl:hidden' } as const;

/**
 * A list whose paging and sorting live on the server and in the address. Arrow keys move between rows, Enter
 * opens.
 */
export function DataTable<Row>(props: DataTableProps<Row>) {
  const { columns, rows, rowId, rowHref, rowActions, rowLabel, sort } = props;
  const [visibility, setVisibility] = useVisibility(props.id, columns);
  const shown = columns.filter((column) => visibility[column.id] !== false);
  const first = columns[0]?.id;
  const choices = columns.filter((column) => !column.fixed && column.id !== first);
  return (
    <div className={clsx('grid min-w-0 gap-3', props.className)}>
      <div className="no-print flex flex-wrap items-center gap-2">
        {/* On a phone a line of its own: beside the buttons nothing of a search box is left. */}
        <div className="flex min-w-0 flex-1 flex-wrap items-center gap-2 max-sm:not-empty:basis-full">
          {props.toolbar}
        </div>
        {choices.length > 0 ? (
          <MenuOpener
            label="Columns"
            menu={columnsMenu}
            given={{ choices, visibility, onVisibilityChange: setVisibility }}
            variant="ghost"
            size="sm"
            className="max-sm:hidden"
          >
            <Icon of="columns-3" />
            Columns
          </MenuOpener>
        ) : null}
        {props.exportHref ? <ExportLinks href={props.exportHref} variant="ghost" size="sm" /> : null}
      </div>

      {rows.length === 0 ? (
        <div className="card">{props.emptyState}</div>
      ) : (
        <ScrollRegion aria-label={props.label} className="card lg:overflow-x-clip print:overflow-visible">
          <table className="w-full border-separate border-spacing-0 text-left text-sm">
            <caption className="sr-only">{props.label}</caption>
            <thead>
              <tr>
                {shown.map((column) => (
                  <HeadCell key={column.id} column={column} sort={sort} />
                ))}
                {rowActions ? (
                  <th scope="col" className="head-cell no-print w-12">
                    <span className="sr-only">Actions</span>
                  </th>
                ) : null}
              </tr>
            </thead>
            {/* A shortcut between the links of the rows. */}
            <tbody onKeyDown={moveBetweenRows}>
              {rows.map((row) => (
                <tr key={rowId(row)} className={rowHref ? 'relative hover:bg-surface-hover' : 'relative'}>
                  {shown.map((column) => (
                    <td
                      key={column.id}
                      className={clsx(
                        'cell',
                        // A figure or a day in two lines is read as two.
                        column.align === 'right' && 'whitespace-nowrap text-right tabular-nums',
                        column.hideBelow && HIDE[column.hideBelow],
                        column.className,
                      )}
                    >
                      {column.id === first && rowHref ? (
                        <Link href={rowHref(row)} data-row-link="" className="row-link">
                          {column.cell(row)}
                        </Link>
                      ) : (
                        column.cell(row)
                      )}
                    </td>
                  ))}
                  {rowActions ? (
                    <td className="cell no-print py-1 pr-2 text-right">
                      <RowActions items={rowActions(row)} label={rowLabel?.(row) ?? 'this row'} />
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

type Direction = 'ascending' | 'descending' | 'none';

function HeadCell<Row>({ column, sort }: { column: DataColumn<Row>; sort: string | undefined }) {
  const { sortKey } = column;
  const className = clsx(
    'head-cell',
    column.align === 'right' && 'text-right',
    column.hideBelow && HIDE[column.hideBelow],
  );
  if (!sortKey) {
    return (
      <th scope="col" className={className}>
        {column.header}
      </th>
    );
  }
  const direction: Direction =
    sort === sortKey ? 'ascending' : sort === `-${sortKey}` ? 'descending' : 'none';
  return (
    <th scope="col" aria-sort={direction} className={className}>
      <SortLink column={column} sortKey={sortKey} direction={direction} />
    </th>
  );
}

function SortLink<Row>({
  column,
  sortKey,
  direction,
}: {
  column: DataColumn<Row>;
  sortKey: string;
  direction: Direction;
}) {
  const pathname = usePathname();
  const next = new URLSearchParams(useSearchParams());
  for (const key of ['cursor', 'after', 'before', 'page']) next.delete(key);
  const isSorted = direction !== 'none';
  const isDown = isSorted ? direction === 'ascending' : column.sortFirst === 'desc';
  next.set('sort', isDown ? `-${sortKey}` : sortKey);
  const icon = isSorted ? (direction === 'ascending' ? 'arrow-up' : 'arrow-down') : 'arrow-up-down';
  return (
    <Link
      href={`${pathname}?${next}`}
      scroll={false}
      replace
      className={clsx(
        '-mx-1.5 inline-flex h-7 items-center gap-1.5 rounded-md px-1.5 hover:bg-surface-hover hover:text-text',
        isSorted && 'text-text',
      )}
    >
      {column.header}
      <Icon of={icon} className={clsx('size-3.5', isSorted ? '' : 'opacity-45')} />
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
      <Icon of="ellipsis" />
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
  const change = (next: Visibility) => {
    setVisibility(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // As above.
    }
  };
  return [visibility, change] as const;
}
