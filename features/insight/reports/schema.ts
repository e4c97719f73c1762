import { z } from 'zod';
import { day, orNothing } from '@/lib/address-query';
import { type Day, shiftDay } from '@/lib/time';

export const reportQuery = z.object({
  from: day('1900-01-01'),
  to: day('1900-01-01'),
  branch: orNothing(z.string().max(24)),
});

export const LONGEST_RANGE_DAYS = 366;
export const DEFAULT_RANGE_DAYS = 30;

/** `branch` is whose figures are meant, where there are several: see `scopeOf`. */
export type Range = { from: Day; to: Day; days: number; branch?: string };

const span = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000) + 1;

/**
 * The range asked for, both days included; turned the right way round, not in the future, and no longer than
 * a year, or than is said.
 */
export function rangeOf(
  query: Pick<z.output<typeof reportQuery>, 'from' | 'to'>,
  today: Day,
  { days = DEFAULT_RANGE_DAYS, longest = LONGEST_RANGE_DAYS }: { days?: number; longest?: number } = {},
): Range {
  const noLater = (day: Day) => (day > today ? today : day);
  const to = noLater(query.to ?? today);
  const from = noLater(query.from ?? shiftDay(to, 1 - days));
  const [first, last] = from <= to ? [from, to] : [to, from];
  const bounded = span(first, last) > longest ? shiftDay(last, 1 - longest) : first;
  return { from: bounded, to: last, days: span(bounded, last) };
}

/** A range as an address says it. */
export const addressOf = ({ from, to, branch }: Omit<Range, 'days'>) => ({ from, to, branch });

export const daysOf = ({ from, days }: Range): Day[] =>
  Array.from({ length: days }, (_, index) => shiftDay(from, index));

/** The same number of days just before. */
export const rangeBefore = ({ from, days, ...where }: Range): Range => ({
  ...where,
  from: shiftDay(from, -days),
  to: shiftDay(from, -1),
  days,
});

/** What people ask for most, from the address that shows it. Weeks begin on Monday. */
export function presetsOf(today: Day): { label: string; from: Day; to: Day }[] {
  const weekday = (new Date(`${today}T00:00:00Z`).getUTCDay() + 6) % 7;
  const monday = shiftDay(today, -weekday);
  const first = `${today.slice(0, 7)}-01`;
  const lastOfBefore = shiftDay(first, -1);
  return [
    { label: 'Today', from: today, to: today },
    { label: 'This week', from: monday, to: today },
    { label: 'Last week', from: shiftDay(monday, -7), to: shiftDay(monday, -1) },
    { label: 'This month', from: first, to: today },
    { label: 'Last month', from: `${lastOfBefore.slice(0, 7)}-01`, to: lastOfBefore },
    { label: 'Last 30 days', from: shiftDay(today, 1 - DEFAULT_RANGE_DAYS), to: today },
  ];
}

/** What of a report is exported: of the basic one, and of the analytics. */
export const EXPORTS = ['days', 'appointments', 'doctors', 'medicines'] as const;
export const ANALYTICS_EXPORTS = [
  'utilisation',
  'rooms',
  'retention',
  'returning',
  'recalls',
  'diagnoses',
  'acuity',
  'flow',
  'stations',
  'waits',
  'forecast',
] as const;
export type Export = (typeof EXPORTS)[number] | (typeof ANALYTICS_EXPORTS)[number];
export const isOfAnalytics = (what: Export): what is (typeof ANALYTICS_EXPORTS)[number] =>
  (ANALYTICS_EXPORTS as readonly string[]).includes(what);
export const exportQuery = reportQuery.extend({
  what: z.enum([...EXPORTS, ...ANALYTICS_EXPORTS]).catch('days'),
});
