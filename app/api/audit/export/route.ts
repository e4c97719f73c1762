import { logResponse, ORGANIZATION_COLUMNS } from '@/features/insight/audit/export';
import { eachAuditEntry } from '@/features/insight/audit/queries';
import { auditQuery } from '@/features/insight/audit/schema';
import { staffRoute } from '@/lib/actions/staff';
import { recordAudit } from '@/lib/audit/record';
import { today } from '@/lib/time';

/** The log as filtered, as CSV or, with `?format=json`, one JSON object a line; streamed. */
export const GET = staffRoute('audit:read', async (ctx, request) => {
  const given = Object.fromEntries(new URL(request.url).searchParams);
  const entries = eachAuditEntry(ctx, auditQuery.parse(given));
  await recordAudit(ctx, { action: 'audit.export', target: 'audit:log' });
  return logResponse(`audit-log-${today(ctx.timeZone)}`, ORGANIZATION_COLUMNS, entries, given.format);
});
