import { analyticsLines, reportLines } from '@/features/insight/reports/csv';
import { getAnalytics, getBasicReport } from '@/features/insight/reports/queries';
import { exportQuery, isOfAnalytics, rangeOf } from '@/features/insight/reports/schema';
import { staffRoute } from '@/lib/actions/staff';
import { recordAudit } from '@/lib/audit/record';
import { csvResponse } from '@/lib/csv';
import { today } from '@/lib/time';

/** A part of a report, or of the analytics, as CSV. */
export const GET = staffRoute('reports:read', async (ctx, request) => {
  const query = exportQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
  const range = rangeOf(query, today(ctx.timeZone));
  const { what } = query;
  const rows = isOfAnalytics(what)
    ? analyticsLines(await getAnalytics(ctx, range), what)
    : reportLines(await getBasicReport(ctx, range), what);
  await recordAudit(ctx, { action: 'report.export', target: `report:${what}` });
  return csvResponse(`report-${what}-${range.from}-${range.to}.csv`, rows);
});
