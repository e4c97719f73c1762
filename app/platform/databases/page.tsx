import type { Metadata } from 'next';
import { Suspense } from 'react';
import { Alert } from '@/components/ui/alert';
import { Card, Section } from '@/components/ui/card';
import { DescriptionList } from '@/components/ui/description-list';
import { EmptyState } from '@/components/ui/empty-state';
import { Icon } from '@/components/ui/icon';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Skeleton, TableSkeleton } from '@/components/ui/skeleton';
import { findRestoreProof } from '@/features/fleet/operations/queries';
import { connections, readiness } from '@/features/fleet/status/readiness';
import { getForecast, listCells, listDatabases } from '@/features/platform/overview/queries/databases';
import { type PageQuery, pageQuery } from '@/features/platform/overview/schema';
import { CellList } from '@/features/platform/overview/ui/cell-list';
import { DatabaseTable } from '@/features/platform/overview/ui/database-table';
import { type PlatformContext, platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { PLATFORM } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';
import { counted, inLatency, inUtc } from '@/lib/words';

export const metadata: Metadata = { title: 'Databases' };

export default async function DatabasesPage({ searchParams }: PageProps<'/platform/databases'>) {
  const ctx = await platformPage('databases:read');
  const query = pageQuery.parse(await searchParams);
  return (
    <>
      <PageHeader
        title="Databases"
        description="Each organization's own database, asked now. Only sizes and counts are read, never what is inside."
      />
      <div className="grid gap-4">
        <Suspense fallback={<TableSkeleton columns={6} label="Loading databases" />}>
          <Databases ctx={ctx} query={query} />
        </Suspense>
        <Suspense fallback={<Skeleton className="h-40 rounded-lg" />}>
          <Cells ctx={ctx} />
        </Suspense>
        <Suspense fallback={<Skeleton className="h-24" />}>
          <RestoreProof />
        </Suspense>
        <Connections />
        <Suspense fallback={<Skeleton className="h-4 w-72" />}>
          <Engine />
        </Suspense>
      </div>
    </>
  );
}

async function Databases({ ctx, query }: { ctx: PlatformContext; query: PageQuery }) {
  const { databases, before, after, schemaVersion } = await load(listDatabases(ctx, query));
  if (databases.length === 0) {
    return (
      <Card>
        <EmptyState icon={<Icon of="database" />} title="No databases yet">
          The first one is made as soon as a hospital has paid.
        </EmptyState>
      </Card>
    );
  }
  return (
    <>
      <DatabaseTable rows={databases} />
      <Pagination
        label="Pages of databases"
        summary={`${databases.length} shown, the newest schema is ${schemaVersion}`}
        previousHref={before ? withQuery(PLATFORM.databases, { before }) : null}
        nextHref={after ? withQuery(PLATFORM.databases, { after }) : null}
      />
    </>
  );
}

/** The clusters that organizations share; each has its own limits. */
async function Cells({ ctx }: { ctx: PlatformContext }) {
  const now = new Date();
  const [cells, forecast] = await load(Promise.all([listCells(ctx), getForecast(ctx, now)]));
  return <CellList cells={cells} forecast={forecast} now={now} />;
}

/** Backups count only when they come back: one is restored every night. */
async function RestoreProof() {
  const { greenAt, fault } = await load(findRestoreProof());
  if (fault) {
    return (
      <Alert tone="danger" title="The last backup that was tried did not come back whole">
        {fault}
      </Alert>
    );
  }
  return (
    <Section
      title="Backups"
      description="Every night each database is backed up, and one backup is restored on trial."
    >
      <DescriptionList
        items={[{ label: 'Last trial without a fault', value: greenAt ? inUtc(greenAt) : 'None yet' }]}
      />
    </Section>
  );
}

/** How this process holds the organizations' databases; the same numbers are at /api/metrics. */
function Connections() {
  const { clients, handles, waiting, shareRefusals } = connections();
  const rows = [
    { label: 'Organizations open', value: `${handles.open} of at most ${handles.max}` },
    { label: 'Database clients open', value: `${clients.open} of at most ${clients.max}` },
    { label: 'In use now', value: String(handles.leases) },
    { label: 'Closed to make room', value: String(handles.evicted + clients.evicted) },
    { label: 'Closed after being idle', value: String(handles.expired + clients.expired) },
    { label: 'Could not be opened', value: String(handles.failed) },
    { label: 'Turned away when full', value: String(handles.refused + clients.refused) },
    { label: 'Waiting for a fair share', value: `${waiting}; ${shareRefusals} turned away` },
  ];
  return (
    <Section title="Connections of this process" description="Now, and since it was started.">
      <DescriptionList items={rows} columns={3} />
    </Section>
  );
}

async function Engine() {
  const { database, tenants } = await readiness();
  return (
    <footer className="border-border border-t pt-4 text-[0.8125rem] text-text-muted">
      {database ? (
        <p>
          Database engine: <span className="font-medium text-text">{database.engine}</span>, version{' '}
          {database.version}. The master database answered in {inLatency(database.latencyMs)}; this process
          has {counted(tenants.openClients, 'organization')} open.
        </p>
      ) : (
        <p>The master database did not answer.</p>
      )}
    </footer>
  );
}
