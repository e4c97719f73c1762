import { analyticsLines, reportLines } from '@/features/insight/reports/csv';
import { getAnalytics, getBasicReport, readRange } from '@/features/insight/reports/queries';
import { exportQuery, isOfAnalytics, rangeOf } from '@/features/insight/reports/schema';
import { staffExport } from '@/lib/actions/exports';

/** A part of a report, or of the analytics. */
export const GET = staffExport({
  permission: 'reports:read',
  audit: 'report.export',
  target: ({ what }) => `report:${what}`,
  query: exportQuery,
  name: (query, day) => {
    const { from, to } = rangeOf(query, day);
    return `report-${query.what}-${from}-${to}`;
  },
  rows: async (ctx, query) => {
    const range = readRange(ctx, query);
    const { what } = query;
    return isOfAnalytics(what)
      ? analyticsLines(await getAnalytics(ctx, range), what)
      : reportLines(await getBasicReport(ctx, range), what);
  },
});
