import type { Metadata } from 'next';
import { Suspense } from 'react';
import { ActionButton } from '@/components/forms/action-button';
import { May } from '@/components/layout/may';
import { Badge } from '@/components/ui/badge';
import { Section } from '@/components/ui/card';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { reconcileNowAction } from '@/features/platform/overview/actions';
import { listDrifts, type ReconciliationRun } from '@/features/platform/overview/queries/reconciliation';
import { type PageQuery, pageQuery } from '@/features/platform/overview/schema';
import { DriftsTable } from '@/features/platform/overview/ui/drifts-table';
import { EventsTabs } from '@/features/platform/overview/ui/events-tabs';
import { type PlatformContext, platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { PLATFORM } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { counted, inUtc } from '@/lib/words';

export const metadata: Metadata = { title: 'Reconciliation' };

export default async function ReconciliationPage({
  searchParams,
}: PageProps<'/platform/events/reconciliation'>) {
  const ctx = await platformPage('events:read');
  const query = pageQuery.parse(await searchParams);
  return (
    <>
      <PageHeader
        title="Events"
        description="Each night every organization is compared with what Stripe holds. What differs is put right and listed."
        actions={
          <May to="events:write">
            <ActionButton action={reconcileNowAction}>Compare now</ActionButton>
          </May>
        }
      />
      <EventsTabs />
      <Suspense fallback={<TableSkeleton columns={4} label="Loading differences" />}>
        <Reconciliation ctx={ctx} query={query} />
      </Suspense>
    </>
  );
}

async function Reconciliation({ ctx, query }: { ctx: PlatformContext; query: PageQuery }) {
  const { drifts, runs, before, after } = await load(listDrifts(ctx, query));
  return (
    <div className="grid gap-6">
      <Section title="Last comparisons" flush>
        {runs.length === 0 ? (
          <p className="px-5 py-4 text-sm text-text-muted">None has run yet. The first one comes tonight.</p>
        ) : (
          <ul className="divide-y divide-border">
            {runs.map((run) => (
              <li
                key={run.id}
                className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1 px-4 py-2.5 text-sm sm:px-5"
              >
                <span className="text-text">{inUtc(run.startedAt)}</span>
                <span className="text-[0.8125rem] text-text-muted">
                  {counted(run.compared, 'organization')}, {run.drifted} differed, {run.failed} could not be
                  compared
                </span>
                <RunBadge run={run} />
              </li>
            ))}
          </ul>
        )}
      </Section>
      <DriftsTable
        rows={drifts}
        summary={`${drifts.length} shown, newest first`}
        previousHref={before ? withQuery(PLATFORM.reconciliation, { before }) : null}
        nextHref={after ? withQuery(PLATFORM.reconciliation, { after }) : null}
      />
    </div>
  );
}

function RunBadge({ run }: { run: ReconciliationRun }) {
  if (!run.finishedAt) return <Badge tone="info">Running</Badge>;
  if (run.failed > 0) return <Badge tone="danger">Incomplete</Badge>;
  return run.drifted > 0 ? (
    <Badge tone="warning">Put right</Badge>
  ) : (
    <Badge tone="success">No difference</Badge>
  );
}
