import type { Day } from '@/lib/time';

/*
 * Codes on packs: GS1 element strings as scanners type them, and plain numbers of 8 to 14 digits. Pure: the
 * browser reads them. Nothing is guessed: what cannot be told apart is refused with a sentence.
 */

/** What a code says. */
export type PackCode = {
  /** 14 digits; the level of packing is the first one. */
  gtin?: string;
  lotNumber?: string;
  expiresOn?: Day;
  serial?: string;
  /** Pieces of a pack whose content varies (30), and packs of a carton (37). */
  count?: number;
  packs?: number;
};
type ReadCode = { code: PackCode } | { problem: string };

/** FNC1 between elements of no fixed length; scanners that cannot type it send one of the others. */
const SEPARATOR = '\u001d';
const STAND_INS = /␝|<GS>|\{GS\}/gi;
/** What scanners may say of the kind of a code before its content: "]d2", "]E0". No content begins so. */
const SIGN = /^\][A-Za-z][0-9A-Fa-f]/;
export const withoutSign = (typed: string): string => typed.trim().replace(SIGN, '');

type Element = { length: number; isFixed: boolean; isNumber: boolean };
const fixed = (length: number): Element => ({ length, isFixed: true, isNumber: true });
const upTo = (length: number, isNumber = false): Element => ({ length, isFixed: false, isNumber });

/** Of the general specifications: what packs of medicines bear. */
const ELEMENTS: Readonly<Record<string, Element>> = {
  '01': fixed(14),
  '02': fixed(14),
  '10': upTo(20),
  '11': fixed(6),
  '13': fixed(6),
  '15': fixed(6),
  '17': fixed(6),
  '21': upTo(20),
  '22': upTo(20),
  '30': upTo(8, true),
  '37': upTo(8, true),
  '240': upTo(30),
  '241': upTo(30),
  ...Object.fromEntries(['710', '711', '712', '713', '714', '715', '716'].map((ai) => [ai, upTo(20)])),
};

/** The last digit of a GTIN: weights 3 and 1 from the right. */
export function gtinCheckDigit(digits: string): string {
  let sum = 0;
  for (const [index, digit] of [...digits].reverse().entries()) sum += Number(digit) * (index % 2 ? 1 : 3);
  return String((10 - (sum % 10)) % 10);
}

/** A GTIN of 8, 12, 13 or 14 digits as 14; null where its last digit is wrong. */
export function readGtin(text: string): string | null {
  if (!/^(\d{8}|\d{12,14})$/.test(text)) return null;
  const gtin = text.padStart(14, '0');
  return gtinCheckDigit(gtin.slice(0, 13)) === gtin[13] ? gtin : null;
}

/**
 * Six digits as a day. Two digits of the year are of the century that is nearest to now; without a day it is
 * the last one of the month. Null for a day that does not exist.
 */
export function readPackDay(digits: string, thisYear: number): Day | null {
  if (!/^\d{6}$/.test(digits)) return null;
  const [short = 0, month = 0, date = 0] = [0, 2, 4].map((from) => Number(digits.slice(from, from + 2)));
  if (month < 1 || month > 12) return null;
  const apart = short - (thisYear % 100);
  const century = Math.floor(thisYear / 100) + (apart >= 51 ? -1 : apart <= -50 ? 1 : 0);
  const year = century * 100 + short;
  const last = new Date(Date.UTC(year, month, 0)).getUTCDate();
  if (date > last) return null;
  return `${year}-${String(month).padStart(2, '0')}-${String(date || last).padStart(2, '0')}`;
}

const problem = (sentence: string): ReadCode => ({ problem: sentence });
const SETUP = 'Set the scanner to send the separator (GS).';

