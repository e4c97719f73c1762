import { dateFormat } from './formats';
import { type Day, formatInstant } from './time';

/** Months of three letters each: the British "Sept" would stand out among them. */
const inEnglish = (parts: Intl.DateTimeFormatOptions, iso: string): string =>
  dateFormat('en-GB', { ...parts, timeZone: 'UTC' })
    .format(new Date(iso))
    .replace('Sept', 'Sep');

/** "2 Mar" for an axis. */
export const shortDay = (day: Day): string =>
  inEnglish({ day: 'numeric', month: 'short' }, `${day}T00:00:00Z`);

export const plainCount = (count: number): string => count.toLocaleString('en-US');

/** "Mar 2026". */
export const monthName = (month: string): string =>
  inEnglish({ month: 'short', year: 'numeric' }, `${month}-01T00:00:00Z`);

/** "Mar 2026", or what was due before all the months that are shown. */
export const dueName = (due: string): string => (due === 'earlier' ? 'Earlier' : monthName(due));

/** "1,000+" where counting stopped. */
export const countUpTo = ({ patients, isMore }: { patients: number; isMore: boolean }): string =>
  `${plainCount(patients)}${isMore ? '+' : ''}`;

/** The company's people sit in many places: their times are UTC and say so. */
export const inUtc = (iso: string): string => `${formatInstant(new Date(iso), 'UTC')} UTC`;

export const dayInUtc = (iso: string): string =>
  inEnglish({ day: 'numeric', month: 'short', year: 'numeric' }, iso);

export const inDuration = (milliseconds: number): string =>
  milliseconds < 1_000 ? `${milliseconds} ms` : `${(milliseconds / 1_000).toFixed(1)} s`;

/** A round trip: tenths where they matter. */
export const inLatency = (milliseconds: number): string =>
  `${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`;

/** "1 attempt", "3 attempts". */
export const counted = (count: number, one: string): string =>
  `${count.toLocaleString('en-US')} ${one}${count === 1 ? '' : 's'}`;
