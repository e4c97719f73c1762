'use client';
import { AddressSelect } from '@/components/ui/address-select';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { Meter } from '@/components/ui/meter';
import { RelativeTime } from '@/components/ui/relative-time';
import { SearchInput } from '@/components/ui/search-input';
import { formatBytes } from '@/lib/money';
import { paths } from '@/lib/paths';
import { HEALTH_LABEL, HEALTH_LEVELS } from '../policy';
import type { UsageSummary } from '../queries';
import { HealthBadge } from './health-badge';

const LEVELS = HEALTH_LEVELS.map((value) => ({ value, label: HEALTH_LABEL[value] }));

/** Every customer with what it uses, the ones about to leave first. */
export function UsageTable({
  rows,
  sort,
  isFiltered,
  canSort,
  summary,
  previousHref,
  nextHref,
}: {
  rows: readonly UsageSummary[];
  sort: string;
  isFiltered: boolean;
  /** A search comes by name and a filter by score. */
  canSort: boolean;
  summary: string;
  previousHref: string | null;
  nextHref: string | null;
}) {
  return (
    <DataTable
      id="platform-usage"
      label="Usage by organization"
      columns={canSort ? COLUMNS : UNSORTED}
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
          <AddressSelect name="health" label="Health" all="Any health" options={LEVELS} />
        </>
      }
      emptyState={
        isFiltered ? (
          <EmptyState icon={<Icon of="gauge" />} title="No organization matches">
            Search looks for each word in the name, and for all of it in the e-mail, the phone and the Stripe
            id. Try fewer letters or another filter.
          </EmptyState>
        ) : (
          <EmptyState icon={<Icon of="gauge" />} title="No use counted yet">
            Each organization with a database appears here within the hour.
          </EmptyState>
        )
      }
    />
  );
}

const COLUMNS: DataColumn<UsageSummary>[] = [
  {
    id: 'name',
    header: 'Name',
    className: 'max-sm:whitespace-normal',
    sortKey: 'name',
    cell: (row) => <span className="line-clamp-2 min-w-28 max-w-64">{row.name}</span>,
  },
  {
    id: 'health',
    header: 'Health',
    fixed: true,
    sortKey: 'health',
    cell: (row) => <HealthBadge level={row.level} score={row.score} />,
  },
  {
    id: 'reason',
    header: 'Why',
    hideBelow: 'lg',
    className: 'whitespace-normal',
    cell: (row) => (
      <span className="line-clamp-2 min-w-32 text-text-muted">{row.reasons[0]?.text ?? '–'}</span>
    ),
  },
  {
    id: 'active',
    header: 'Active people',
    align: 'right',
    hideBelow: 'sm',
    cell: ({ activeUsers }) => `${activeUsers.last7} (7 days), ${activeUsers.last30} (30)`,
  },
  {
    id: 'staff',
    header: 'Staff accounts',
    hideBelow: 'md',
    cell: ({ staff }) => (
      <Meter
        compact
        label="Staff accounts"
        value={staff.used}
        max={staff.limit}
        className="min-w-20"
        {...(staff.limit === null ? { text: `${staff.used}` } : {})}
      />
    ),
  },
  {
    id: 'storage',
    header: 'Storage',
    hideBelow: 'xl',
    initiallyHidden: true,
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
        className="min-w-24"
      />
    ),
  },
  {
    id: 'database',
    header: 'Database',
    sortKey: 'database',
    sortFirst: 'desc',
    align: 'right',
    hideBelow: 'lg',
    cell: (row) => formatBytes(row.databaseBytes),
  },
  {
    id: 'seen',
    header: 'Last seen',
    hideBelow: 'sm',
    sortKey: 'seen',
    align: 'right',
    cell: (row) => (row.lastSeenAt ? <RelativeTime value={row.lastSeenAt} timeZone="UTC" /> : 'Never'),
  },
];

const UNSORTED = COLUMNS.map((column): DataColumn<UsageSummary> => {
  const { sortKey: _, ...rest } = column;
  return rest;
});
