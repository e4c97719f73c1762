'use client';
import { AddressSelect } from '@/components/ui/address-select';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { Meter } from '@/components/ui/meter';
import { SearchInput } from '@/components/ui/search-input';
import { PURPOSE_LABEL } from '@/features/fleet/demos/policy';
import { PLANS } from '@/features/subscription/billing/plans';
import { ORGANIZATION_STATES, PLAN_IDS } from '@/lib/master/vocabulary';
import { formatBytes, formatMoney } from '@/lib/money';
import { STATE_LABEL } from '@/lib/organizations/policy';
import { paths } from '@/lib/paths';
import { dayInUtc } from '@/lib/words';
import type { OrganizationSummary } from '../dto';
import { StateBadge } from './badges';

const STATES = [
  ...ORGANIZATION_STATES.map((value) => ({ value: value as string, label: STATE_LABEL[value] })),
  { value: 'overdue', label: 'A payment is missing' },
];
const KINDS = [
  { value: 'customer', label: 'Customers' },
  { value: 'other', label: 'Demos and templates' },
];
const PLAN_OPTIONS = PLAN_IDS.map((value) => ({ value, label: PLANS[value].name }));

/** All customers, with what they use and what they pay. */
export function OrganizationsTable({
  rows,
  sort,
  isSearch,
  isFiltered,
  summary,
  previousHref,
  nextHref,
}: {
  rows: readonly OrganizationSummary[];
  sort: string;
  /** Words are looked up by name, so their results can only come by name. */
  isSearch: boolean;
  isFiltered: boolean;
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
      toolbar={
        <>
          <SearchInput label="Search organizations" placeholder="Name, e-mail, phone, Stripe id" />
          <AddressSelect name="status" label="Status" all="Any status" options={STATES} />
          <AddressSelect name="kind" label="Kind" all="All organizations" options={KINDS} />
          <AddressSelect name="plan" label="Plan" all="Any plan" options={PLAN_OPTIONS} />
        </>
      }
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

const COLUMNS: DataColumn<OrganizationSummary>[] = [
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
    cell: (row) => <StateBadge state={row.status} isTrial={row.isTrial} />,
  },
  {
    id: 'plan',
    header: 'Plan',
    hideBelow: 'sm',
    cell: (row) => (row.purpose === 'customer' ? PLANS[row.plan].name : PURPOSE_LABEL[row.purpose]),
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
        text={
          storage.limitBytes === null
            ? formatBytes(storage.usedBytes)
            : `${formatBytes(storage.usedBytes)} of ${formatBytes(storage.limitBytes)}`
        }
        className="min-w-28"
      />
    ),
  },
  {
    id: 'mrr',
    header: 'MRR',
    align: 'right',
    cell: ({ mrr }) => (mrr ? formatMoney(mrr.cents, mrr.currency) : '–'),
  },
  {
    id: 'created',
    header: 'Created',
    sortKey: 'created',
    sortFirst: 'desc',
    align: 'right',
    hideBelow: 'xl',
    cell: (row) => dayInUtc(row.createdAt),
  },
  {
    id: 'renews',
    header: 'Renews',
    align: 'right',
    hideBelow: 'xl',
    cell: (row) => (row.renewsAt ? dayInUtc(row.renewsAt) : '–'),
  },
];

const SEARCH_COLUMNS = COLUMNS.map((column): DataColumn<OrganizationSummary> => {
  if (column.id !== 'created') return column;
  const { sortKey: _, ...rest } = column;
  return rest;
});
