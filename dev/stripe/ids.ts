import { randomBytes } from 'node:crypto';

const LETTERS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Random letters and digits, in the manner of Stripe's ids. */
export const randomLetters = (length: number): string =>
  Array.from(randomBytes(length), (byte) => LETTERS.charAt(byte % LETTERS.length)).join('');

/** A new id, for example `cus_Q2x...`. */
export const newId = (prefix: string, length = 24): string => `${prefix}_${randomLetters(length)}`;

let frozenSeconds: number | null = null;

/** Runs a synchronous change at the time of a test clock; null is the real time. */
export function atTime<T>(seconds: number | null, change: () => T): T {
  const before = frozenSeconds;
  frozenSeconds = seconds;
  try {
    return change();
  } finally {
    frozenSeconds = before;
  }
}

/** Seconds since 1970, the unit of every time in Stripe's API. */
export const nowSeconds = (): number => frozenSeconds ?? Math.floor(Date.now() / 1_000);

/** The same moment some months later in UTC; the 31st becomes the last day of a shorter month. */
export function addMonths(seconds: number, months: number): number {
  const from = new Date(seconds * 1_000);
  const to = new Date(from);
  to.setUTCDate(1);
  to.setUTCMonth(from.getUTCMonth() + months);
  const lastDay = new Date(Date.UTC(to.getUTCFullYear(), to.getUTCMonth() + 1, 0)).getUTCDate();
  to.setUTCDate(Math.min(from.getUTCDate(), lastDay));
  return Math.floor(to.getTime() / 1_000);
}
