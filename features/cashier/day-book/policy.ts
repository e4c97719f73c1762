import { type Day, shiftDay } from '@/lib/time';

/** The key of what rounding came to, which belongs to no service. */
export const ROUNDING = 'rounding';

/** How old a due is, in days. */
export const DUE_AGES = [
  { key: '0', label: 'Up to 30 days', from: 0 },
  { key: '31', label: '31 to 60 days', from: 31 },
  { key: '61', label: '61 to 90 days', from: 61 },
  { key: '91', label: '91 to 180 days', from: 91 },
  { key: '181', label: 'More than 180 days', from: 181 },
] as const;

/** The age that a bill of a day has. */
export function ageBucket(billed: Day, today: Day): string {
  const reached = DUE_AGES.filter(({ from }) => billed <= shiftDay(today, -from));
  return reached.at(-1)?.key ?? '0';
}

/** The days of an age: from the oldest, which has no end, to the youngest. */
export function daysOfAge(key: string, today: Day): { from: Day; to: Day } {
  const index = DUE_AGES.findIndex((age) => age.key === key);
  const next = DUE_AGES[index + 1];
  return {
    from: next ? shiftDay(today, 1 - next.from) : '0000-01-01',
    to: index === 0 ? '9999-12-31' : shiftDay(today, -(DUE_AGES[index]?.from ?? 0)),
  };
}
