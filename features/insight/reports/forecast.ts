import { type Day, shiftDay } from '@/lib/time';

/** Weeks of the same weekday that a forecast looks back on. */
const LOOK_BACK_WEEKS = 8;
/** Weeks on which the forecast is tried out, to say how far it was off. */
const TRIAL_WEEKS = 4;
/** Below so many weeks of history there is nothing to learn from. */
const LEAST_WEEKS = 4;
export const FORECAST_HISTORY_DAYS = (LOOK_BACK_WEEKS + TRIAL_WEEKS) * 7;

export type Forecast = {
  days: { day: Day; visits: number }[];
  /** How many visits a day the same method was off by, on average, over the last weeks. */
  offBy: number;
};

/** The mean of the same weekday over the weeks before; null without enough of them. */
function expected(visits: ReadonlyMap<Day, number>, day: Day, since: Day): number | null {
  const values: number[] = [];
  for (let week = 1; values.length < LOOK_BACK_WEEKS && shiftDay(day, -7 * week) >= since; week++) {
    const value = visits.get(shiftDay(day, -7 * week));
    if (value !== undefined) values.push(value);
  }
  return values.length >= LEAST_WEEKS - 1
    ? values.reduce((sum, value) => sum + value, 0) / values.length
    : null;
}

/**
 * Next week's visits from the same weekdays of the weeks before, with the error that this would have had
 * lately. Days without a record count as days without visits.
 * @returns null while there are fewer than four weeks to learn from.
 */
export function forecastVisits(
  history: readonly { day: Day; visits: number }[],
  today: Day,
): Forecast | null {
  const recorded = history.filter(({ day }) => day < today);
  const since = recorded.find(({ visits }) => visits > 0)?.day;
  if (!since || since > shiftDay(today, -7 * LEAST_WEEKS)) return null;
  const visits = new Map(recorded.map(({ day, visits: count }) => [day, count]));
  const errors: number[] = [];
  for (let back = 1; back <= TRIAL_WEEKS * 7; back++) {
    const day = shiftDay(today, -back);
    const guess = expected(visits, day, since);
    const actual = visits.get(day);
    if (guess !== null && actual !== undefined) errors.push(Math.abs(actual - guess));
  }
  const days = Array.from({ length: 7 }, (_, index) => shiftDay(today, index + 1)).map((day) => ({
    day,
    visits: Math.round(expected(visits, day, since) ?? 0),
  }));
  if (errors.length === 0) return null;
  const offBy = Math.round((errors.reduce((sum, error) => sum + error, 0) / errors.length) * 10) / 10;
  return { days, offBy };
}
