import type { z } from 'zod';
import type { ActionResult } from '../action-result';
import { AppError } from '../errors';

// Names that reach an object's own machinery; no form of ours has them.
const UNSAFE = /^(__proto__|constructor|prototype)(\[\])?$/;
const SECRET = /password|secret|token|pin(?!hole)|cvc/i;

export type Fields = Record<string, string | string[]>;

/** Twice what the longest form of the product has. */
const MAX_FIELDS = 300;
/** Of one field, in characters; the longest text that anybody may write is 10,000. */
const MAX_LENGTH = 200_000;

const tooMuch = (): AppError =>
  new AppError('INVALID_INPUT', 'This is more than any of our forms sends. Load the page again.');

/**
 * The fields of a posted form: text, or a list of text for names ending in `[]`. Files and Next's own fields
 * are left out. One pass that ends at the first field too many.
 * @throws AppError INVALID_INPUT for more than a form of ours has.
 */
export function formFields(form: unknown): Fields {
  const fields: Fields = {};
  if (!(form instanceof FormData)) return fields;
  let count = 0;
  for (const [name, value] of form) {
    if (++count > MAX_FIELDS) throw tooMuch();
    if (typeof value !== 'string' || name.startsWith('$ACTION') || UNSAFE.test(name)) continue;
    if (name.length + value.length > MAX_LENGTH) throw tooMuch();
    const isList = name.endsWith('[]');
    const key = isList ? name.slice(0, -2) : name;
    const known = Object.hasOwn(fields, key) ? fields[key] : undefined;
    if (isList && Array.isArray(known)) known.push(value);
    else if (isList) fields[key] = [value];
    else if (known === undefined) fields[key] = value;
  }
  return fields;
}

/**
 * What was typed into a form that is refused, so that it can be kept; nothing of a form that is too large.
 */
export function typedInto(form: unknown): Fields {
  try {
    return formFields(form);
  } catch {
    return {};
  }
}

/** What was typed, for the form to keep; secrets are never sent back. */
export function echo(fields: Fields): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      typeof value === 'string' && !SECRET.test(name) ? [[name, value]] : [],
    ),
  );
}

export function invalid(error: z.ZodError, fields: Fields): ActionResult<never> {
  const fieldErrors: Record<string, string[]> = {};
  for (const issue of error.issues) {
    const name = issue.path.join('.') || 'form';
    fieldErrors[name] = [...(fieldErrors[name] ?? []), issue.message];
  }
  return { status: 'invalid', fieldErrors, values: echo(fields), message: 'Please check the marked fields.' };
}
