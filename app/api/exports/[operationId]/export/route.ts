import { openExport } from '@/features/fleet/operations/queries';
import { noQuery, staffDocument } from '@/lib/actions/exports';

/** Everything of the organization, opened while it is sent. */
export const GET = staffDocument({
  permission: 'organization:export',
  audit: 'organization.fetch-export',
  target: (_query, { operationId }) => `operation:${operationId}`,
  query: noQuery,
  document: async (ctx, _query, { operationId = '' }) => ({
    ...(await openExport(ctx, operationId)),
    contentType: 'application/zip',
  }),
});
