import type { Range } from '@/features/insight/reports/schema';
import { type Day, dayOf, shiftDay } from '@/lib/time';
import { instantAt } from '@/lib/wall-clock';

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

export const MAIL_STATES = {
  new: 'Planned',
  sent: 'Works',
  retrying: 'Being tried again',
  failed: 'The last one failed',
  'has-left': 'No longer works here',
  'may-not-read': 'May not read reports',
  unconfirmed: 'Address not confirmed',
} as const;
export type MailState = keyof typeof MAIL_STATES;

/**
 * How a scheduled mail does; first what keeps it from being sent at all. `job` is the work behind the newest
 * one.
 */
export function mailState(facts: {
  isMember: boolean;
  mayRead: boolean;
  isConfirmed: boolean;
  job: { state: 'waiting' | 'running' | 'done' | 'dead'; attempts: number } | null;
  wasSent: boolean;
}): MailState {
  if (!facts.isMember) return 'has-left';
  if (!facts.mayRead) return 'may-not-read';
  if (!facts.isConfirmed) return 'unconfirmed';
  if (facts.job?.state === 'dead') return 'failed';
  const isFirstTry = facts.job?.state === 'running' && facts.job.attempts <= 1;
  if (facts.job && facts.job.state !== 'done' && facts.job.attempts > 0 && !isFirstTry) return 'retrying';
  return facts.wasSent ? 'sent' : 'new';
}
