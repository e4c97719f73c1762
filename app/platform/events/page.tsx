import type { Metadata } from 'next';
import { Suspense } from 'react';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { listStripeEvents } from '@/features/platform/overview/queries/events';
import { type EventListQuery, eventListQuery } from '@/features/platform/overview/schema';
import { eventsHref } from '@/features/platform/overview/ui/addresses';
import { EventsTable } from '@/features/platform/overview/ui/events-table';
import { EventsTabs } from '@/features/platform/overview/ui/events-tabs';
import { type PlatformContext, platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';

export const metadata: Metadata = { title: 'Events' };

export default async function EventsPage({ searchParams }: PageProps<'/platform/events'>) {
  const ctx = await platformPage('events:read');
  const query = eventListQuery.parse(await searchParams);
  return (
    <>
      <PageHeader
        title="Events"
        description="Everything Stripe has told us, and what came of it. Replaying is safe: it asks Stripe again and writes what is true now."
      />
      <EventsTabs />
      <Suspense fallback={<TableSkeleton columns={5} label="Loading events" />}>
        <Events ctx={ctx} query={query} />
      </Suspense>
    </>
  );
}

async function Events({ ctx, query }: { ctx: PlatformContext; query: EventListQuery }) {
  const { events, failed, before, after } = await load(listStripeEvents(ctx, query));
  const { outcome, kind } = query;
  return (
    <EventsTable
      rows={events}
      isFiltered={Boolean(outcome ?? kind)}
      failed={failed}
      summary={`${events.length} shown, newest first`}
      previousHref={before ? eventsHref({ outcome, kind, before }) : null}
      nextHref={after ? eventsHref({ outcome, kind, after }) : null}
    />
  );
}
