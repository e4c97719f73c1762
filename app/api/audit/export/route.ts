import { organizationLogColumns } from '@/features/insight/audit/columns';
import { eachAuditEntry } from '@/features/insight/audit/queries';
import { auditQuery } from '@/features/insight/audit/schema';
import { staffExport } from '@/lib/actions/exports';

/** The log as filtered, as CSV or, with `?format=json`, one JSON object a line; streamed. */
export const GET = staffExport({
  permission: 'audit:read',
  audit: 'audit.export',
  target: () => 'audit:log',
  query: auditQuery,
  name: (_query, day) => `audit-log-${day}`,
  columns: organizationLogColumns,
  rows: eachAuditEntry,
  orJson: true,
});
