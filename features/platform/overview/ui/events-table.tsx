'use client';
import { Fragment } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import { May } from '@/components/layout/may';
import { AddressSelect } from '@/components/ui/address-select';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import Link from '@/components/ui/link';
import { RelativeTime } from '@/components/ui/relative-time';
import { paths } from '@/lib/paths';
import { replayEventAction, replayFailedEventsAction } from '../actions';
import type { StripeEventEntry } from '../dto';
import { canReplay, EVENT_KINDS, EVENT_OUTCOMES, OUTCOME_LABEL } from '../policy';
import { OutcomeBadge } from './badges';

const KIND_LABEL: Record<(typeof EVENT_KINDS)[number], string> = {
  checkout: 'Checkout',
  customer: 'Customer and subscription',
  invoice: 'Invoice',
  charge: 'Charge, refund, dispute',
  payment_method: 'Payment method',
};
const KINDS = EVENT_KINDS.map((value) => ({ value, label: KIND_LABEL[value] }));
const OUTCOMES = EVENT_OUTCOMES.map((value) => ({ value, label: OUTCOME_LABEL[value] }));

/** What Stripe has told us, what came of it, and a way to do it again. */
export function EventsTable({
  rows,
  isFiltered = false,
  withFilter = true,
  failed = 0,
  summary,
  previousHref,
  nextHref,
}: {
  rows: readonly StripeEventEntry[];
  isFiltered?: boolean;
  /** false on an organization's page, which shows its own few. */
  withFilter?: boolean;
  /** How many events of the whole ledger failed. */
  failed?: number;
  summary?: string;
  previousHref?: string | null;
  nextHref?: string | null;
}) {
  return (
    <DataTable
      id={withFilter ? 'platform-events' : 'organization-events'}
      label="Stripe events"
      columns={withFilter ? COLUMNS : OWN_COLUMNS}
      rows={rows}
      rowId={(row) => row.id}
      {...(summary ? { summary } : {})}
      previousHref={previousHref}
      nextHref={nextHref}
      toolbar={
        withFilter ? (
          <>
            <AddressSelect name="outcome" label="Outcome" all="Any outcome" options={OUTCOMES} />
            <AddressSelect name="kind" label="Kind of event" all="Any kind" options={KINDS} />
            {failed > 0 ? (
              <May to="events:write">
                <ActionButton action={replayFailedEventsAction} size="sm">
                  Replay {failed} failed
                </ActionButton>
              </May>
            ) : null}
          </>
        ) : (
          <h2 className="font-semibold text-base text-text">Stripe events</h2>
        )
      }
      emptyState={
        <EmptyState icon={<Icon of="webhook" />} title={isFiltered ? 'No such event' : 'No events yet'}>
          {isFiltered
            ? 'Choose another outcome or kind to see more.'
            : 'Each event that Stripe sends is kept here with what came of it.'}
        </EmptyState>
      }
    />
  );
}

/** Long names break after their dots, not within a word. */
const Breakable = ({ text }: { text: string }) =>
  text.split(/(?<=[._])/).map((part, index, parts) => (
    <Fragment key={parts.slice(0, index + 1).join('')}>
      {part}
      <wbr />
    </Fragment>
  ));

function Customer({ row: { organization, customerId } }: { row: StripeEventEntry }) {
  if (!organization) return customerId ?? '–';
  return (
    <Link
      href={paths.platformOrganization(organization.id)}
      className="text-accent underline-offset-4 hover:underline"
    >
      {organization.name}
    </Link>
  );
}

const COLUMNS: DataColumn<StripeEventEntry>[] = [
  {
    id: 'type',
    header: 'Event',
    // On a phone the words break instead of pushing the outcome out of sight.
    className: 'max-sm:whitespace-normal',
    cell: (row) => (
      <span className="grid gap-0.5">
        <span className="wrap-anywhere min-w-24 font-medium text-text">
          <Breakable text={row.type} />
        </span>
        <span className="break-all font-mono text-text-subtle text-xs max-sm:hidden">{row.id}</span>
        <span className="md:hidden">
          <Customer row={row} />
        </span>
        {row.error ? (
          <span className="line-clamp-3 max-w-md break-words text-[0.8125rem] text-danger">{row.error}</span>
        ) : null}
      </span>
    ),
  },
  { id: 'outcome', header: 'Outcome', fixed: true, cell: (row) => <OutcomeBadge outcome={row.outcome} /> },
  {
    id: 'organization',
    header: 'Organization',
    hideBelow: 'md',
    cell: (row) => <Customer row={row} />,
  },
  { id: 'attempts', header: 'Attempts', align: 'right', hideBelow: 'lg', cell: (row) => row.attempts },
  { id: 'deliveries', header: 'Deliveries', align: 'right', hideBelow: 'xl', cell: (row) => row.deliveries },
  {
    id: 'received',
    header: 'Received',
    align: 'right',
    hideBelow: 'sm',
    cell: (row) => <RelativeTime value={row.receivedAt} timeZone="UTC" className="whitespace-nowrap" />,
  },
  {
    id: 'replay',
    header: 'Replay',
    fixed: true,
    align: 'right',
    cell: (row) =>
      canReplay(row) ? (
        <May to="events:write">
          <ActionButton
            size="sm"
            action={replayEventAction}
            fields={{ eventId: row.id }}
            aria-label={`Replay ${row.type} ${row.id}`}
          >
            Replay
          </ActionButton>
        </May>
      ) : (
        '–'
      ),
  },
];

const OWN_COLUMNS = COLUMNS.filter(({ id }) => id !== 'organization' && id !== 'deliveries');
