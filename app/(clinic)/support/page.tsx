import type { Metadata } from 'next';
import { Suspense } from 'react';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { targetOf } from '@/features/support/tickets/policy';
import { findAgreedTarget, listTickets } from '@/features/support/tickets/queries';
import { ticketListQuery } from '@/features/support/tickets/schema';
import { NewTicket } from '@/features/support/tickets/ui/new-ticket';
import { TicketTable } from '@/features/support/tickets/ui/ticket-table';
import { load, staffPage } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import type { TenantContext } from '@/lib/tenancy/context';

export const metadata: Metadata = { title: 'Support' };

type Paging = { after?: string | undefined; before?: string | undefined };

export default async function SupportPage({ searchParams }: PageProps<'/support'>) {
  const ctx = await staffPage('support:read');
  const query = ticketListQuery.parse(await searchParams);
  const { words } = targetOf(ctx.organization.plan, await load(findAgreedTarget(ctx.organizationId)));
  return (
    <>
      <PageHeader
        title="Support"
        description={`Ask us anything about Chakravue. We answer ${words}.`}
        actions={ctx.can('support:ask') ? <NewTicket promise={words} /> : null}
      />
      <Suspense fallback={<TableSkeleton columns={4} label="Loading your tickets" />}>
        <Tickets ctx={ctx} query={query} />
      </Suspense>
    </>
  );
}

async function Tickets({ ctx, query }: { ctx: TenantContext; query: Paging }) {
  const { tickets, before, after } = await load(listTickets(ctx, query));
  return (
    <TicketTable
      rows={tickets}
      timeZone={ctx.timeZone}
      summary={tickets.length === 1 ? '1 ticket' : `${tickets.length} tickets`}
      previousHref={before ? withQuery(paths.support, { before }) : null}
      nextHref={after ? withQuery(paths.support, { after }) : null}
    />
  );
}
