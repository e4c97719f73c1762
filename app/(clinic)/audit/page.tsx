import { FileJson } from 'lucide-react';
import type { Metadata } from 'next';
import { Suspense } from 'react';
import { AuditFilters } from '@/components/audit/audit-filters';
import { AuditLogTable } from '@/components/audit/audit-log-table';
import { VerifyLog } from '@/components/audit/verify-log';
import { buttonClass } from '@/components/ui/button';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { load, staffPage } from '@/lib/actions/staff';
import { RETENTION_YEARS } from '@/lib/features/audit/policy';
import { listAudit } from '@/lib/features/audit/queries';
import { type AuditQuery, auditQuery } from '@/lib/features/audit/schema';
import { paths } from '@/lib/paths';
import type { TenantContext } from '@/lib/tenancy/context';

export const metadata: Metadata = { title: 'Audit log' };

export default async function AuditPage({ searchParams }: PageProps<'/audit'>) {
  const ctx = await staffPage('audit:read');
  const query = auditQuery.parse(await searchParams);
  const years = RETENTION_YEARS[ctx.organization.plan];
  return (
    <>
      <PageHeader
        title="Audit log"
        description={`Who did what, and who looked. Kept for ${years === 1 ? 'one year' : `${years} years`} on your plan.`}
      />
      <VerifyLog timeZone={ctx.timeZone} />
      <AuditFilters query={query} />
      <Suspense fallback={<TableSkeleton rows={8} columns={5} label="Loading the audit log" />}>
        <Entries ctx={ctx} query={query} />
      </Suspense>
    </>
  );
}

async function Entries({ ctx, query }: { ctx: TenantContext; query: AuditQuery }) {
  const { entries, older, newer } = await load(listAudit(ctx, query));
  return (
    <AuditLogTable
      rows={entries}
      timeZone={ctx.timeZone}
      isFiltered={Boolean(
        query.from || query.to || query.actor || query.action || query.target || query.result,
      )}
      previousHref={newer ? href(query, { after: String(newer) }) : null}
      nextHref={older ? href(query, { before: String(older) }) : null}
      exportHref={href(query, {}, '/api/audit/export')}
      toolbar={
        <a
          href={href(query, { format: 'json' }, '/api/audit/export')}
          download
          className={buttonClass({ variant: 'ghost', size: 'sm' })}
        >
          <FileJson aria-hidden="true" /> Export JSON
        </a>
      }
    />
  );
}

function href(query: AuditQuery, more: Record<string, string>, path: string = paths.audit): string {
  const { before: _, after: __, ...filters } = query;
  const given = Object.entries({ ...filters, ...more }).filter(([, value]) => value !== undefined);
  const search = new URLSearchParams(given as [string, string][]);
  return search.size > 0 ? `${path}?${search}` : path;
}