/** What a scanned or typed code says. */
export function readPackCode(typed: string, thisYear: number): ReadCode {
  const bare = withoutSign(typed).replace(STAND_INS, SEPARATOR);
  const text = bare.startsWith(SEPARATOR) ? bare.slice(1) : bare;
  if (/^\d{8}$|^\d{12,14}$/.test(text)) {
    const gtin = readGtin(text);
    return gtin ? { code: { gtin } } : problem('This number has a wrong digit. Scan it once more.');
  }
  // Parentheses are printed below a code for people to read: typed by hand they say where elements begin.
  return text.startsWith('(') ? readPrinted(text, thisYear) : readElements(text, thisYear);
}

/**
 * A whole scan where somebody meant to type a lot: its lot, and its expiry where it says one. Null for what
 * is a lot, also for one that happens to be a number.
 */
export function wholeScan(typed: string, thisYear: number): { lotNumber: string; expiresOn?: Day } | null {
  const read = readPackCode(typed, thisYear);
  if ('problem' in read || !read.code.gtin || !read.code.lotNumber) return null;
  const { lotNumber, expiresOn } = read.code;
  return { lotNumber, ...(expiresOn ? { expiresOn } : {}) };
}

function readPrinted(text: string, thisYear: number): ReadCode {
  const code: PackCode = {};
  const parts = [...text.matchAll(/\((\d{2,4})\)([^(]*)/g)];
  if (parts.map(([whole]) => whole).join('') !== text) return problem('This code cannot be read.');
  for (const [, ai = '', value = ''] of parts) {
    const refusal = take(code, ai, value.trim(), thisYear);
    if (refusal) return problem(refusal);
  }
  return { code };
}

function readElements(text: string, thisYear: number): ReadCode {
  const code: PackCode = {};
  let rest = text;
  while (rest) {
    const ai = [rest.slice(0, 2), rest.slice(0, 3)].find((one) => ELEMENTS[one]);
    const element = ai ? ELEMENTS[ai] : undefined;
    if (!ai || !element) return problem(`This code cannot be read from “${rest.slice(0, 6)}” on.`);
    rest = rest.slice(ai.length);
    const end = rest.indexOf(SEPARATOR);
    const value = element.isFixed ? rest.slice(0, element.length) : end < 0 ? rest : rest.slice(0, end);
    const refusal = take(code, ai, value, thisYear);
    if (refusal) return problem(refusal);
    rest = rest.slice(value.length);
    if (rest.startsWith(SEPARATOR)) rest = rest.slice(1);
  }
  return { code };
}

/** Notes an element. @returns what is wrong with it. */
function take(code: PackCode, ai: string, value: string, thisYear: number): string | null {
  const element = ELEMENTS[ai];
  if (!element) return `This code has an element (${ai}) that is not known here.`;
  const isWhole = element.isFixed ? value.length === element.length : value.length > 0;
  if (!isWhole || (element.isNumber && !/^\d+$/.test(value)))
    return 'This code is cut off. Scan it once more.';
  // Without a separator a lot swallows what follows it: never a lot of two elements.
  if (value.length > element.length || swallows(ai, value))
    return `The lot and what follows it cannot be told apart. ${SETUP}`;
  if (ai === '01') {
    const gtin = readGtin(value);
    if (!gtin) return 'The number of this pack has a wrong digit. Scan it once more.';
    code.gtin = gtin;
  }
  if (ai === '10') code.lotNumber = value;
  if (ai === '21') code.serial = value;
  if (ai === '30') code.count = Number(value);
  if (ai === '37') code.packs = Number(value);
  if (ai === '17') {
    const day = readPackDay(value, thisYear);
    if (!day) return 'The expiry in this code is not a day. Type it as it is printed.';
    code.expiresOn = day;
  }
  return null;
}

/** Whether the end of a lot or serial reads as an expiry or a number of a pack of its own. */
const swallows = (ai: string, value: string): boolean =>
  (ai === '10' || ai === '21') &&
  /.(17\d{2}(0[1-9]|1[0-2])([0-2]\d|3[01])|01\d{14})/.test(value) &&
  value.length > 8;
