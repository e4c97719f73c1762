import type { Metadata } from 'next';
import { Suspense } from 'react';
import { buttonClass } from '@/components/ui/button';
import { Icon } from '@/components/ui/icon';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { RETENTION_YEARS } from '@/features/insight/audit/policy';
import { listAudit } from '@/features/insight/audit/queries';
import { type AuditQuery, auditQuery } from '@/features/insight/audit/schema';
import { AuditFilters } from '@/features/insight/audit/ui/audit-filters';
import { AuditLogTable } from '@/features/insight/audit/ui/audit-log-table';
import { VerifyLog } from '@/features/insight/audit/ui/verify-log';
import { load, staffPage } from '@/lib/actions/staff';
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
      exportHref={href(query, {}, paths.auditExport)}
      toolbar={
        <a
          href={href(query, { format: 'json' }, paths.auditExport)}
          download
          className={buttonClass({ variant: 'ghost', size: 'sm' })}
        >
          <Icon of="file-braces" /> Export JSON
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
