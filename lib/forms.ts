import type { ActionResult } from './action-result';
import { REQUEST_KEY } from './request-key';

// What the browser and the server must read alike in a posted form.

/** Names of fields whose values are never sent back, kept or shown again. */
const SECRET = /password|secret|token|pin(?!hole)|cvc/i;
// Names that reach an object's own machinery; none of our forms has them.
const UNSAFE = /^(__proto__|constructor|prototype)(\[\])?$/;

export type Fields = Record<string, string | string[]>;
export type FieldErrors = Record<string, string[]>;

/** What both sides need of a schema; each zod schema is one. */
export type FormSchema = {
  safeParse: (fields: Fields) => { success: boolean; error?: { issues: readonly Issue[] } | undefined };
};
type Issue = { path: readonly PropertyKey[]; message: string };

/** Twice what the longest form of the product has. */
const MAX_FIELDS = 300;
/** Of one field, in characters; the longest text that anybody may write is 10,000. */
const MAX_LENGTH = 200_000;

/**
 * The fields of a posted form: text, or a list of text for names ending in `[]`. Files, Next's own fields
 * and the key of the press are left out. One pass that ends at the first field too many.
 * @returns null for more fields than our forms have.
 */
export function readFields(form: unknown): Fields | null {
  const fields: Fields = {};
  if (!(form instanceof FormData)) return fields;
  let count = 0;
  for (const [name, value] of form) {
    if (++count > MAX_FIELDS) return null;
    if (typeof value !== 'string' || name.startsWith('$ACTION')) continue;
    if (name === REQUEST_KEY || UNSAFE.test(name)) continue;
    if (name.length + value.length > MAX_LENGTH) return null;
    const isList = name.endsWith('[]');
    const key = isList ? name.slice(0, -2) : name;
    const known = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (isList && Array.isArray(known)) known.push(value);
    else if (isList) fields[key] = [value];
    else if (known === undefined) fields[key] = value;
  }
  return fields;
}

/** What was typed, for the form to keep; secrets are never sent back. */
export function echo(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      typeof value === 'string' && !SECRET.test(name) ? [[name, value]] : [],
    ),
  );
}

/** The same without what must not be kept anywhere. */
export const withoutSecrets = (fields: Fields): Fields =>
  Object.fromEntries(Object.entries(fields).filter(([name]) => !SECRET.test(name)));

/** The sentences of each field; what is said of the form as a whole is under `form`. */
export function fieldErrorsOf(issues: readonly Issue[]): FieldErrors {
  const errors: FieldErrors = {};
  for (const { path, message } of issues) {
    const name = path.map(String).join('.') || 'form';
    errors[name] = [...(errors[name] ?? []), message];
  }
  return errors;
}

/** The answer to a form that does not fit its schema, the same from the browser and from the server. */
export const invalidResult = (issues: readonly Issue[], fields: Fields): ActionResult<never> => ({
  status: 'invalid',
  fieldErrors: fieldErrorsOf(issues),
  values: echo(fields),
  message: 'Please check the marked fields.',
});
