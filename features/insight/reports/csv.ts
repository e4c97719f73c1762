import { STATUS_LABEL } from '@/features/frontdesk/appointments/policy';
import { STATION_LABEL } from '@/features/frontdesk/queue/policy';
import { ACUITY_BANDS } from '@/features/record/examinations/acuity';
import { diagnosisName } from '@/features/record/examinations/diagnoses';
import type { Cell } from '@/lib/columns';
import { countUpTo } from '@/lib/words';
import type { Analytics, BasicReport } from './queries';
import { MONTHS_AFTER } from './retention';
import type { ANALYTICS_EXPORTS, EXPORTS } from './schema';

const percentOf = (share: number | null): number | null => (share === null ? null : Math.round(share * 100));

/** A part of the analytics, the first line its head. */
export function* analyticsLines(
  analytics: Analytics,
  what: (typeof ANALYTICS_EXPORTS)[number],
): Generator<readonly Cell[]> {
  const { utilisation, cohorts, days, recalls, clinical, flow, stations, waitBands, forecast } = analytics;
  switch (what) {
    case 'utilisation':
      yield [
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
      ];
      for (const one of utilisation.doctors)
        yield [
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
        ];
      return;
    case 'rooms':
      yield ['Room', 'Days', 'Patients', 'Minutes in use', 'In use %', 'In use % before'];
      for (const one of utilisation.rooms)
        yield [
          one.room,
          one.days,
          one.patients,
          one.workedMinutes,
          percentOf(one.workedShare),
          percentOf(one.workedShareBefore),
        ];
      return;
    case 'retention':
      yield [
        'Month of the first visit',
        'New patients',
        ...MONTHS_AFTER.map((after) => `Came ${after} ${after === 1 ? 'month' : 'months'} later`),
      ];
      for (const { month, patients, again } of cohorts) yield [month, patients, ...again];
      return;
    case 'returning':
      yield ['Day', 'Visits', 'First visits', 'Returning'];
      for (const { day, visits, newPatients, returning } of days) yield [day, visits, newPatients, returning];
      return;
    case 'recalls':
      yield ['Due 12 months after the last visit', 'Patients with nothing booked'];
      for (const one of recalls) yield [one.due, countUpTo(one)];
      return;
    case 'diagnoses':
      yield ['From', 'To', 'Code (ICD-10)', 'Diagnosis', 'Patients', 'Patients examined'];
      for (const { from, to, examined, diagnoses } of clinical.periods)
        for (const { code, patients } of diagnoses)
          yield [from, to, code, diagnosisName(code), patients, examined];
      return;
    case 'acuity':
      yield [
        'Code (ICD-10)',
        'Diagnosis',
        'Eyes',
        'Gained two lines',
        'Lost two lines',
        ...ACUITY_BANDS.map(({ metres }) => `${metres} before`),
        ...ACUITY_BANDS.map(({ metres }) => `${metres} now`),
      ];
      for (const { code, name, eyes, gained, lost, before, now } of clinical.outcomes)
        yield [code, name, eyes, gained, lost, ...before, ...now];
      return;
    case 'flow':
      yield ['Station', 'Hour', 'Patients', 'Patients a day', 'Mean minutes of waiting'];
      for (const { station, cells } of flow.stations)
        for (const cell of cells)
          if (cell)
            yield [
              STATION_LABEL[station],
              `${cell.hour}:00`,
              cell.patients,
              cell.patientsPerDay,
              cell.meanMinutes,
            ];
      return;
    case 'stations':
      yield ['Station', 'Patients', 'Median minutes', '90th percentile', 'Minutes of work'];
      for (const one of stations)
        yield [STATION_LABEL[one.station], one.patients, one.medianMinutes, one.p90Minutes, one.busyMinutes];
      return;
    case 'waits':
      yield ['Minutes from check-in to the doctor', 'Patients'];
      for (const { label, patients } of waitBands) yield [label, patients];
      return;
    case 'forecast':
      yield ['Day', 'Expected visits', 'Off by, visits a day'];
      for (const { day, visits } of forecast?.days ?? []) yield [day, visits, forecast?.offBy ?? null];
  }
}

/** A part of the basic report, the first line its head. */
export function* reportLines(
  report: BasicReport,
  what: (typeof EXPORTS)[number],
): Generator<readonly Cell[]> {
  switch (what) {
    case 'days':
      yield [
        'Day',
        'Patients registered',
        'Visits',
        'Left before the end',
        'Appointments',
        'No-shows',
        'Median minutes to the doctor',
        '90th percentile',
        'Medicine units dispensed',
      ];
      for (const one of report.days)
        yield [
          one.day,
          one.registered,
          one.visits,
          one.left,
          one.booked,
          one.missed,
          one.medianWaitMinutes,
          one.p90WaitMinutes,
          one.dispensed,
        ];
      return;
    case 'appointments':
      yield ['Status', 'Appointments', 'Appointments in the period before'];
      for (const { status, count, before } of report.appointments)
        yield [STATUS_LABEL[status], count, before];
      return;
    case 'doctors':
      yield ['Doctor', 'Visits', 'Visits in the period before'];
      for (const { name, visits, before } of report.doctors) yield [name, visits, before];
      return;
    case 'medicines':
      yield ['Medicine', 'Unit', 'Dispensed'];
      for (const { name, unit, quantity } of report.dispensed) yield [name, unit, quantity];
  }
}
