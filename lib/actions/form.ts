import type { z } from 'zod';
import type { ActionResult } from '../action-result';

// Names that reach an object's own machinery; no form of ours has them.
const UNSAFE = /^(__proto__|constructor|prototype)(\[\])?$/;
const SECRET = /password|secret|token|pin(?!hole)|cvc/i;

/** The fields of a posted form: text, or a list of text for names ending in `[]`. Files and Next's own fields are left out. */
export function formFields(form: FormData): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  for (const name of new Set(form.keys())) {
    if (name.startsWith('$ACTION') || UNSAFE.test(name)) continue;
    const values = form.getAll(name).filter((value) => typeof value === 'string');
    if (name.endsWith('[]')) fields[name.slice(0, -2)] = values;
    else if (values[0] !== undefined) fields[name] = values[0];
  }
  return fields;
}

/** What was typed, for the form to keep; secrets are never sent back. */
export function echo(fields: Record<string, string | string[]>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([name, value]) =>
      typeof value === 'string' && !SECRET.test(name) ? [[name, value]] : [],
    ),
  );
}

export function invalid(error: z.ZodError, fields: Record<string, string | string[]>): ActionResult<never> {
  const fieldErrors: Record<string, string[]> = {};
  for (const issue of error.issues) {
    const name = issue.path.join('.') || 'form';
    fieldErrors[name] = [...(fieldErrors[name] ?? []), issue.message];
  }
  return { status: 'invalid', fieldErrors, values: echo(fields), message: 'Please check the marked fields.' };
}
