import { staffRoute } from '@/lib/actions/staff';
import { recordAudit } from '@/lib/audit/record';
import { csvLine, csvResponse } from '@/lib/csv';
import { type BasicReport, getBasicReport } from '@/lib/features/reports/queries';
import { type EXPORTS, exportQuery, rangeOf } from '@/lib/features/reports/schema';
import { today } from '@/lib/time';

/** A report as CSV: its days, its doctors or its medicines. */
export const GET = staffRoute('reports:read', async (ctx, request) => {
  const query = exportQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
  const range = rangeOf(query, today(ctx.timeZone));
  const report = await getBasicReport(ctx, range);
  await recordAudit(ctx, { action: 'report.export', target: `report:${query.what}` });
  return csvResponse(`report-${query.what}-${range.from}-${range.to}.csv`, lines(report, query.what));
});

async function* lines(report: BasicReport, what: (typeof EXPORTS)[number]): AsyncGenerator<string> {
  switch (what) {
    case 'days':
      yield csvLine([
        'Day',
        'Patients registered',
        'Visits',
        'Left before the end',
        'Appointments',
        'No-shows',
        'Median minutes to the doctor',
        '90th percentile',
        'Medicine units dispensed',
      ]);
      for (const one of report.days)
        yield csvLine([
          one.day,
          one.registered,
          one.visits,
          one.left,
          one.booked,
          one.missed,
          one.medianWaitMinutes,
          one.p90WaitMinutes,
          one.dispensed,
        ]);
      return;
    case 'doctors':
      yield csvLine(['Doctor', 'Visits', 'Visits in the period before']);
      for (const { name, visits, before } of report.doctors) yield csvLine([name, visits, before]);
      return;
    case 'medicines':
      yield csvLine(['Medicine', 'Unit', 'Dispensed']);
      for (const { name, unit, quantity } of report.dispensed) yield csvLine([name, unit, quantity]);
  }
}
