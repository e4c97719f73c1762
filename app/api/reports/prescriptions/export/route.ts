import { prescribingLines } from '@/features/insight/prescribing/columns';
import { getPrescribing } from '@/features/insight/prescribing/queries';
import { prescribingExportQuery, prescribingRange } from '@/features/insight/prescribing/schema';
import { staffExport } from '@/lib/actions/exports';
import { today } from '@/lib/time';

/** A part of the report of what was prescribed. */
export const GET = staffExport({
  permission: 'reports:read',
  audit: 'report.export',
  target: ({ what }) => `report:prescribing-${what}`,
  query: prescribingExportQuery,
  name: (query, day) => {
    const { from, to } = prescribingRange(query, day);
    return `prescribing-${query.what}-${from}-${to}`;
  },
  rows: async (ctx, query) =>
    prescribingLines(await getPrescribing(ctx, prescribingRange(query, today(ctx.timeZone))), query.what),
});
