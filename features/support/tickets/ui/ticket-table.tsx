'use client';
import { type DataColumn, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { RelativeTime } from '@/components/ui/relative-time';
import { paths } from '@/lib/paths';
import type { Ticket } from '../dto';
import { TICKET_CATEGORIES } from '../policy';
import { TicketStatusBadge } from './badges';

/** What was asked, newest word first. */
export function TicketTable({
  timeZone,
  ...props
}: {
  rows: readonly Ticket[];
  timeZone: string;
  summary: string;
  previousHref: string | null;
  nextHref: string | null;
}) {
  const columns: DataColumn<Ticket>[] = [
    {
      id: 'subject',
      header: 'Subject',
      fixed: true,
      className: 'max-sm:whitespace-normal',
      cell: (row) => (
        <span className="line-clamp-2 min-w-32 max-w-md">
          <span className="text-text-subtle tabular-nums">#{row.number}</span> {row.subject}
        </span>
      ),
    },
    { id: 'status', header: 'Status', cell: (row) => <TicketStatusBadge status={row.status} forCustomer /> },
    {
      id: 'category',
      header: 'Category',
      hideBelow: 'md',
      cell: (row) => TICKET_CATEGORIES[row.category],
    },
    { id: 'by', header: 'Asked by', hideBelow: 'lg', cell: (row) => row.openedByName },
    {
      id: 'last',
      header: 'Last word',
      align: 'right',
      hideBelow: 'sm',
      cell: (row) => <RelativeTime value={row.lastMessageAt} timeZone={timeZone} />,
    },
  ];
  return (
    <DataTable
      id="tickets"
      label="Tickets"
      columns={columns}
      rowId={(row) => row.id}
      rowHref={(row) => paths.ticket(row.id)}
      emptyState={
        <EmptyState icon={<Icon of="life-buoy" />} title="You have asked nothing yet">
          Press “New ticket” when something does not work or you would like to know something.
        </EmptyState>
      }
      {...props}
    />
  );
}
