import type { Metadata } from 'next';
import { Suspense } from 'react';
import { May } from '@/components/layout/may';
import { ExportLinks } from '@/components/ui/export-links';
import { PageHeader } from '@/components/ui/page-header';
import { TableSkeleton } from '@/components/ui/skeleton';
import { listTemplates } from '@/features/fleet/demos/queries';
import { DemoDialog } from '@/features/fleet/demos/ui/demo-dialog';
import { listOrganizations, sortOf } from '@/features/platform/overview/queries/organizations';
import { type OrganizationListQuery, organizationListQuery } from '@/features/platform/overview/schema';
import { organizationsHref } from '@/features/platform/overview/ui/addresses';
import { OrganizationList } from '@/features/platform/overview/ui/organization-list';
import { type PlatformContext, platformPage } from '@/lib/actions/platform';
import { load } from '@/lib/actions/staff';
import { PLATFORM } from '@/lib/paths';
import { withQuery } from '@/lib/query-words';

export const metadata: Metadata = { title: 'Organizations' };

const filtersOf = ({ q, status, plan, kind, sort }: OrganizationListQuery) => ({
  q,
  status,
  plan,
  kind,
  sort,
});

export default async function OrganizationsPage({ searchParams }: PageProps<'/platform/organizations'>) {
  const ctx = await platformPage('organizations:read');
  const query = organizationListQuery.parse(await searchParams);
  const templates = await load(listTemplates(ctx));
  return (
    <>
      <PageHeader
        title="Organizations"
        description="Status, plan, use against limits, and what they pay."
        actions={
          <>
            <May to="demos:write">
              <DemoDialog templates={templates} />
            </May>
            <May to="organizations:export">
              <ExportLinks href={withQuery(PLATFORM.organizationsExport, filtersOf(query))} />
            </May>
          </>
        }
      />
      <Suspense fallback={<TableSkeleton columns={6} label="Loading organizations" />}>
        <Organizations ctx={ctx} query={query} />
      </Suspense>
    </>
  );
}

async function Organizations({ ctx, query }: { ctx: PlatformContext; query: OrganizationListQuery }) {
  const { organizations, count, isCountExact, before, after } = await load(listOrganizations(ctx, query));
  const list = filtersOf(query);
  const all = isCountExact ? count.toLocaleString('en-US') : `more than ${count.toLocaleString('en-US')}`;
  return (
    <OrganizationList
      organizations={organizations}
      sort={sortOf(query)}
      isSearch={Boolean(query.q)}
      isFiltered={Boolean(query.q || query.status || query.plan || query.kind)}
      summary={
        organizations.length === count
          ? `${all} ${count === 1 ? 'organization' : 'organizations'}`
          : `${organizations.length} of ${all}`
      }
      previousHref={before ? organizationsHref({ ...list, before }) : null}
      nextHref={after ? organizationsHref({ ...list, after }) : null}
    />
  );
}
