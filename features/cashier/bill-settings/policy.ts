import { exponentOf } from '@/lib/currency';
import type { Day } from '@/lib/time';

/**
 * The year of numbers and taxes that a day belongs to: "2627" from 1 April 2026, "2026" where it is
 * January.
 */
export function financialYearOf(day: Day, startMonth: number): string {
  const year = Number(day.slice(0, 4)) - (Number(day.slice(5, 7)) < startMonth ? 1 : 0);
  if (startMonth === 1) return String(year);
  return `${String(year).slice(-2)}${String(year + 1).slice(-2)}`;
}

/** The first month of that year where the law of the country says so. */
export const yearStartOf = (country: string): number =>
  country === 'IN' ? 4 : ['AU', 'PK', 'BD', 'EG', 'KE'].includes(country) ? 7 : 1;

/** Documents with numbers of their own, and the letter of each. */
export const SERIES = {
  ...{ bill: 'B', receipt: 'R', advance: 'A', refund: 'F', 'credit-note': 'C' },
  ...{ claim: 'L', settlement: 'S', expense: 'E', deposit: 'D', estimate: 'Q' },
} as const;
export type SeriesKind = keyof typeof SERIES;

/** "H1B/2627/000123": 16 characters at most, as the Indian rules ask. */
export const documentNumber = (prefix: string, kind: SeriesKind, year: string, sequence: number): string =>
  `${prefix}${SERIES[kind]}/${year}/${String(sequence).padStart(6, '0')}`;

/** In India two lakh rupees and more in cash from one person in a day are forbidden. */
export const legalCashLimit = (country: string): number | null => (country === 'IN' ? 20_000_000 : null);

/**
 * A price that is kept in hundredths, as those of medicines are, in the smallest unit of the currency; null
 * where there was none.
 */
export const minorOfPrice = (hundredths: number | null, currency: string): number | null =>
  hundredths === null ? null : Math.round((hundredths * 10 ** exponentOf(currency)) / 100);

/** One unit of the currency in its smallest: what a total is rounded to. */
export const wholeUnit = (currency: string): number => 10 ** exponentOf(currency);
