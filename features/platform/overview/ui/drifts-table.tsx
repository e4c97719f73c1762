'use client';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { paths } from '@/lib/paths';
import type { DriftEntry } from '../queries/reconciliation';

/** Where our copy differed from Stripe. Each was put right when it was found. */
export function DriftsTable(props: {
  rows: readonly DriftEntry[];
  summary: string;
  previousHref: string | null;
  nextHref: string | null;
}) {
  return (
    <DataTable
      id="platform-drifts"
      label="Differences from Stripe"
      columns={COLUMNS}
      rowId={(row) => row.id}
      toolbar={<h2 className="font-semibold text-base text-text">Differences</h2>}
      emptyState={
        <EmptyState icon={<Icon of="scale" />} title="No difference was ever found">
          Each night every organization is compared with Stripe; what differs is put right and listed here.
        </EmptyState>
      }
      {...props}
    />
  );
}

const COLUMNS: DataColumn<DriftEntry>[] = [
  {
    id: 'organization',
    header: 'Organization',
    fixed: true,
    cell: (row) => (
      <Link
        href={paths.platformOrganization(row.organizationId)}
        className="text-accent underline-offset-4 hover:underline"
      >
        {row.name}
      </Link>
    ),
  },
  {
    id: 'field',
    header: 'Field',
    className: 'max-sm:whitespace-normal',
    cell: (row) => <span className="wrap-anywhere font-mono text-xs">{row.field}</span>,
  },
  {
    id: 'ours',
    header: 'We had',
    hideBelow: 'sm',
    cell: (row) => <span className="wrap-anywhere">{row.ours}</span>,
  },
  { id: 'stripe', header: 'Stripe says', cell: (row) => <span className="wrap-anywhere">{row.stripe}</span> },
  {
    id: 'at',
    header: 'Found and put right',
    align: 'right',
    hideBelow: 'md',
    cell: (row) => <RelativeTime value={row.at} timeZone="UTC" className="whitespace-nowrap" />,
  },
];
