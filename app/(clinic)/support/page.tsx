import type { Metadata } from 'next';
import { Suspense } from 'react';
import { withQuery } from '@/components/platform/addresses';
import { NewTicket } from '@/components/tickets/new-ticket';
import { TicketTable } from '@/components/tickets/ticket-table';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { load, staffPage } from '@/lib/actions/staff';
import { targetOf } from '@/lib/features/tickets/policy';
import { findAgreedTarget, listTickets } from '@/lib/features/tickets/queries';
import { ticketListQuery } from '@/lib/features/tickets/schema';
import { paths } from '@/lib/paths';
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
