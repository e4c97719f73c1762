import { TZDate } from '@date-fns/tz';
import { addDays } from 'date-fns';
import { clockOf } from './clock';
import { dateFormat } from './formats';

/** A calendar day as text, `YYYY-MM-DD`, in the organization's time zone. */
export type Day = string;

export function isTimeZone(value: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: value });
    return true;
  } catch {
    return false;
  }
}

/** The calendar day of an instant in a time zone. */
export function dayOf(instant: Date, timeZone: string): Day {
  return dateFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(instant);
}

export function today(timeZone: string, now = new Date()): Day {
  return dayOf(now, timeZone);
}

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

export function shiftDay(day: Day, days: number): Day {
  return addDays(new Date(`${day}T00:00:00Z`), days)
    .toISOString()
    .slice(0, 10);
}

/** "09:30" in the organization's time zone. */
export function timeOf(instant: Date, timeZone: string): string {
  return dateFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(instant);
}

/** "Mon 23 Nov 2026" for a day. */
export function formatDay(day: Day): string {
  return dateFormat('en-GB', {
    timeZone: 'UTC',
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    year: 'numeric',
  })
    .format(new Date(`${day}T00:00:00Z`))
    .replace(',', '')
    .replace('Sept', 'Sep');
}

/** "23 Nov 2026, 09:30" in the organization's time zone. */
export function formatInstant(instant: Date, timeZone: string): string {
  return dateFormat('en-GB', {
    timeZone,
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
  })
    .format(instant)
    .replace('Sept', 'Sep');
}

/** Whole years on a given day, for a birth day as text. */
export function ageInYears(birthDay: Day, on: Day): number {
  const years = Number(on.slice(0, 4)) - Number(birthDay.slice(0, 4));
  return on.slice(5) < birthDay.slice(5) ? years - 1 : years;
}

/** A calendar month as text, `YYYY-MM`. */
export type Month = string;

export const monthOf = (day: Day): Month => day.slice(0, 7);

/** The month so many months later. */
export function shiftMonth(month: Month, months: number): Month {
  const [year = 0, number = 1] = month.split('-').map(Number);
  const index = year * 12 + number - 1 + months;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** "November 2026". */
export const monthText = (month: Month): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'long', year: 'numeric' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );
