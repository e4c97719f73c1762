import 'server-only';
import { TZDate } from '@date-fns/tz';
import { appointmentModel } from '@/features/frontdesk/appointments/model';
import {
  APPOINTMENT_STATUSES,
  type AppointmentStatus,
  OCCUPYING_STATUSES,
} from '@/features/frontdesk/appointments/policy';
import { queueEntryModel, visitModel } from '@/features/frontdesk/queue/model';
import { isOpen, OPEN_STATUSES, STATIONS, type Station } from '@/features/frontdesk/queue/policy';
import { countRegistered } from '@/features/patients/patients/queries';
import { movementModel } from '@/features/pharmacy/medicines/model';
import { storeModel } from '@/features/pharmacy/stores/model';
import { FIRST_STORE_ID } from '@/features/pharmacy/stores/policy';
import { readAssessment, readBefore, readMeasurements } from '@/features/record/examinations/dto';
import { examinationModel } from '@/features/record/examinations/model';
import { type Examined, examinedOf } from '@/features/record/examinations/outcomes';
import { FIRST_BRANCH_ID } from '@/lib/branches';
import { objectId, op } from '@/lib/mongo';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { type Day, type Month, monthOf } from '@/lib/time';
import { dayRange } from '@/lib/wall-clock';
import type { FlowCell } from '../flow';
import { stillWaiting, type Waited } from '../summary';
import { coveredMs, type DoctorWork, type RoomWork, type Span, spanOf } from '../utilisation';
import { readSampled } from './sampled';

/** What happened on one day; times in milliseconds. */
export type DaySummary = {
  day: Day;
  registered: number;
  /** Patients checked in. */
  visits: number;
  /** Of them, on their first visit. */
  newPatients: number;
  /** Of them, who came again for the first time in this calendar month, by the month of their first visit. */
  cameBack: { month: Month; patients: number }[];
  /** Of the visits, who left before the end. */
  left: number;
  appointments: Record<AppointmentStatus, number>;
  doctors: { doctorId: string; name: string; visits: number; busyMs: number }[];
  /** By doctor: every doctor who had an appointment or a patient. */
  work: DoctorWork[];
  /** By room that patients were called to. */
  rooms: RoomWork[];
  arrivals: { hour: number; patients: number }[];
  stations: (Waited & { station: Station; busyMs: number })[];
  seen: Waited;
  flow: FlowCell[];
  dispensed: { medicineId: string; quantity: number }[];
} & Examined;

/** An organization's database and clock. A TenantContext is one. */
export type Scope = {
  db: TenantDatabase;
  timeZone: string;
  /** Of one branch alone; absent: of all. */
  at?: string | undefined;
};

/** The filter for records that name their branch. */
const atOf = ({ at }: Scope) =>
  at === undefined ? {} : { branchId: at === FIRST_BRANCH_ID ? null : objectId(at, 'branch') };

/** Whether a movement went out of a store of the branch. */
async function storesAt(scope: Scope) {
  if (scope.at === undefined) return () => true;
  const rows = await storeModel(scope).find(atOf(scope)).select('_id').lean();
  const ids = new Set(rows.map(({ _id }) => String(_id)));
  // The first store has no row until somebody has changed it, and movements of it name none.
  if (scope.at === FIRST_BRANCH_ID) ids.add(FIRST_STORE_ID);
  return ({ storeId }: { storeId?: unknown }) => ids.has(String(storeId ?? FIRST_STORE_ID));
}

/** Longer waits are counted as this one: somebody forgot to close the step. */
const LONGEST_WAIT_MINUTES = 600;

const OCCUPYING: readonly AppointmentStatus[] = OCCUPYING_STATUSES;
const isOccupying = (status: AppointmentStatus): boolean => OCCUPYING.includes(status);

class WaitTally {
  readonly #byMinute = new Map<number, number>();
  patients = 0;
  waitedMs = 0;

  add(milliseconds: number): void {
    const waited = Math.max(0, milliseconds);
    const minute = Math.min(LONGEST_WAIT_MINUTES, Math.floor(waited / 60_000));
    this.patients += 1;
    this.waitedMs += waited;
    this.#byMinute.set(minute, (this.#byMinute.get(minute) ?? 0) + 1);
  }

