import 'server-only';
import { STATUS_LABEL } from '@/features/frontdesk/appointments/policy';
import type { TenantContext } from '@/lib/tenancy/context';
import { plainCount, shortDay } from '@/lib/words';
import { inPercent } from '../labels';
import type { BasicReport } from '../queries';
import type { Range } from '../schema';
import { changeOf } from '../summary';
import { letterhead, minutesOr, noShows } from './letterhead';

/** What /reports shows, as a PDF. */
export async function basicReportPdf(
  ctx: TenantContext,
  report: BasicReport,
  range: Range,
  now = new Date(),
): Promise<Buffer> {
  const sheet = await letterhead(ctx, 'Report', range, now);
  const { now: figures, before } = report;
  const change = (key: 'registered' | 'visits' | 'missed') =>
    `${changeOf(figures[key], before[key]).text} to the period before`;
  sheet.figures([
    { label: 'Patients registered', value: plainCount(figures.registered), hint: change('registered') },
    { label: 'Visits', value: plainCount(figures.visits), hint: change('visits') },
    { label: 'No-shows', value: noShows(figures), hint: `${figures.missed} of ${figures.due} appointments` },
    {
      label: 'Wait to the doctor',
      value: minutesOr(figures.medianWaitMinutes),
      hint: `before: ${minutesOr(before.medianWaitMinutes)}`,
    },
  ]);
  if (report.days.length > 1)
    sheet.bars({
      label: 'Visits per day',
      values: report.days.map(({ day, visits }) => ({ label: shortDay(day), value: visits })),
      format: plainCount,
    });
  sheet.heading('Appointments by status');
  sheet.table(
    [
      { label: 'Status', cell: ({ status }) => STATUS_LABEL[status] },
      { label: 'Appointments', cell: ({ count }) => plainCount(count), width: 90 },
      {
        label: 'Share',
        cell: ({ count }) => (figures.booked > 0 ? inPercent(count / figures.booked) : '\u2013'),
        width: 70,
      },
      { label: 'Before', cell: (row) => plainCount(row.before), width: 70 },
    ],
    report.appointments,
    'No appointments in these days.',
  );
  sheet.heading('Visits per doctor');
  sheet.table(
    [
      { label: 'Doctor', cell: ({ name }) => name },
      { label: 'Visits', cell: ({ visits }) => plainCount(visits), width: 80 },
      { label: 'Before', cell: (row) => plainCount(row.before), width: 80 },
    ],
    report.doctors,
    'No visit of these days has a doctor.',
  );
  sheet.heading('Medicines dispensed', 'Units given out, less what came back.');
  sheet.table(
    [
      { label: 'Medicine', cell: ({ name }) => name },
      { label: 'Dispensed', cell: ({ quantity, unit }) => `${plainCount(quantity)} ${unit}`, width: 120 },
    ],
    report.dispensed,
    'Nothing was dispensed in these days.',
  );
  sheet.heading('Stock on the day of printing');
  const { lowStock, expiring, expired } = report.medicines;
  sheet.figures([
    { label: 'Low or out', value: String(lowStock), hint: 'medicines' },
    { label: 'Expire within 90 days', value: String(expiring), hint: 'batches' },
    { label: 'Expired', value: String(expired), hint: 'batches' },
  ]);
  return sheet.finish();
}
