import 'server-only';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { openSheet, type Sheet } from '@/lib/pdf/sheet';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay, formatInstant } from '@/lib/time';
import { STATUS_LABEL } from '../appointments/policy';
import { STATION_LABEL } from '../queue/policy';
import type { Analytics, BasicReport } from './queries';
import { type Cohort, MONTHS_AFTER } from './retention';
import type { Range } from './schema';
import { changeOf } from './summary';
import { OPEN_HOURS } from './utilisation';
import {
  countUpTo,
  dueName,
  inHours,
  inMinutes,
  inPercent,
  inShare,
  monthName,
  plainCount,
  shortDay,
} from './words';

const periodOf = ({ from, to, days }: Range): string =>
  days === 1 ? formatDay(from) : `${formatDay(from)} to ${formatDay(to)}, ${days} days`;
const minutesOr = (minutes: number | null): string => (minutes === null ? '\u2013' : inMinutes(minutes));
const noShows = ({ missed, due }: { missed: number; due: number }): string =>
  due > 0 ? inPercent(missed / due) : '\u2013';

/** A sheet under the hospital's letterhead. */
async function letterhead(ctx: TenantContext, title: string, range: Range, now: Date): Promise<Sheet> {
  const row = await (await organizationModel())
    .findById(objectId(ctx.organizationId))
    .select('phone email')
    .lean();
  return openSheet({
    organization: ctx.organization.name,
    contact: [row?.phone, row?.email].filter(Boolean).join('  \u00b7  '),
    title,
    period: periodOf(range),
    printed: `${ctx.actor.name}, ${formatInstant(now, ctx.timeZone)}`,
  });
}

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

/** What /reports/analytics shows, as a PDF. */
export async function analyticsPdf(
  ctx: TenantContext,
  analytics: Analytics,
  range: Range,
  now = new Date(),
): Promise<Buffer> {
  const sheet = await letterhead(ctx, 'Analytics', range, now);
  const { totals, bottleneck, days, hours, waitBands, stations, doctors, forecast } = analytics;
  sheet.figures([
    { label: 'Visits', value: plainCount(totals.visits), hint: `${totals.registered} new patients` },
    { label: 'No-shows', value: noShows(totals), hint: `${totals.missed} of ${totals.due} appointments` },
    {
      label: 'Wait to the doctor, median',
      value: minutesOr(totals.medianWaitMinutes),
      hint: `90 % within ${minutesOr(totals.p90WaitMinutes)}`,
    },
    {
      label: 'Bottleneck',
      value: bottleneck ? STATION_LABEL[bottleneck.station] : '\u2013',
      hint: bottleneck
        ? `${inHours(Math.round(bottleneck.waitedMs / 60_000))} waited there`
        : 'nobody waited',
    },
  ]);
  sheet.bars({
    label: 'Appointments kept per day',
    values: days.map(({ day, kept }) => ({ label: shortDay(day), value: kept })),
    format: plainCount,
  });
  sheet.bars({
    label: 'Patients arriving by hour, on a day',
    values: hours.map(({ hour, patientsPerDay }) => ({ label: `${hour}:00`, value: patientsPerDay })),
    format: (value) => value.toFixed(1),
  });
  sheet.heading('How long patients wait for the doctor');
  sheet.table(
    [
      { label: 'Minutes from check-in', cell: ({ label }) => label },
      { label: 'Patients', cell: ({ patients }) => plainCount(patients), width: 90 },
    ],
    waitBands,
    'Nobody was seen in these days.',
  );
  sheet.heading('Stations', 'Time in line at each, until somebody begins.');
  sheet.table(
    [
      { label: 'Station', cell: ({ station }) => STATION_LABEL[station] },
      { label: 'Patients', cell: ({ patients }) => plainCount(patients), width: 80 },
      { label: 'Median', cell: ({ medianMinutes }) => minutesOr(medianMinutes), width: 80 },
      { label: '90 %', cell: ({ p90Minutes }) => minutesOr(p90Minutes), width: 80 },
    ],
    stations.filter(({ patients }) => patients > 0),
    'No station has seen a patient in these days.',
  );
  sheet.heading('Doctors', "Time between start and end of the doctor's step.");
  sheet.table(
    [
      { label: 'Doctor', cell: ({ name }) => name },
      { label: 'Visits', cell: ({ visits }) => plainCount(visits), width: 80 },
      { label: 'With patients', cell: ({ busyMinutes }) => inHours(busyMinutes), width: 100 },
    ],
    doctors,
    'No visit of these days has a doctor.',
  );
  sheet.bars({
    label: 'First visits per day',
    values: days.map(({ day, newPatients }) => ({ label: shortDay(day), value: newPatients })),
    format: plainCount,
  });
  sheet.heading(
    'New patients who came again',
    'By month of the first visit: the share who came so many months later, each patient once a month.',
  );
  sheet.table(
    [
      { label: 'First visit', cell: ({ month }) => monthName(month) },
      { label: 'New', cell: ({ patients }) => plainCount(patients), width: 45 },
      ...MONTHS_AFTER.map((after, index) => ({
        label: `+${after}`,
        cell: ({ again, patients }: Cohort) => {
          const came = again[index] ?? null;
          return came === null ? '' : inShare(patients > 0 ? came / patients : null);
        },
        width: 35,
      })),
    ],
    analytics.cohorts.filter(({ patients }) => patients > 0),
    'Nobody came for the first time in these twelve months.',
  );
  sheet.heading(
    "Use of doctors' time",
    `Against ${OPEN_HOURS} on each day with an appointment or a patient; in brackets the period before.`,
  );
  const besides = (share: number | null, before: number | null): string =>
    `${inShare(share)} (${inShare(before)})`;
  sheet.table(
    [
      { label: 'Doctor', cell: ({ name }) => name },
      { label: 'Days', cell: (row) => plainCount(row.days), width: 45 },
      { label: 'Booked', cell: (row) => besides(row.bookedShare, row.bookedShareBefore), width: 95 },
      { label: 'No-shows', cell: ({ missedMinutes }) => inHours(missedMinutes), width: 85 },
      { label: 'With patients', cell: (row) => besides(row.workedShare, row.workedShareBefore), width: 95 },
    ],
    analytics.utilisation.doctors,
    'No doctor had an appointment or a patient in these days.',
  );
  sheet.heading('Use of rooms', 'Time with a patient in each room that patients were called to.');
  sheet.table(
    [
      { label: 'Room', cell: ({ room }) => room },
      { label: 'Days', cell: (row) => plainCount(row.days), width: 45 },
      { label: 'Patients', cell: ({ patients }) => plainCount(patients), width: 80 },
      { label: 'In use', cell: (row) => besides(row.workedShare, row.workedShareBefore), width: 95 },
    ],
    analytics.utilisation.rooms,
    'No patient was called to a room in these days.',
  );
  sheet.heading(
    'Patients due again',
    'By month, twelve months after the last visit, with nothing booked on the day of printing.',
  );
  sheet.table(
    [
      { label: 'Due', cell: ({ due }) => dueName(due) },
      { label: 'Patients', cell: countUpTo, width: 90 },
    ],
    analytics.recalls.filter(({ patients }) => patients > 0),
    'Nobody is due.',
  );
  if (forecast) {
    sheet.heading(
      'Visits expected next week',
      `Such forecasts were off by ${forecast.offBy} visits a day lately.`,
    );
    sheet.table(
      [
        { label: 'Day', cell: ({ day }) => formatDay(day) },
        { label: 'Expected visits', cell: ({ visits }) => plainCount(visits), width: 110 },
      ],
      forecast.days,
      '',
    );
  }
  return sheet.finish();
}
