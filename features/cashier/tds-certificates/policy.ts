import { type Day, shiftDay } from '@/lib/time';

const MONTHS = ['January to March', 'April to June', 'July to September', 'October to December'] as const;

/** The quarter of a day, such as "2026-Q4"; those of a year from April on begin with the same months. */
export const quarterOf = (day: Day): string =>
  `${day.slice(0, 4)}-Q${Math.ceil(Number(day.slice(5, 7)) / 3)}`;

export const isQuarter = (text: string): boolean => /^20\d\d-Q[1-4]$/.test(text);

/** "October to December 2026" */
export const quarterName = (quarter: string): string =>
  `${MONTHS[Number(quarter.slice(6)) - 1]} ${quarter.slice(0, 4)}`;

export const firstDayOf = (quarter: string): Day =>
  `${quarter.slice(0, 4)}-${String(Number(quarter.slice(6)) * 3 - 2).padStart(2, '0')}-01`;

/** The last so many quarters, the one of the day first. */
export function lastQuarters(today: Day, count: number): string[] {
  const quarters = [quarterOf(today)];
  for (let one = quarters[0]; one && quarters.length < count; quarters.push(one))
    one = quarterOf(shiftDay(firstDayOf(one), -1));
  return quarters;
}

export type Withheld = { payerId: string; payerName: string; quarter: string; minor: number };
export type WithheldRow = Withheld & { certifiedMinor: number; missingMinor: number };

/** What was withheld beside what certificates say: below zero, they say more than was entered. */
export function compareWithheld(
  withheld: readonly Withheld[],
  certified: readonly Withheld[],
): WithheldRow[] {
  const rows = new Map<string, WithheldRow>();
  const rowOf = ({ payerId, payerName, quarter }: Withheld) => {
    const key = `${quarter} ${payerId}`;
    const row = rows.get(key) ?? {
      ...{ payerId, payerName, quarter, minor: 0, certifiedMinor: 0, missingMinor: 0 },
    };
    rows.set(key, row);
    return row;
  };
  for (const one of withheld) rowOf(one).minor += one.minor;
  for (const one of certified) rowOf(one).certifiedMinor += one.minor;
  return [...rows.values()]
    .map((row) => ({ ...row, missingMinor: row.minor - row.certifiedMinor }))
    .filter(({ minor, certifiedMinor }) => minor !== 0 || certifiedMinor !== 0)
    .sort((a, b) => b.quarter.localeCompare(a.quarter) || a.payerName.localeCompare(b.payerName));
}
