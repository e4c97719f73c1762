import type { ActionResult } from '@/lib/action-result';

const SECRET = /password|secret|token|pin(?!hole)|cvc/i;

/** The fields of a form as the actions read them: text, or a list for names ending in `[]`. */
export function readForm(form: FormData): Record<string, string | string[]> {
  const fields: Record<string, string | string[]> = {};
  for (const name of new Set(form.keys())) {
    const values = form.getAll(name).filter((value) => typeof value === 'string');
    if (name.endsWith('[]')) fields[name.slice(0, -2)] = values;
    else if (values[0] !== undefined) fields[name] = values[0];
  }
  return fields;
}

/** The answer of a check in the browser, in the shape of the server's. */
export function invalidResult(fieldErrors: Record<string, string[]>, form: FormData): ActionResult<never> {
  const values = Object.fromEntries(
    Object.entries(readForm(form)).flatMap(([name, value]) =>
      typeof value === 'string' && !SECRET.test(name) ? [[name, value]] : [],
    ),
  );
  return { status: 'invalid', fieldErrors, values };
}

type Issue = { path: readonly PropertyKey[]; message: string };

/** Field errors from a schema's `safeParse`, for `ActionForm`'s `validate`; null when all is well. */
export function fieldErrorsOf(result: {
  success: boolean;
  error?: { issues: readonly Issue[] } | undefined;
}): Record<string, string[]> | null {
  if (result.success) return null;
  const errors: Record<string, string[]> = {};
  for (const issue of result.error?.issues ?? []) {
    const name = issue.path.join('.') || 'form';
    errors[name] = [...(errors[name] ?? []), issue.message];
  }
  return errors;
}
