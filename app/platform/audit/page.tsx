import type { Metadata } from 'next';
import { Suspense } from 'react';
import { VerifyLog } from '@/components/audit/verify-log';
import { PLATFORM, withQuery } from '@/components/platform/addresses';
import { AuditFilters } from '@/components/platform/audit-filters';
import { AuditTable } from '@/components/platform/audit-table';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { type PlatformContext, platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { listPlatformAudit } from '@/lib/features/platform/queries/audit';
import { type PlatformAuditQuery, platformAuditQuery } from '@/lib/features/platform/schema';

export const metadata: Metadata = { title: 'Audit' };

export default async function AuditPage({ searchParams }: PageProps<'/platform/audit'>) {
  const ctx = await platformPage();
  const query = platformAuditQuery.parse(await searchParams);
  return (
    <>
      <PageHeader
        title="Audit"
        description="What the company's people, the system and visitors did. What staff do is kept in their organization's own database."
      />
      <VerifyLog timeZone="UTC" source="/api/platform/audit/verify" />
      <AuditFilters query={query} />
      <Suspense fallback={<TableSkeleton columns={5} label="Loading audit events" />}>
        <Entries ctx={ctx} query={query} />
      </Suspense>
    </>
  );
}

async function Entries({ ctx, query }: { ctx: PlatformContext; query: PlatformAuditQuery }) {
  const { entries, before, after } = await load(listPlatformAudit(ctx, query));
  const { after: _after, before: _before, ...filters } = query;
  return (
    <AuditTable
      rows={entries}
      isFiltered={Object.values(filters).some(Boolean)}
      summary={`${entries.length} shown, newest first`}
      previousHref={before ? withQuery(PLATFORM.audit, { ...filters, before }) : null}
      exportHref={withQuery('/api/platform/audit/export', filters)}
      exportJsonHref={withQuery('/api/platform/audit/export', { ...filters, format: 'json' })}
      nextHref={after ? withQuery(PLATFORM.audit, { ...filters, after }) : null}
    />
  );
}
