import { exponentOf } from '@/lib/currency';
import type { Day } from '@/lib/time';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
const GSTIN = /^(0[1-9]|[12]\d|3[0-8]|9[67])[A-Z]{5}\d{4}[A-Z][0-9A-Z]Z[0-9A-Z]$/;

/** The check digit of an Indian GSTIN: base 36, weights 1 and 2, quotient and remainder added. */
export function gstinCheckDigit(first14: string): string {
  let sum = 0;
  for (const [index, letter] of [...first14].entries()) {
    const product = DIGITS.indexOf(letter) * (index % 2 === 0 ? 1 : 2);
    sum += Math.floor(product / 36) + (product % 36);
  }
  return DIGITS[(36 - (sum % 36)) % 36] ?? '';
}

/** The shape of any country's tax number: letters, digits, spaces and dashes. */
export const TAX_NUMBER = /^[A-Z0-9][A-Z0-9 -]{3,19}$/;

/**
 * True for a GSTIN with its check digit in India. Of other countries' numbers we know no rules but that
 * shape, also where one has the length of a GSTIN, as the Emirates' has.
 */
export const isTaxNumber = (country: string, value: string): boolean =>
  country === 'IN'
    ? GSTIN.test(value) && gstinCheckDigit(value.slice(0, 14)) === value[14]
    : TAX_NUMBER.test(value);

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
