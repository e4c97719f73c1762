import type { Metadata } from 'next';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { listTimeline } from '@/features/platform/timeline/queries';
import { timelineQuery } from '@/features/platform/timeline/schema';
import { TimelineList } from '@/features/platform/timeline/ui/timeline-list';
import { platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { PLATFORM, paths } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

export const metadata: Metadata = { title: 'Timeline' };

export default async function TimelinePage({
  params,
  searchParams,
}: PageProps<'/platform/organizations/[id]/timeline'>) {
  const ctx = await platformPage('organizations:read');
  const { id } = await params;
  const query = timelineQuery.parse(await searchParams);
  const { name, entries, hasMoney, isFirst, after } = await load(listTimeline(ctx, id, query));
  const here = paths.platformTimeline(id);
  return (
    <>
      <PageHeader
        title="Timeline"
        breadcrumbs={[
          { label: 'Organizations', href: PLATFORM.organizations },
          { label: name, href: paths.platformOrganization(id) },
          { label: 'Timeline' },
        ]}
      />
      <div className="grid gap-4">
        <TimelineList entries={entries} hasMoney={hasMoney} />
        <Pagination
          summary={`${entries.length} shown, newest first`}
          previousLabel="Newest"
          previousHref={isFirst ? null : here}
          nextLabel="Older"
          nextHref={after ? withQuery(here, { after }) : null}
        />
      </div>
    </>
  );
}
