'use client';
import type { ReactNode } from 'react';
import { Badge, type BadgeTone } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { Meter } from '@/components/ui/meter';
import { paths } from '@/lib/paths';

/** A customer in a row, in words. */
export type OrganizationRow = {
  id: string;
  name: string;
  state: { tone: BadgeTone; label: string };
  /** Or what it is for, where it is no customer. */
  plan: string;
  seats: { used: number; limit: number | null };
  storage: { usedBytes: number; limitBytes: number | null; text: string };
  mrr: string;
  created: string;
  renews: string;
};

/** All customers, with what they use and what they pay; `toolbar` narrows them down. */
export function OrganizationsTable({
  rows,
  sort,
  isSearch,
  isFiltered,
  toolbar,
  summary,
  previousHref,
  nextHref,
}: {
  rows: readonly OrganizationRow[];
  sort: string;
  /** Words are looked up by name, so their results can only come by name. */
  isSearch: boolean;
  isFiltered: boolean;
  toolbar: ReactNode;
  summary: string;
  previousHref: string | null;
  nextHref: string | null;
}) {
  return (
    <DataTable
      id="platform-organizations"
      label="Organizations"
      columns={isSearch ? SEARCH_COLUMNS : COLUMNS}
      rows={rows}
      rowId={(row) => row.id}
      rowHref={(row) => paths.platformOrganization(row.id)}
      sort={sort}
      summary={summary}
      previousHref={previousHref}
      nextHref={nextHref}
      toolbar={toolbar}
      emptyState={
        isFiltered ? (
          <EmptyState icon={<Icon of="building-complex" />} title="No organization matches">
            Search looks for each word in the name, and for all of it in the e-mail, the phone and the Stripe
            id. Try fewer letters or another filter.
          </EmptyState>
        ) : (
          <EmptyState icon={<Icon of="building-complex" />} title="No organizations yet">
            They appear here as soon as a hospital signs up.
          </EmptyState>
        )
      }
    />
  );
}

const COLUMNS: DataColumn<OrganizationRow>[] = [
  {
    id: 'name',
    header: 'Name',
    className: 'max-sm:whitespace-normal',
    sortKey: 'name',
    cell: (row) => <span className="line-clamp-2 min-w-32 max-w-64">{row.name}</span>,
  },
  {
    id: 'status',
    header: 'Status',
    fixed: true,
    cell: ({ state }) => (
      <Badge tone={state.tone} dot>
        {state.label}
      </Badge>
    ),
  },
  {
    id: 'plan',
    header: 'Plan',
    hideBelow: 'sm',
    cell: (row) => row.plan,
  },
  {
    id: 'seats',
    header: 'Users',
    hideBelow: 'md',
    cell: ({ seats }) => (
      <Meter
        compact
        label="Users"
        value={seats.used}
        max={seats.limit}
        className="min-w-20"
        {...(seats.limit === null ? { text: `${seats.used}` } : {})}
      />
    ),
  },
  {
    id: 'storage',
    header: 'Storage',
    hideBelow: 'lg',
    cell: ({ storage }) => (
      <Meter
        compact
        label="Storage"
        value={storage.usedBytes}
        max={storage.limitBytes}
        text={storage.text}
        className="min-w-28"
      />
    ),
  },
  {
    id: 'mrr',
    header: 'MRR',
    align: 'right',
    cell: (row) => row.mrr,
  },
  {
    id: 'created',
    header: 'Created',
    sortKey: 'created',
    sortFirst: 'desc',
    align: 'right',
    hideBelow: 'xl',
    cell: (row) => row.created,
  },
  {
    id: 'renews',
    header: 'Renews',
    align: 'right',
    hideBelow: 'xl',
    cell: (row) => row.renews,
  },
];

const SEARCH_COLUMNS = COLUMNS.map((column): DataColumn<OrganizationRow> => {
  if (column.id !== 'created') return column;
  const { sortKey: _, ...rest } = column;
  return rest;
});