  result(): Waited {
    const waits = [...this.#byMinute]
      .map(([minutes, patients]) => ({ minutes, patients }))
      .sort((a, b) => a.minutes - b.minutes);
    return { patients: this.patients, waitedMs: this.waitedMs, waits };
  }
}

const entryOf = <K, V>(map: Map<K, V>, key: K, make: () => V): V => {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
};

/**
 * Reads one day from the records themselves; each query is bounded by the day on an index. The roll-ups store
 * what this returns, and reports ask it for the days that have not ended.
 */
export async function summarizeDay(scope: Scope, day: Day, now = new Date()): Promise<DaySummary> {
  const { start, end } = dayRange(day, scope.timeZone);
  const within = op({ $gte: start, $lt: end });
  const at = atOf(scope);
  const [registered, allAppointments, allVisits, allSteps, allMovements, allExaminations, sampled] =
    await Promise.all([
      countRegistered(scope, { start, end }, at),
      appointmentModel(scope)
        .find({ day, ...at })
        .select('patientId status doctorId doctorName startsAt endsAt')
        .lean(),
      visitModel(scope)
        .find({ day, ...at })
        .select('patientId doctorId doctorName startedAt status previousDay firstDay')
        .lean(),
      queueEntryModel(scope)
        .find({ day, ...at, status: op({ $in: ['done', ...OPEN_STATUSES] as const }) })
        .select(
          'patientId visitId station status waitingSince startedAt endedAt doctorId doctorName room sequence',
        )
        .lean(),
      movementModel(scope)
        .find({ kind: op({ $in: ['dispense', 'return'] as const }), at: within })
        .select('medicineId quantity storeId')
        .lean(),
      examinationModel(scope).find({ day }).select('patientId measurements assessment before').lean(),
      readSampled(scope),
    ]);
  const { isReal } = sampled;
  const ofSamples = allMovements.length > 0 ? await sampled.movements() : new Set();
  const isOut = await storesAt(scope);
  const movements = allMovements.filter((one) => !ofSamples.has(String(one._id)) && isOut(one));
  // An examination bears the id of its visit.
  const visitIds = new Set(allVisits.map(({ _id }) => String(_id)));
  const isOfVisit = ({ _id }: { _id: unknown }) => scope.at === undefined || visitIds.has(String(_id));
  const [appointments, visits, steps, examinations] = [
    allAppointments.filter(isReal),
    allVisits.filter(isReal),
    allSteps.filter(isReal),
    allExaminations.filter(isReal).filter(isOfVisit),
  ];

  const counts = Object.fromEntries(APPOINTMENT_STATUSES.map((status) => [status, 0])) as Record<
    AppointmentStatus,
    number
  >;
  const work = new Map<string, { name: string; bookedMs: number; missedMs: number; spans: Span[] }>();
  const workOf = (doctorId: { toString(): string }, name: string) =>
    entryOf(work, doctorId.toString(), () => ({ name, bookedMs: 0, missedMs: 0, spans: [] }));
  for (const { status, doctorId, doctorName, startsAt, endsAt } of appointments) {
    counts[status] += 1;
    const lasts = endsAt.getTime() - startsAt.getTime();
    if (isOccupying(status)) workOf(doctorId, doctorName).bookedMs += lasts;
    else if (status === 'no-show') workOf(doctorId, doctorName).missedMs += lasts;
  }

  const doctors = new Map<string, { doctorId: string; name: string; visits: number; busyMs: number }>();
  const arrivals = new Map<number, number>();
  const checkedInAt = new Map<string, Date>();
  const cameBack = new Map<Month, number>();
  for (const { _id, doctorId, doctorName, startedAt, previousDay, firstDay } of visits) {
    if (firstDay && previousDay && monthOf(previousDay) < monthOf(day)) {
      const month = monthOf(firstDay);
      cameBack.set(month, (cameBack.get(month) ?? 0) + 1);
    }
    checkedInAt.set(_id.toString(), startedAt);
    const hour = new TZDate(startedAt, scope.timeZone).getHours();
    arrivals.set(hour, (arrivals.get(hour) ?? 0) + 1);
    if (!doctorId) continue;
    const id = doctorId.toString();
    const doctor = entryOf(doctors, id, () => ({
      doctorId: id,
      name: doctorName ?? '',
      visits: 0,
      busyMs: 0,
    }));
    doctor.visits += 1;
  }

  const stations = new Map<Station, { tally: WaitTally; busyMs: number }>();
  const rooms = new Map<string, { patients: Set<string>; spans: Span[] }>();
  const flow = new Map<string, FlowCell>();
  const seenAt = new Map<string, Date>();
  const openAt = new Map<string, Station>();
  for (const step of steps) {
    const { station, startedAt, endedAt, waitingSince } = step;
    if (isOpen(step.status)) openAt.set(step.visitId.toString(), station);
    if (!startedAt) continue;
    // The check-in at the desk is written as a step that nobody waited for.
    if (station === 'reception' && startedAt.getTime() === waitingSince.getTime()) continue;
    const busyMs = endedAt ? Math.max(0, endedAt.getTime() - startedAt.getTime()) : 0;
    const at = entryOf(stations, station, () => ({ tally: new WaitTally(), busyMs: 0 }));
    at.tally.add(startedAt.getTime() - waitingSince.getTime());
    at.busyMs += busyMs;
    const hour = new TZDate(waitingSince, scope.timeZone).getHours();
    const joined = entryOf(flow, `${station} ${hour}`, () => ({ station, hour, patients: 0, waitedMs: 0 }));
    joined.patients += 1;
    joined.waitedMs += Math.max(0, startedAt.getTime() - waitingSince.getTime());
    const spans = endedAt ? [spanOf(startedAt, endedAt, end)] : [];
    if (step.room) {
      const used = entryOf(rooms, step.room, () => ({ patients: new Set<string>(), spans: [] as Span[] }));
      used.patients.add(step.visitId.toString());
      used.spans.push(...spans);
    }
    if (station !== 'doctor') continue;
    if (step.doctorId) workOf(step.doctorId, step.doctorName ?? '').spans.push(...spans);
    const doctor = step.doctorId ? doctors.get(step.doctorId.toString()) : undefined;
    if (doctor) doctor.busyMs += busyMs;
    const visitId = step.visitId.toString();
    const before = seenAt.get(visitId);
    if (!before || startedAt < before) seenAt.set(visitId, startedAt);
  }
  const seen = new WaitTally();
  for (const [visitId, at] of seenAt) {
    const checkedIn = checkedInAt.get(visitId);
    if (checkedIn) seen.add(at.getTime() - checkedIn.getTime());
  }
  if (now >= start && now < end) {
    const toCome = [...openAt].filter(([visitId, station]) => station !== 'pharmacy' && !seenAt.has(visitId));
    const waits = toCome.flatMap(([visitId]) => {
      const checkedIn = checkedInAt.get(visitId);
      return checkedIn ? [now.getTime() - checkedIn.getTime()] : [];
    });
    for (const wait of stillWaiting(seen.result(), waits)) seen.add(wait);
  }

  const dispensed = new Map<string, number>();
  for (const { medicineId, quantity } of movements) {
    const id = medicineId.toString();
    dispensed.set(id, (dispensed.get(id) ?? 0) - quantity);
  }

  return {
    day,
    registered,
    visits: visits.length,
    newPatients: visits.filter(({ firstDay, previousDay }) => firstDay && !previousDay).length,
    cameBack: [...cameBack]
      .map(([month, patients]) => ({ month, patients }))
      .sort((a, b) => (a.month < b.month ? -1 : 1)),
    left: visits.filter(({ status }) => status === 'cancelled').length,
    appointments: counts,
    doctors: [...doctors.values()].sort((a, b) => a.doctorId.localeCompare(b.doctorId)),
    work: [...work]
      .map(([doctorId, { name, bookedMs, missedMs, spans }]) => ({
        doctorId,
        name,
        bookedMs,
        missedMs,
        workedMs: coveredMs(spans),
      }))
      .sort((a, b) => a.doctorId.localeCompare(b.doctorId)),
    rooms: [...rooms]
      .map(([room, { patients, spans }]) => ({ room, patients: patients.size, workedMs: coveredMs(spans) }))
      .sort((a, b) => (a.room < b.room ? -1 : 1)),
    arrivals: [...arrivals].map(([hour, patients]) => ({ hour, patients })).sort((a, b) => a.hour - b.hour),
    stations: STATIONS.flatMap((station) => {
      const found = stations.get(station);
      return found ? [{ station, ...found.tally.result(), busyMs: found.busyMs }] : [];
    }),
    seen: seen.result(),
    flow: [...flow.values()].sort(
      (a, b) => STATIONS.indexOf(a.station) - STATIONS.indexOf(b.station) || a.hour - b.hour,
    ),
    dispensed: [...dispensed]
      .filter(([, quantity]) => quantity !== 0)
      .map(([medicineId, quantity]) => ({ medicineId, quantity }))
      .sort((a, b) => a.medicineId.localeCompare(b.medicineId)),
    ...examinedOf(
      examinations.map((row) => ({
        measurements: readMeasurements(row.measurements),
        assessment: readAssessment(row.assessment),
        before: readBefore(row.before),
      })),
    ),
  };
}
