import type { Metadata } from 'next';
import { Suspense } from 'react';
import { May } from '@/components/layout/may';
import { AddressSelect } from '@/components/ui/address-select';
import { Section } from '@/components/ui/card';
import { ExportLinks } from '@/components/ui/export-links';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { optionsOf } from '@/components/ui/select';
import { Skeleton, TableSkeleton } from '@/components/ui/skeleton';
import { Stat, StatGrid } from '@/components/ui/stat';
import { MOODS } from '@/features/support/feedback/policy';
import { listFeedback, summarizeFeedback } from '@/features/support/feedback/queries';
import { type FeedbackListQuery, feedbackListQuery } from '@/features/support/feedback/schema';
import { FeedbackList } from '@/features/support/feedback/ui/feedback-list';
import { type PlatformContext, platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { PLATFORM } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { counted } from '@/lib/words';

export const metadata: Metadata = { title: 'Feedback' };

export default async function FeedbackPage({ searchParams }: PageProps<'/platform/feedback'>) {
  const ctx = await platformPage('feedback:read');
  const query = feedbackListQuery.parse(await searchParams);
  const { mood, unread, organization } = query;
  return (
    <>
      <PageHeader
        title="Feedback"
        description="What people of the hospitals say of the product, from their menu."
        actions={
          <May to="feedback:write">
            <ExportLinks href={withQuery(PLATFORM.feedbackExport, { mood, unread, organization })} />
          </May>
        }
      />
      <div className="grid gap-6">
        <Suspense fallback={<Skeleton className="h-28 rounded-lg" />}>
          <Summary ctx={ctx} />
        </Suspense>
        <div className="flex flex-wrap gap-3">
          <AddressSelect name="mood" label="Mood" all="Any mood" options={optionsOf(MOODS)} />
          <AddressSelect
            name="unread"
            label="Read"
            all="Read and new"
            options={[{ value: '1', label: 'New only' }]}
          />
        </div>
        <Suspense fallback={<TableSkeleton columns={3} label="Loading feedback" />}>
          <Entries ctx={ctx} query={query} />
        </Suspense>
      </div>
    </>
  );
}

async function Summary({ ctx }: { ctx: PlatformContext }) {
  const { mean, total, unread, moods } = await load(summarizeFeedback(ctx));
  const bad = moods.filter(({ mood }) => mood <= '2').reduce((sum, { count }) => sum + count, 0);
  return (
    <StatGrid className="lg:grid-cols-3">
      <Stat
        label="Mean of 30 days"
        value={mean === null ? '–' : `${mean.toFixed(1)} of 5`}
        hint={counted(total, 'answer')}
      />
      <Stat label="Hard or very hard" value={String(bad)} hint="in 30 days" />
      <Stat
        label="New"
        value={String(unread)}
        hint="nobody has read them"
        href={withQuery(PLATFORM.feedback, { unread: '1' })}
      />
    </StatGrid>
  );
}

async function Entries({ ctx, query }: { ctx: PlatformContext; query: FeedbackListQuery }) {
  const { entries, before, after } = await load(listFeedback(ctx, query));
  const { mood, unread, organization } = query;
  const page = (cursor: { before?: string; after?: string }) =>
    withQuery(PLATFORM.feedback, { mood, unread, organization, ...cursor });
  return (
    <Section title="Answers" flush>
      <FeedbackList entries={entries} isFiltered={Boolean(mood || unread || organization)} />
      <Pagination
        label="Pages of feedback"
        summary={`${entries.length} shown`}
        previousHref={before ? page({ before }) : null}
        nextHref={after ? page({ after }) : null}
      />
    </Section>
  );
}
