import type { Day } from '@/lib/time';

/** "2 Mar" for an axis. */
export const shortDay = (day: Day): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', day: 'numeric', month: 'short' }).format(
    new Date(`${day}T00:00:00Z`),
  );

export const inMinutes = (minutes: number): string =>
  `${Number.isInteger(minutes) ? minutes : minutes.toFixed(1)} min`;
export const plainCount = (count: number): string => count.toLocaleString('en-US');

export const inPercent = (share: number): string => `${Math.round(share * 100)} %`;

/** "Mar 2026". */
export const monthName = (month: string): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone: 'UTC', month: 'short', year: 'numeric' }).format(
    new Date(`${month}-01T00:00:00Z`),
  );

/** "Mar 2026", or what was due before all the months that are shown. */
export const dueName = (due: string): string => (due === 'earlier' ? 'Earlier' : monthName(due));

/** "1,000+" where counting stopped. */
export const countUpTo = ({ patients, isMore }: { patients: number; isMore: boolean }): string =>
  `${plainCount(patients)}${isMore ? '+' : ''}`;

/** A share, or a dash where there is nothing to have a share of. */
export const inShare = (share: number | null): string => (share === null ? '\u2013' : inPercent(share));

/** "2 h 05 min". */
export const inHours = (minutes: number): string =>
  minutes < 60
    ? `${minutes} min`
    : `${Math.floor(minutes / 60)} h ${String(minutes % 60).padStart(2, '0')} min`;
