import { z } from 'zod';
import { type Range, rangeOf, reportQuery } from '@/features/insight/reports/schema';
import type { Day } from '@/lib/time';

/** Read from roll-ups: as long as people compare. */
export const MOST_YEARS = 5;
const MOST_DAYS = MOST_YEARS * 366;

/** The range asked for; of a longer one its last days. */
export const prescribingRange = (query: z.output<typeof reportQuery>, today: Day): Range =>
  rangeOf(query, today, { longest: MOST_DAYS });

export const PRESCRIBING_EXPORTS = ['medicines', 'classes', 'prescribers', 'glasses', 'prints'] as const;
export const prescribingExportQuery = reportQuery.extend({
  what: z.enum(PRESCRIBING_EXPORTS).catch('medicines'),
});
