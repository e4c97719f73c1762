import { z } from 'zod';
import { OBJECT_ID } from './object-id';
import { readPieces, WHOLE_NUMBER } from './pieces';
import { TAX_NUMBER } from './tax-number';

// The fields that forms and addresses are made of. A noun's schema adds what is special about it.

// The line feed and the tabulator are the only control characters that people type.
// biome-ignore lint/suspicious/noControlCharactersInRegex: refused on purpose
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f]/;
const LINE_BREAK = /\r\n?|\v|\f|\u2028|\u2029/g;
const UNREADABLE = 'Remove the characters that cannot be read.';

const tooLong = (max: number): string => `Use at most ${max.toLocaleString('en')} characters.`;

/**
 * Trimmed and readable; browsers post a line break as two characters, of which one is kept, and word
 * processors have breaks of their own.
 */
const typed = (max: number, sentence?: string) =>
  z
    .string(sentence)
    .overwrite((value) => value.replace(LINE_BREAK, '\n'))
    .trim()
    .max(max, tooLong(max))
    .refine((value) => !CONTROL.test(value), UNREADABLE);

/** Text that must be given. `sentence` is said when it is missing or has fewer than `least` characters. */
export const text = (max: number, sentence: string, least = 1) => typed(max, sentence).min(least, sentence);

/** Text that may be left out; empty means undefined. */
export const optionalText = (max: number) =>
  typed(max)
    .transform((value) => value || undefined)
    .optional();

/** Text that may be left out; then it is the empty text. */
export const textOrEmpty = (max: number) => typed(max).default('');

/** The id of a record. `sentence` is said of anything else. */
export const id = (sentence: string) => z.string(sentence).regex(OBJECT_ID, sentence);

/** An id that was chosen from a list. The service answers NOT_FOUND when there is no such record. */
export const chosenId = (sentence: string) => z.string(sentence).trim().min(1, sentence).max(24, sentence);

/** The version that was opened, so that a stale edit is refused instead of overwriting. */
export const version = z.coerce
  .number('Open this again.')
  .int('Open this again.')
  .min(0, 'Open this again.')
  .max(1_000_000_000, 'Open this again.');

/** The same of a record that counts no versions: what its page made of it, see `revisionOf`. */
export const revision = z.string('Open this again.').regex(/^[\w-]{22}$/, 'Open this again.');

/** A day of the calendar of this century, as text. */
export const day = z.iso
  .date('Enter a date.')
  .refine((value) => value >= '2000-01-01' && value <= '2100-01-01', 'Enter a date of this century.');

/** An amount as people write it, in cents: "12.50" is 1250; empty is undefined. */
export const money = (label: string) =>
  z
    .string()
    .trim()
    .regex(/^(\d{1,7}([.,]\d{1,2})?)?$/, `Enter ${label} as a number such as 12.50.`)
    .optional()
    .transform((value) => (value ? Math.round(Number(value.replace(',', '.')) * 100) : undefined));

/** A box that is ticked or not; absent means not. */
export const ticked = z
  .string()
  .optional()
  .transform((value) => value === 'on');

/**
 * The list that a form posts as one text, its items unchecked. Null for anything else, and for one of more
 * than `most`: it is counted before its items are read, so that a very long one takes no longer.
 */
export function postedList(value: string, most: number): unknown[] | null {
  try {
    const given: unknown = JSON.parse(value);
    return Array.isArray(given) && given.length <= most ? given : null;
  } catch {
    return null;
  }
}

/** How many of something, as typed in a row of a list; text and number alike. */
export const typedPieces = (most: number, least = 0) =>
  z
    .union([z.number(), z.string()], WHOLE_NUMBER)
    .transform((value) => (typeof value === 'number' ? value : (readPieces(value) ?? Number.NaN)))
    .pipe(
      z
        .number(WHOLE_NUMBER)
        .int(WHOLE_NUMBER)
        .min(0, WHOLE_NUMBER)
        .min(least, `Write how many, at least ${least}.`)
        .max(most, `Write at most ${most.toLocaleString('en')}.`),
    );

/**
 * The rows of a posted list as their schema reads them. What is wrong with a field of one is said at that row
 * by its key, else of the list: `unreadable` where nobody typed it.
 * @returns null where something is wrong
 */
export function readRows<Row extends z.ZodType>(
  row: Row,
  value: string,
  ctx: z.RefinementCtx,
  { most, unreadable, keyOf }: { most: number; unreadable: string; keyOf: (row: never) => unknown },
): z.output<Row>[] | null {
  const rows = postedList(value, most);
  const { data, error } = z.array(row, unreadable).safeParse(rows);
  if (data) return data;
  const [issue] = error.issues;
  const [index, field] = issue?.path ?? [];
  const given: unknown = typeof index === 'number' && field !== undefined ? rows?.[index] : null;
  const key = typeof given === 'object' && given !== null ? keyOf(given as never) : null;
  ctx.addIssue({
    code: 'custom',
    message: issue?.message ?? unreadable,
    ...(typeof key === 'string' ? { path: [key] } : {}),
  });
  return null;
}

/** The names of a group of fields, for what is to be done with each of them. */
export const namesOf = <T extends object>(fields: T) => Object.keys(fields) as (keyof T & string)[];

// As browsers read an address, so also "r&d@"; a domain has a dot.
const ADDRESS =
  /^(?!\.|.*\.[.@])[a-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?)+$/i;
const ANY_LETTERS =
  /^(?!\.|.*\.[.@])[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]{1,64}@[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?(?:\.[\p{L}\p{N}](?:[\p{L}\p{N}-]{0,61}[\p{L}\p{N}])?)+$/u;

/** The address of an account: Latin letters alone, so that no two addresses look alike. */
export const accountEmail = (sentence?: string) =>
  z.email({ pattern: ADDRESS, ...(sentence ? { error: sentence } : {}) });

/** Somebody's address to write to, in the letters of any language. */
export const contactEmail = (sentence: string) => z.email({ pattern: ANY_LETTERS, error: sentence });

const TAX_SHAPE = 'Use letters, digits, spaces and dashes, at least 4.';

/** A number of registration for taxes as typed, in capitals; empty is undefined. */
export const optionalTaxNumber = z
  .string()
  .trim()
  .toUpperCase()
  .max(20, 'Use at most 20 characters.')
  .refine((value) => value === '' || TAX_NUMBER.test(value), TAX_SHAPE)
  .transform((value) => value || undefined)
  .optional();
