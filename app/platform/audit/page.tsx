import type { Metadata } from 'next';
import { Suspense } from 'react';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { VerifyLog } from '@/features/insight/audit/ui/verify-log';
import { findNamedOrganization, listPlatformAudit } from '@/features/platform/overview/queries/audit';
import { type PlatformAuditQuery, platformAuditQuery } from '@/features/platform/overview/schema';
import { AuditFilters } from '@/features/platform/overview/ui/audit-filters';
import { AuditTable } from '@/features/platform/overview/ui/audit-table';
import { type PlatformContext, platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { PLATFORM } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

export const metadata: Metadata = { title: 'Audit' };

export default async function AuditPage({ searchParams }: PageProps<'/platform/audit'>) {
  const ctx = await platformPage('audit:read');
  const query = platformAuditQuery.parse(await searchParams);
  const named = await load(findNamedOrganization(ctx, query.organization));
  return (
    <>
      <PageHeader
        title="Audit"
        description="What the company's people, the system and visitors did. What staff do is kept in their organization's own database."
      />
      <VerifyLog timeZone="UTC" source={PLATFORM.auditVerify} />
      <AuditFilters query={query} organization={named} />
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
      exportHref={withQuery(PLATFORM.auditExport, filters)}
      exportJsonHref={withQuery(PLATFORM.auditExport, { ...filters, format: 'json' })}
      nextHref={after ? withQuery(PLATFORM.audit, { ...filters, after }) : null}
    />
  );
}
