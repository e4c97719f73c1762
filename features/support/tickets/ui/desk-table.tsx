'use client';
import { AddressSelect } from '@/components/ui/address-select';
import { Badge } from '@/components/ui/badge';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { RelativeTime } from '@/components/ui/relative-time';
import { SearchInput } from '@/components/ui/search-input';
import { optionsOf } from '@/components/ui/select';
import { PLANS } from '@/features/subscription/billing/plans';
import { PLAN_IDS } from '@/lib/master/vocabulary';
import { paths } from '@/lib/paths';
import type { DeskTicket } from '../dto';
import { TICKET_PRIORITIES, TICKET_STATUSES } from '../policy';
import { PriorityBadge, TicketStatusBadge } from './badges';

const STATUSES = optionsOf(TICKET_STATUSES);
const PRIORITIES = optionsOf(TICKET_PRIORITIES);
const PLAN_OPTIONS = PLAN_IDS.map((value) => ({ value, label: PLANS[value].name }));
const DUE = [
  { value: 'late', label: 'Late' },
  { value: 'soon', label: 'Soon late' },
];
const ASSIGNEES = [
  { value: 'me', label: 'With me' },
  { value: 'nobody', label: 'With nobody' },
];

/** By when an answer was promised, and whether that is over. */
export function Due({ ticket }: { ticket: Pick<DeskTicket, 'dueAt' | 'isLate' | 'isSoonLate'> }) {
  if (!ticket.dueAt) return <span className="text-text-subtle">–</span>;
  return (
    <span className="inline-flex items-center gap-2">
      {ticket.isLate ? (
        <Badge tone="danger">Late</Badge>
      ) : ticket.isSoonLate ? (
        <Badge tone="warning">Due soon</Badge>
      ) : null}
      <RelativeTime value={ticket.dueAt} timeZone="UTC" />
    </span>
  );
}

/** The desk of the company: what customers asked. */
export function DeskTable({
  isFiltered,
  ...props
}: {
  rows: readonly DeskTicket[];
  isFiltered: boolean;
  summary: string;
  previousHref: string | null;
  nextHref: string | null;
}) {
  return (
    <DataTable
      id="platform-tickets"
      label="Tickets"
      columns={COLUMNS}
      rowId={(row) => row.id}
      rowHref={(row) => paths.platformTicket(row.id)}
      toolbar={
        <>
          <SearchInput label="Search tickets" placeholder="Words, number, customer, phone" />
          <AddressSelect name="status" label="Status" all="Any status" options={STATUSES} />
          <AddressSelect name="assignee" label="Assigned to" all="Anybody" options={ASSIGNEES} />
          <AddressSelect name="due" label="Answer due" all="Due at any time" options={DUE} />
          <AddressSelect name="priority" label="Priority" all="Any priority" options={PRIORITIES} />
          <AddressSelect name="plan" label="Plan" all="Any plan" options={PLAN_OPTIONS} />
        </>
      }
      emptyState={
        isFiltered ? (
          <EmptyState icon={<Icon of="ticket" />} title="No ticket matches">
            Search looks for each word in what was written, and for the customer by name, e-mail, phone or
            Stripe id. Try fewer letters or another filter.
          </EmptyState>
        ) : (
          <EmptyState icon={<Icon of="ticket" />} title="No tickets yet">
            What customers ask under Support appears here.
          </EmptyState>
        )
      }
      {...props}
    />
  );
}

const COLUMNS: DataColumn<DeskTicket>[] = [
  {
    id: 'subject',
    header: 'Subject',
    fixed: true,
    className: 'max-sm:whitespace-normal',
    cell: (row) => (
      <span className="line-clamp-2 min-w-32 max-w-sm">
        <span className="text-text-subtle tabular-nums">#{row.number}</span> {row.subject}
      </span>
    ),
  },
  {
    id: 'organization',
    header: 'Organization',
    hideBelow: 'md',
    cell: (row) => <span className="line-clamp-1 max-w-48">{row.organizationName}</span>,
  },
  { id: 'plan', header: 'Plan', hideBelow: 'xl', cell: (row) => PLANS[row.plan].name },
  { id: 'status', header: 'Status', cell: (row) => <TicketStatusBadge status={row.status} /> },
  {
    id: 'priority',
    header: 'Priority',
    hideBelow: 'lg',
    cell: (row) => <PriorityBadge priority={row.priority} />,
  },
  { id: 'assignee', header: 'With', hideBelow: 'lg', cell: (row) => row.assigneeName ?? 'Nobody' },
  { id: 'due', header: 'Answer due', hideBelow: 'sm', cell: (row) => <Due ticket={row} /> },
  {
    id: 'last',
    header: 'Last word',
    align: 'right',
    hideBelow: 'xl',
    cell: (row) => <RelativeTime value={row.lastMessageAt} timeZone="UTC" />,
  },
];
