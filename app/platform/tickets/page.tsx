import type { Metadata } from 'next';
import { Suspense } from 'react';
import { PLATFORM, withQuery } from '@/components/platform/addresses';
import { counted } from '@/components/platform/words';
import { DeskTable } from '@/components/tickets/desk-table';
import { DeskTabs } from '@/components/tickets/desk-tabs';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { type PlatformContext, platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { listDesk } from '@/lib/features/tickets/queries';
import { type DeskQuery, deskQuery } from '@/lib/features/tickets/schema';

export const metadata: Metadata = { title: 'Tickets' };

export default async function TicketsPage({ searchParams }: PageProps<'/platform/tickets'>) {
  const ctx = await platformPage();
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
