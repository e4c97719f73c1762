import { type Day, dayOf, instantAt, shiftDay } from '@/lib/time';
import type { Range } from '../reports/schema';

export const WEEKDAYS = {
  '1': 'Monday',
  '2': 'Tuesday',
  '3': 'Wednesday',
  '4': 'Thursday',
  '5': 'Friday',
  '6': 'Saturday',
  '7': 'Sunday',
} as const;

export type Schedule = { every: 'day' | 'week'; weekday: number; hour: number };

const weekdayOf = (day: Day): number => ((new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7) + 1;
const clockOf = (hour: number): string => `${String(hour).padStart(2, '0')}:00`;

/** The next time after an instant, on the clock of the organization: right where clocks change. */
export function nextTime({ every, weekday, hour }: Schedule, after: Date, timeZone: string): Date {
  const first = dayOf(after, timeZone);
  for (let ahead = 0; ; ahead++) {
    const day = shiftDay(first, ahead);
    if (every === 'week' && weekdayOf(day) !== weekday) continue;
    const at = instantAt(day, clockOf(hour), timeZone);
    if (at > after) return at;
  }
}

/** The days that a mail of this day is about: yesterday, or the seven days that ended yesterday. */
export function periodBefore(day: Day, every: Schedule['every']): Range {
  const to = shiftDay(day, -1);
  return every === 'day' ? { from: to, to, days: 1 } : { from: shiftDay(to, -6), to, days: 7 };
}

export const inWords = ({ every, weekday, hour }: Schedule): string =>
  `${every === 'day' ? 'every day' : `every ${WEEKDAYS[String(weekday) as keyof typeof WEEKDAYS]}`} at ${clockOf(hour)}`;
