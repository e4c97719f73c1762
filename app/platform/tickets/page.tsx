import type { Metadata } from 'next';
import { Suspense } from 'react';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { listDesk } from '@/features/support/tickets/queries';
import { type DeskQuery, deskQuery } from '@/features/support/tickets/schema';
import { DeskTable } from '@/features/support/tickets/ui/desk-table';
import { DeskTabs } from '@/features/support/tickets/ui/desk-tabs';
import { type PlatformContext, platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { PLATFORM } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { counted } from '@/lib/words';

export const metadata: Metadata = { title: 'Tickets' };

export default async function TicketsPage({ searchParams }: PageProps<'/platform/tickets'>) {
  const ctx = await platformPage('tickets:read');
  const query = deskQuery.parse(await searchParams);
  return (
    <>
      <PageHeader title="Tickets" description="What customers ask, and by when an answer was promised." />
      <DeskTabs />
      <Suspense fallback={<TableSkeleton columns={6} label="Loading tickets" />}>
        <Desk ctx={ctx} query={query} />
      </Suspense>
    </>
  );
}

async function Desk({ ctx, query }: { ctx: PlatformContext; query: DeskQuery }) {
  const { tickets, before, after } = await load(listDesk(ctx, query));
  const { after: _after, before: _before, ...filters } = query;
  return (
    <DeskTable
      rows={tickets}
      isFiltered={Object.values(filters).some(Boolean)}
      summary={`${counted(tickets.length, 'ticket')}, ${filters.due ? 'the most urgent first' : 'the newest word first'}`}
      previousHref={before ? withQuery(PLATFORM.tickets, { ...filters, before }) : null}
      nextHref={after ? withQuery(PLATFORM.tickets, { ...filters, after }) : null}
    />
  );
}
