const MONTHS_SHOWN = 12;

/** `2026-03` of an instant, in UTC: the company's months. */
const monthOf = (instant: Date): string => instant.toISOString().slice(0, 7);

/** Half-open range of instants [start, end). */
export function monthRange(month: string): { start: Date; end: Date } {
  const [year = 1970, number = 1] = month.split('-').map(Number);
  return { start: new Date(Date.UTC(year, number - 1, 1)), end: new Date(Date.UTC(year, number, 1)) };
}

/** The last months, oldest first, the running one included. */
export function lastMonths(now: Date, count = MONTHS_SHOWN): string[] {
  return Array.from({ length: count }, (_, index) =>
    monthOf(new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - (count - 1 - index), 1))),
  );
}

/** "Mar 2026". */
export const monthName = (month: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'short', year: 'numeric' }).format(
    monthRange(month).start,
  );
