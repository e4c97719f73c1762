'use client';
import { AddressSelect } from '@/components/ui/address-select';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { SearchInput } from '@/components/ui/search-input';
import { MAIL_STATES } from '@/lib/master/vocabulary';
import { paths } from '@/lib/paths';
import { type MailEntry, mailKind } from '../policy';
import { MAIL_STATE, MailBadge } from './mail-badge';

const STATES = MAIL_STATES.map((value) => ({ value, label: MAIL_STATE[value].label }));

/** Who was written to about what, and whether it arrived. */
export function MailsTable({
  rows,
  isFiltered,
  previousHref,
  nextHref,
}: {
  rows: readonly MailEntry[];
  isFiltered: boolean;
  previousHref: string | null;
  nextHref: string | null;
}) {
  return (
    <DataTable
      id="platform-mails"
      label="Mails"
      columns={COLUMNS}
      rows={rows}
      rowId={(row) => row.id}
      summary={`${rows.length} shown, newest first`}
      previousHref={previousHref}
      nextHref={nextHref}
      toolbar={
        <>
          <SearchInput label="Search mails" placeholder="A whole address" />
          <AddressSelect name="state" label="State" all="Any state" options={STATES} />
        </>
      }
      emptyState={
        <EmptyState icon={<Icon of="mail" />} title={isFiltered ? 'No such mail' : 'No mail yet'}>
          {isFiltered
            ? 'Write the whole address, or choose another state.'
            : 'Each mail to people of hospitals and of the company is listed here with what became of it.'}
        </EmptyState>
      }
    />
  );
}

const COLUMNS: DataColumn<MailEntry>[] = [
  {
    id: 'to',
    header: 'To',
    className: 'max-sm:whitespace-normal',
    cell: (row) => (
      <span className="grid gap-0.5">
        <span className="wrap-anywhere min-w-24 font-medium text-text">{row.to}</span>
        <span className="text-[0.8125rem] text-text-muted">{mailKind(row.kind)}</span>
        {row.problem ? (
          <span className="line-clamp-3 max-w-md break-words text-[0.8125rem] text-danger-soft-text">
            {row.problem}
          </span>
        ) : null}
      </span>
    ),
  },
  { id: 'state', header: 'State', fixed: true, cell: (row) => <MailBadge state={row.state} /> },
  {
    id: 'organization',
    header: 'Organization',
    hideBelow: 'md',
    cell: ({ organization }) =>
      organization ? (
        <Link
          href={paths.platformOrganization(organization.id)}
          className="text-accent underline-offset-4 hover:underline"
        >
          {organization.name}
        </Link>
      ) : (
        '–'
      ),
  },
  {
    id: 'queued',
    header: 'Written',
    align: 'right',
    hideBelow: 'sm',
    cell: (row) => <RelativeTime value={row.queuedAt} timeZone="UTC" className="whitespace-nowrap" />,
  },
];
