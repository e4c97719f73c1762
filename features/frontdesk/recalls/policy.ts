import type { Day } from '@/lib/time';
import { type Month, monthOf, shiftMonth } from '@/lib/time';

/**
 * When a patient who was here is due again: so many months after the last visit, or (0) on the day that the
 * doctor named. Pure: the pages use it too.
 */
export const RECALL_MONTHS = ['0', '6', '12', '24'] as const;
export type RecallMonths = (typeof RECALL_MONTHS)[number];
export const DEFAULT_RECALL_MONTHS: RecallMonths = '12';
export const RECALL_LABEL: Record<RecallMonths, string> = {
  '0': 'When the doctor asked',
  '6': 'After 6 months',
  '12': 'After 12 months',
  '24': 'After 24 months',
};

/** The list of those whom a doctor wants to see again on a day. */
export const ASKED: RecallMonths = '0';

/** Due longer ago than a year. */
export const EARLIER = 'earlier';
export type DuePeriod = Month | typeof EARLIER;

/** Months that are shown one by one: the year up to this month, and the next one. */
export const duePeriods = (today: Day): Month[] =>
  Array.from({ length: 13 }, (_, index) => shiftMonth(monthOf(today), index - 11));

/**
 * The days since which those patients wait who are due in a month, or before all the months that are shown.
 */
export function sinceDays(period: DuePeriod, months: RecallMonths, today: Day): { from: Day; to: Day } {
  const after = Number(months);
  if (period !== EARLIER) {
    const month = shiftMonth(period, -after);
    return { from: `${month}-01`, to: `${month}-31` };
  }
  return { from: '0000-00-00', to: `${shiftMonth(monthOf(today), -12 - after)}-31` };
}

/** The day so many months later; the last of its month where that is shorter. */
export function dueDay(since: Day, months: RecallMonths): Day {
  const month = shiftMonth(monthOf(since), Number(months));
  const [year = 0, number = 1] = month.split('-').map(Number);
  const last = new Date(Date.UTC(year, number, 0)).getUTCDate();
  return `${month}-${String(Math.min(Number(since.slice(8)), last)).padStart(2, '0')}`;
}

type AskedBack = { day: Day; from: Day };
/** The day for which the doctor wants somebody back, while nobody has come since and nothing is booked. */
export const stillAskedBack = (
  asked: AskedBack | null,
  { visitDays, isBooked }: { visitDays: readonly Day[]; isBooked: boolean },
): Day | null => (asked && !isBooked && visitDays.every((day) => day <= asked.from) ? asked.day : null);
