import 'server-only';
import { STATION_LABEL } from '@/features/frontdesk/queue/policy';
import type { Sheet } from '@/lib/pdf/sheet';
import type { TenantContext } from '@/lib/tenancy/context';
import { formatDay } from '@/lib/time';
import { countUpTo, dueName, monthName, plainCount, shortDay } from '@/lib/words';
import type { Clinical } from '../clinical';
import { inHours, inShare } from '../labels';
import type { Analytics } from '../queries';
import { type Cohort, MONTHS_AFTER } from '../retention';
import type { Range } from '../schema';
import { OPEN_HOURS } from '../utilisation';
import { letterhead, minutesOr, noShows } from './letterhead';

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
  sheet.heading(
    'Patients by hour and station',
    'Mean minutes of waiting of those who joined the line in each hour, in brackets the patients of a day.',
  );
  sheet.table(
    [
      { label: 'Hour', cell: ({ hour }) => `${hour}:00` },
      ...analytics.flow.stations.map(({ station, cells }) => ({
        label: STATION_LABEL[station],
        cell: ({ index }: { index: number }) => {
          const cell = cells[index];
          return cell ? `${cell.meanMinutes} (${cell.patientsPerDay})` : '';
        },
        width: 85,
      })),
    ],
    analytics.flow.hours.map((hour, index) => ({ hour, index })),
    'Nobody was seen at a station in these days.',
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
    `Against each doctor's hours; without any, ${OPEN_HOURS} on days with an appointment or a patient; in brackets the period before.`,
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
  clinicalParts(sheet, analytics.clinical);
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

/** Diagnoses and acuity, on the sheet of the analytics. */
function clinicalParts(sheet: Sheet, { diagnoses, outcomes, periods, step, examined }: Clinical): void {
  const share = (part: number, of: number) => inShare(of > 0 ? part / of : null);
  if (periods.length > 1)
    sheet.bars({
      label: `Patients examined per ${step}`,
      values: periods.map((one) => ({ label: shortDay(one.from), value: one.examined })),
      format: plainCount,
    });
  sheet.heading(
    'Diagnoses',
    `${plainCount(examined)} patients examined; with two diagnoses one counts under both.`,
  );
  sheet.table(
    [
      { label: 'Diagnosis', cell: ({ name }) => name },
      { label: 'Code', cell: ({ code }) => code, width: 55 },
      { label: 'Patients', cell: ({ patients }) => plainCount(patients), width: 70 },
      { label: 'Share', cell: ({ patients }) => share(patients, examined), width: 60 },
      { label: 'Before', cell: ({ before }) => plainCount(before), width: 60 },
    ],
    diagnoses.slice(0, 30),
    'No diagnosis was written in these days.',
  );
  sheet.heading(
    'Acuity by diagnosis',
    'The best acuity of an eye, beside the last that an earlier examination has read. A gain or a loss is two lines or more.',
  );
  sheet.table(
    [
      { label: 'Diagnosis', cell: ({ name }) => name },
      { label: 'Eyes', cell: ({ eyes }) => plainCount(eyes), width: 50 },
      { label: 'Gained', cell: ({ gained, eyes }) => share(gained, eyes), width: 60 },
      { label: 'Lost', cell: ({ lost, eyes }) => share(lost, eyes), width: 60 },
      {
        label: '6/12 or better (before)',
        cell: ({ goodNow, goodBefore, eyes }) => `${share(goodNow, eyes)} (${share(goodBefore, eyes)})`,
        width: 130,
      },
    ],
    outcomes.slice(0, 16),
    'No eye was measured for the second time in these days.',
  );
}
