import type { Metadata } from 'next';
import { Suspense } from 'react';
import { eventsHref } from '@/components/platform/addresses';
import { EventsTable } from '@/components/platform/events-table';
import { EventsTabs } from '@/components/platform/events-tabs';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { type PlatformContext, platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { listStripeEvents } from '@/lib/features/platform/queries/events';
import { type EventListQuery, eventListQuery } from '@/lib/features/platform/schema';

export const metadata: Metadata = { title: 'Events' };

export default async function EventsPage({ searchParams }: PageProps<'/platform/events'>) {
  const ctx = await platformPage();
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
