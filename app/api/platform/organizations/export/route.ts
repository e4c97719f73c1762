import { organizationColumns } from '@/features/platform/overview/columns';
import { eachOrganizationSummary } from '@/features/platform/overview/queries/organizations';
import { organizationListQuery } from '@/features/platform/overview/schema';
import { platformExport } from '@/lib/actions/exports';

/** The organizations that the list shows with this address, all of them. */
export const GET = platformExport({
  permission: 'organizations:export',
  audit: 'organization.export',
  query: organizationListQuery,
  name: (_query, day) => `organizations-${day}`,
  columns: organizationColumns,
  rows: eachOrganizationSummary,
});
