import type { Metadata } from 'next';
import { Suspense } from 'react';
import { PageHeader } from '@/components/ui/page-header';
import { Skeleton, TableSkeleton } from '@/components/ui/skeleton';
import { Stat, StatGrid } from '@/components/ui/stat';
import { HEALTH_LABEL, HEALTH_LEVELS, HEALTH_RANGE, type HealthLevel } from '@/features/fleet/usage/policy';
import { countLevels, listUsage, usageSortOf } from '@/features/fleet/usage/queries';
import { type UsageListQuery, usageListQuery } from '@/features/fleet/usage/schema';
import { UsageTable } from '@/features/fleet/usage/ui/usage-table';
import { type PlatformContext, platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { PLATFORM } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { counted } from '@/lib/words';

export const metadata: Metadata = { title: 'Usage' };

const HINT: Record<HealthLevel, string> = {
  risk: `score up to ${HEALTH_RANGE.risk[1]}: talk to them`,
  watch: `score ${HEALTH_RANGE.watch[0]} to ${HEALTH_RANGE.watch[1]}`,
  good: `score from ${HEALTH_RANGE.good[0]}`,
};

export default async function UsagePage({ searchParams }: PageProps<'/platform/usage'>) {
  const ctx = await platformPage('usage:read');
  const query = usageListQuery.parse(await searchParams);
  return (
    <>
      <PageHeader
        title="Usage"
        description="What each customer uses, and who may be about to leave. Counted every hour: figures only, never a record."
      />
      <div className="grid gap-6">
        <Suspense fallback={<Skeleton className="h-28 rounded-lg" />}>
          <Levels ctx={ctx} />
        </Suspense>
        <Suspense fallback={<TableSkeleton columns={6} label="Loading usage" />}>
          <Organizations ctx={ctx} query={query} />
        </Suspense>
      </div>
    </>
  );
}

async function Levels({ ctx }: { ctx: PlatformContext }) {
  const counts = await load(countLevels(ctx));
  return (
    <StatGrid className="lg:grid-cols-3">
      {HEALTH_LEVELS.map((level) => (
        <Stat
          key={level}
          label={HEALTH_LABEL[level]}
          value={counts[level].toLocaleString('en-US')}
          hint={HINT[level]}
          href={withQuery(PLATFORM.usage, { health: level })}
        />
      ))}
    </StatGrid>
  );
}

async function Organizations({ ctx, query }: { ctx: PlatformContext; query: UsageListQuery }) {
  const { organizations, before, after } = await load(listUsage(ctx, query));
  const { q, health, sort } = query;
  return (
    <UsageTable
      rows={organizations}
      sort={usageSortOf(query)}
      isFiltered={Boolean(q || health)}
      canSort={!q && !health}
      summary={counted(organizations.length, 'organization')}
      previousHref={before ? withQuery(PLATFORM.usage, { q, health, sort, before }) : null}
      nextHref={after ? withQuery(PLATFORM.usage, { q, health, sort, after }) : null}
    />
  );
}
