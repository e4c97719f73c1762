import { z } from 'zod';
import { type Day, shiftDay } from '@/lib/time';

const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .refine((value) => !Number.isNaN(Date.parse(`${value}T00:00:00Z`)))
  .optional()
  .catch(undefined);

export const reportQuery = z.object({ from: day, to: day });

export const LONGEST_RANGE_DAYS = 366;
export const DEFAULT_RANGE_DAYS = 30;

export type Range = { from: Day; to: Day; days: number };

const span = (from: Day, to: Day): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000) + 1;

/** The range asked for, both days included; turned the right way round, and no longer than a year. */
export function rangeOf(query: z.output<typeof reportQuery>, today: Day, days = DEFAULT_RANGE_DAYS): Range {
  const to = query.to ?? today;
  const from = query.from ?? shiftDay(to, 1 - days);
  const [first, last] = from <= to ? [from, to] : [to, from];
  const bounded = span(first, last) > LONGEST_RANGE_DAYS ? shiftDay(last, 1 - LONGEST_RANGE_DAYS) : first;
  return { from: bounded, to: last, days: span(bounded, last) };
}

export const daysOf = ({ from, days }: Range): Day[] =>
  Array.from({ length: days }, (_, index) => shiftDay(from, index));
