import { WORKING_HOURS } from '@/features/frontdesk/schedules/policy';
import { minutesOf } from '@/lib/clock';

import type { Day } from '@/lib/time';

/** How doctors' and rooms' time was used. Pure: computed from days' summaries. */
export type DoctorWork = {
  doctorId: string;
  name: string;
  /** Appointments that were or are to be kept. */
  bookedMs: number;
  /** Appointments that nobody came to. */
  missedMs: number;
  /** With patients; two steps at once count once. */
  workedMs: number;
};
export type RoomWork = { room: string; patients: number; workedMs: number };

/** Of a doctor without hours, on a day with an appointment or a patient; of rooms always. */
const DAY_MINUTES = minutesOf(WORKING_HOURS.end) - minutesOf(WORKING_HOURS.start);
export const OPEN_HOURS = `${WORKING_HOURS.start} to ${WORKING_HOURS.end}`;

/** A step that lasts longer is one that somebody forgot to end. */
const LONGEST_STEP_MS = 4 * 3_600_000;

export type Span = { from: number; to: number };

/** The span of a step, of at most four hours and not beyond the day it belongs to. */
export const spanOf = (startedAt: Date, endedAt: Date, dayEnd: Date): Span => ({
  from: startedAt.getTime(),
  to: Math.min(endedAt.getTime(), startedAt.getTime() + LONGEST_STEP_MS, dayEnd.getTime()),
});

/** How long at least one of the spans lasted. */
export function coveredMs(spans: readonly Span[]): number {
  let covered = 0;
  let reached = Number.NEGATIVE_INFINITY;
  for (const { from, to } of [...spans].sort((a, b) => a.from - b.from)) {
    covered += Math.max(0, to - Math.max(from, reached));
    reached = Math.max(reached, to);
  }
  return covered;
}

const minutes = (milliseconds: number): number => Math.round(milliseconds / 60_000);
/** A share of the time there was; null where there was none. */
const shareOf = (part: number, whole: number): number | null => (whole > 0 ? part / whole : null);

type DoctorDays = readonly { day: Day; work: readonly DoctorWork[] }[];

/** What doctors were to work on the days of a report. */
export type HoursThere = {
  days: readonly Day[];
  of: (doctorId: string, day: Day) => { isSet: boolean; minutes: number };
};

const NO_HOURS: HoursThere = { days: [], of: () => ({ isSet: false, minutes: DAY_MINUTES }) };

/** The days of a doctor: those with work, and with hours those on which they saw nobody too. */
function timeThere(doctorId: string, worked: ReadonlySet<Day>, { days, of }: HoursThere) {
  const there = new Set([...worked, ...days.filter((day) => of(doctorId, day).isSet)]);
  const minutesOf = [...there].map((day) => ({ day, ...of(doctorId, day) }));
  return {
    days: minutesOf.filter(({ day, minutes }) => minutes > 0 || worked.has(day)).length,
    hasMinutes: minutesOf.reduce((sum, { minutes }) => sum + minutes, 0),
  };
}

/** Each doctor over several days, by name; a doctor goes by the last name that the days know. */
function doctorsAtWork(days: DoctorDays, hours: HoursThere) {
  const byId = new Map<string, DoctorWork & { days: Set<Day> }>();
  for (const { day, work } of days)
    for (const one of work) {
      const before = byId.get(one.doctorId);
      byId.set(one.doctorId, {
        doctorId: one.doctorId,
        name: one.name || (before?.name ?? ''),
        days: new Set([...(before?.days ?? []), day]),
        bookedMs: (before?.bookedMs ?? 0) + one.bookedMs,
        missedMs: (before?.missedMs ?? 0) + one.missedMs,
        workedMs: (before?.workedMs ?? 0) + one.workedMs,
      });
    }
  return [...byId.values()]
    .map(({ doctorId, name, days: worked, bookedMs, missedMs, workedMs }) => {
      const there = timeThere(doctorId, worked, hours);
      const { hasMinutes } = there;
      return {
        doctorId,
        name,
        ...there,
        bookedMinutes: minutes(bookedMs),
        missedMinutes: minutes(missedMs),
        workedMinutes: minutes(workedMs),
        bookedShare: shareOf(minutes(bookedMs), hasMinutes),
        workedShare: shareOf(minutes(workedMs), hasMinutes),
      };
    })
    .sort((a, b) => a.name.localeCompare(b.name) || a.doctorId.localeCompare(b.doctorId));
}

/** Each room that patients were called to, over several days, by name. */
function roomsAtWork(days: readonly { rooms: readonly RoomWork[] }[]) {
  const byRoom = new Map<string, RoomWork & { days: number }>();
  for (const { rooms } of days)
    for (const { room, patients, workedMs } of rooms) {
      const before = byRoom.get(room) ?? { room, patients: 0, workedMs: 0, days: 0 };
      byRoom.set(room, {
        room,
        days: before.days + 1,
        patients: before.patients + patients,
        workedMs: before.workedMs + workedMs,
      });
    }
  return [...byRoom.values()]
    .map(({ room, days: used, patients, workedMs }) => ({
      room,
      days: used,
      patients,
      workedMinutes: minutes(workedMs),
      workedShare: shareOf(minutes(workedMs), used * DAY_MINUTES),
    }))
    .sort((a, b) => a.room.localeCompare(b.room));
}

/**
 * The figures of the period beside the same shares of the period before; null where somebody was not there
 * then.
 */
export function utilisationOf(
  now: DoctorDays & readonly { rooms: readonly RoomWork[] }[],
  before: DoctorDays & readonly { rooms: readonly RoomWork[] }[],
  hours: { now: HoursThere; before: HoursThere } = { now: NO_HOURS, before: NO_HOURS },
) {
  const doctorsBefore = new Map(doctorsAtWork(before, hours.before).map((one) => [one.doctorId, one]));
  const roomsBefore = new Map(roomsAtWork(before).map((one) => [one.room, one]));
  return {
    doctors: doctorsAtWork(now, hours.now).map((one) => ({
      ...one,
      bookedShareBefore: doctorsBefore.get(one.doctorId)?.bookedShare ?? null,
      workedShareBefore: doctorsBefore.get(one.doctorId)?.workedShare ?? null,
    })),
    rooms: roomsAtWork(now).map((one) => ({
      ...one,
      workedShareBefore: roomsBefore.get(one.room)?.workedShare ?? null,
    })),
  };
}
export type Utilisation = ReturnType<typeof utilisationOf>;
