import { companyLogColumns } from '@/features/insight/audit/columns';
import { eachPlatformAuditEntry } from '@/features/platform/overview/queries/audit';
import { platformAuditQuery } from '@/features/platform/overview/schema';
import { platformExport } from '@/lib/actions/exports';

/** The company's log as filtered, as CSV or, with `?format=json`, one JSON object a line; streamed. */
export const GET = platformExport({
  permission: 'audit:read',
  audit: 'audit.export',
  query: platformAuditQuery,
  name: (_query, day) => `company-log-${day}`,
  columns: companyLogColumns,
  rows: eachPlatformAuditEntry,
  orJson: true,
});
