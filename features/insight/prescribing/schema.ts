import { z } from 'zod';
import { type Range, rangeOf, reportQuery } from '@/features/insight/reports/schema';
import { type Day, shiftDay } from '@/lib/time';

/** Each prescription is opened to be counted: so many days are read while somebody waits. */
export const MOST_DAYS = 92;

/** The range asked for; of a longer one its last days. */
export function prescribingRange(query: z.output<typeof reportQuery>, today: Day): Range {
  const range = rangeOf(query, today);
  if (range.days <= MOST_DAYS) return range;
  return { from: shiftDay(range.to, 1 - MOST_DAYS), to: range.to, days: MOST_DAYS };
}

export const PRESCRIBING_EXPORTS = ['medicines', 'classes', 'prescribers', 'glasses', 'prints'] as const;
export const prescribingExportQuery = reportQuery.extend({
  what: z.enum(PRESCRIBING_EXPORTS).catch('medicines'),
});
