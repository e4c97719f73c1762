import { type Day, formatDay, shiftDay } from '@/lib/time';
import { HISTORY_DAYS, type Level } from './policy';

export const MEASURED_LEVELS = ['up', 'degraded', 'outage'] as const;
export type MeasuredLevel = (typeof MEASURED_LEVELS)[number];

export const MEASURE_EVERY_MINUTES = 2;
/** Nothing measured for this long: what was found before says nothing any more. */
const STALE_AFTER_MS = 10 * 60_000;
/** A whole day has at least so many checks: one is asked for within a minute of being due. */
const CHECKS_A_DAY = ((24 * 60) / (MEASURE_EVERY_MINUTES + 1)) * 0.9;

/** One step a check, down and up: one failure does not start an outage, one success does not end it. */
export function nextLevel(before: MeasuredLevel | null, observed: MeasuredLevel): MeasuredLevel {
  const from = MEASURED_LEVELS.indexOf(before ?? 'up');
  const step = Math.sign(MEASURED_LEVELS.indexOf(observed) - from);
  return MEASURED_LEVELS[from + step] ?? observed;
}

/** What the page may say of a part: nothing when it was last looked at long ago. */
export const levelNow = (row: { level: MeasuredLevel; checkedAt: Date } | null, now: Date): Level =>
  row && now.getTime() - row.checkedAt.getTime() <= STALE_AFTER_MS ? row.level : 'unknown';

/** How a check counts for its day; announced maintenance counts neither way. */
export const countedAs = (level: Level): MeasuredLevel | null =>
  MEASURED_LEVELS.find((one) => one === level) ?? null;

export type ChecksOfDay = { day: Day } & Record<MeasuredLevel, number>;
type UptimeDay = { day: Day; level: MeasuredLevel | null; text: string };
export type Uptime = {
  days: UptimeDay[];
  /** Of all checks; null before the first. */
  percent: string | null;
  checks: number;
};

const checksOf = ({ up, degraded, outage }: ChecksOfDay): number => up + degraded + outage;

/** Rounded down, so that only what never failed is 100 %. */
export const percentOf = (up: number, checks: number): string =>
  `${(Math.floor((up / checks) * 10_000) / 100).toFixed(2)} %`;

/** "1 check", "1,314 checks". */
export const checksIn = (count: number): string =>
  `${count.toLocaleString('en-US')} ${count === 1 ? 'check' : 'checks'}`;

function textOf(day: Day, row: ChecksOfDay | undefined, isWhole: boolean): string {
  const checks = row ? checksOf(row) : 0;
  if (!row || checks === 0) return `${formatDay(day)}: not measured`;
  const found = [
    row.degraded > 0 ? `${row.degraded} found it slow or partly broken` : null,
    row.outage > 0 ? `${row.outage} found that it does not work` : null,
    isWhole && checks < CHECKS_A_DAY ? 'measured only part of the day' : null,
  ].filter((words) => words !== null);
  const worked = `${formatDay(day)}: worked in ${percentOf(row.up, checks)} of ${checksIn(checks)}`;
  return [worked, ...found].join('; ');
}

const levelOf = (row: ChecksOfDay | undefined): MeasuredLevel | null => {
  if (!row || checksOf(row) === 0) return null;
  return row.outage > 0 ? 'outage' : row.degraded > 0 ? 'degraded' : 'up';
};

/** The last 90 days to today, the oldest first, whether or not they were measured. */
export function uptimeOf(rows: readonly ChecksOfDay[], today: Day): Uptime {
  const known = new Map(rows.map((row) => [row.day, row]));
  const first = [...known.keys()].sort()[0] ?? today;
  const days = Array.from({ length: HISTORY_DAYS }, (_, index) => {
    const day = shiftDay(today, index - HISTORY_DAYS + 1);
    const row = known.get(day);
    return { day, level: levelOf(row), text: textOf(day, row, day > first && day < today) };
  });
  const shown = days.flatMap(({ day }) => known.get(day) ?? []);
  const checks = shown.reduce((sum, row) => sum + checksOf(row), 0);
  const up = shown.reduce((sum, row) => sum + row.up, 0);
  return { days, percent: checks > 0 ? percentOf(up, checks) : null, checks };
}
