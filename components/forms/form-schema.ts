'use client';

import type { ActionResult } from '@/lib/action-result';
import { type FormSchema, invalidResult, readFields } from '@/lib/forms';

export type LoadSchema = () => Promise<FormSchema>;

/** Null when all is well, and when the schema cannot be had: the server checks in any case. */
export async function mistakesIn(schema: LoadSchema, data: FormData): Promise<ActionResult<never> | null> {
  const fields = readFields(data);
  const loaded = await schema().catch(() => null);
  const issues = (fields && loaded?.safeParse(fields).error?.issues) || [];
  return fields && issues.length > 0 ? invalidResult(issues, fields) : null;
}

/** Fetches the schema while somebody types, so that it does not hold up the first press. */
export const warmUp = (schema: LoadSchema) => () => {
  schema().catch(() => undefined);
};
