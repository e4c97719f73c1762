import { TZDate } from '@date-fns/tz';
import { clockOf } from './clock';
import { type Day, shiftDay, timeOf } from './time';

// From the clock on the wall to instants; the way back and the words are in lib/time.ts, which pages bring
// along.

/**
 * The instant of a wall-clock time (`HH:MM`) on a day in a time zone; a time skipped by daylight saving moves
 * forward.
 */
export function instantAt(day: Day, time: string, timeZone: string): Date {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const [hours = 0, minutes = 0] = time.split(':').map(Number);
  return new Date(new TZDate(year, month - 1, date, hours, minutes, 0, timeZone).getTime());
}

/** The wall clock of one day, for those who ask often: `minutes` since midnight, instants in milliseconds. */
export type DayClock = {
  /** 24 * 60 is the beginning of the next day. */
  at: (minutes: number) => number;
  /** Whether the clocks show it: some skip an hour in spring. */
  has: (minutes: number) => boolean;
};

const DAY_MINUTES = 24 * 60;
const MINUTE_MS = 60_000;

/** Two conversions of a time zone on a day of 24 hours; where the clocks change, one for each time. */
export function dayClock(day: Day, timeZone: string): DayClock {
  const { start, end } = dayRange(day, timeZone);
  const [from, to] = [start.getTime(), end.getTime()];
  if (to - from === DAY_MINUTES * MINUTE_MS)
    return { at: (minutes) => from + minutes * MINUTE_MS, has: () => true };
  const known = new Map<number, { at: number; isThere: boolean }>();
  const look = (minutes: number) => {
    const found = known.get(minutes);
    if (found) return found;
    const time = clockOf(minutes);
    const instant = instantAt(day, time, timeZone);
    const fresh = { at: instant.getTime(), isThere: timeOf(instant, timeZone) === time };
    known.set(minutes, fresh);
    return fresh;
  };
  return {
    at: (minutes) => (minutes >= DAY_MINUTES ? to : look(minutes).at),
    has: (minutes) => minutes >= DAY_MINUTES || look(minutes).isThere,
  };
}

/** Half-open range of instants [start, end) that a day covers; 23 or 25 hours where clocks change. */
export function dayRange(day: Day, timeZone: string): { start: Date; end: Date } {
  return { start: instantAt(day, '00:00', timeZone), end: instantAt(shiftDay(day, 1), '00:00', timeZone) };
}

/** The same of a year of the calendar. */
export function yearRange(year: number, timeZone: string): { start: Date; end: Date } {
  const first = (of: number) => instantAt(`${of}-01-01`, '00:00', timeZone);
  return { start: first(year), end: first(year + 1) };
}
