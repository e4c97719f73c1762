import type { z } from 'zod';
import { AppError } from '../errors';
import { type Fields, invalidResult, readFields } from '../forms';

export { echo } from '../forms';

/** The fields of a posted form. @throws AppError INVALID_INPUT for more fields than our forms have. */
export function formFields(form: unknown): Fields {
  const fields = readFields(form);
  if (!fields)
    throw new AppError('INVALID_INPUT', 'This is more than any of our forms sends. Load the page again.');
  return fields;
}

/** What was typed into a refused form, so that it can be kept; nothing of a form that is too large. */
export const typedInto = (form: unknown): Fields => readFields(form) ?? {};

/** The answer to input that does not fit its schema. */
export const invalid = (error: z.ZodError, fields: Fields) => invalidResult(error.issues, fields);
