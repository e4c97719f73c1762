import { staffRoute } from '@/lib/actions/staff';
import { recordAudit } from '@/lib/audit/record';
import { csvLine, csvResponse } from '@/lib/csv';
import {
  type Analytics,
  type BasicReport,
  getAnalytics,
  getBasicReport,
} from '@/lib/features/reports/queries';
import { MONTHS_AFTER } from '@/lib/features/reports/retention';
import {
  type ANALYTICS_EXPORTS,
  type EXPORTS,
  exportQuery,
  isOfAnalytics,
  rangeOf,
} from '@/lib/features/reports/schema';
import { countUpTo } from '@/lib/features/reports/words';
import { today } from '@/lib/time';

/** A part of a report, or of the analytics, as CSV. */
export const GET = staffRoute('reports:read', async (ctx, request) => {
  const query = exportQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
  const range = rangeOf(query, today(ctx.timeZone));
  const { what } = query;
  const rows = isOfAnalytics(what)
    ? analyticsLines(await getAnalytics(ctx, range), what)
    : lines(await getBasicReport(ctx, range), what);
  await recordAudit(ctx, { action: 'report.export', target: `report:${what}` });
  return csvResponse(`report-${what}-${range.from}-${range.to}.csv`, rows);
});

const percentOf = (share: number | null): number | null => (share === null ? null : Math.round(share * 100));

async function* analyticsLines(
  { utilisation, cohorts, days, recalls }: Analytics,
  what: (typeof ANALYTICS_EXPORTS)[number],
): AsyncGenerator<string> {
  switch (what) {
    case 'utilisation':
      yield csvLine([
        'Doctor',
        'Days',
        'Minutes there',
        'Minutes booked',
        'Minutes of no-shows',
        'Minutes with patients',
        'Booked %',
        'With patients %',
        'Booked % before',
        'With patients % before',
      ]);
      for (const one of utilisation.doctors)
        yield csvLine([
          one.name,
          one.days,
          one.hasMinutes,
          one.bookedMinutes,
          one.missedMinutes,
          one.workedMinutes,
          percentOf(one.bookedShare),
          percentOf(one.workedShare),
          percentOf(one.bookedShareBefore),
          percentOf(one.workedShareBefore),
        ]);
      return;
    case 'rooms':
      yield csvLine(['Room', 'Days', 'Patients', 'Minutes in use', 'In use %', 'In use % before']);
      for (const one of utilisation.rooms)
        yield csvLine([
          one.room,
          one.days,
          one.patients,
          one.workedMinutes,
          percentOf(one.workedShare),
          percentOf(one.workedShareBefore),
        ]);
      return;
    case 'retention':
      yield csvLine([
        'Month of the first visit',
        'New patients',
        ...MONTHS_AFTER.map((after) => `Came ${after} ${after === 1 ? 'month' : 'months'} later`),
      ]);
      for (const { month, patients, again } of cohorts) yield csvLine([month, patients, ...again]);
      return;
    case 'returning':
      yield csvLine(['Day', 'Visits', 'First visits', 'Returning']);
      for (const { day, visits, newPatients, returning } of days)
        yield csvLine([day, visits, newPatients, returning]);
      return;
    case 'recalls':
      yield csvLine(['Due 12 months after the last visit', 'Patients with nothing booked']);
      for (const one of recalls) yield csvLine([one.due, countUpTo(one)]);
  }
}

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
