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

/** The day so many days later. Counted in UTC: where this runs, the clocks may change in between. */
export function shiftDay(day: Day, days: number): Day {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
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
