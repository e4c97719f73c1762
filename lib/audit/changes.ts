import 'server-only';
import { isSealedField } from '../tenancy/define-tenant-model';
import type { AuditDraft } from './draft';
import type { AuditChange } from './entry';

/** What is personal or secret without being sealed: of staff, of an organization, of an account. */
const NEVER_LOGGED: ReadonlySet<string> = new Set(['phone', 'email', 'password', 'registrationNumber']);

/** True for fields whose values never reach the log, only that they changed: also all that a model seals. */
export const isLeftOut = (field: string): boolean => NEVER_LOGGED.has(field) || isSealedField(field);

const LONGEST = 200;

function textOf(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  const text =
    value instanceof Date
      ? value.toISOString()
      : typeof value === 'object'
        ? JSON.stringify(value)
        : String(value);
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 1)}…` : text;
}

/**
 * What differs between two states of a record, by the named fields. Values of sensitive fields are left out.
 */
export function changesBetween<T extends object>(
  before: Partial<T> | null,
  after: Partial<T> | null,
  fields: readonly (keyof T & string)[],
): AuditChange[] {
  return fields.flatMap((field): AuditChange[] => {
    const [from, to] = [before?.[field], after?.[field]];
    // Compared whole, kept short.
    if (JSON.stringify(from ?? null) === JSON.stringify(to ?? null)) return [];
    if (isLeftOut(field)) return [{ field, isRedacted: true }];
    return [{ field, before: textOf(from), after: textOf(to) }];
  });
}

/**
 * Puts the difference of a record into the audit entry of the action that runs the service. Called inside the
 * transaction of the change. The last call for a field counts. Without an action, as in jobs and seeds, it
 * does nothing.
 */
export function noteChange<T extends object>(
  { audit }: { audit?: AuditDraft },
  before: Partial<T> | null,
  after: Partial<T> | null,
  fields: readonly (keyof T & string)[],
): void {
  audit?.note(fields, changesBetween(before, after, fields));
}
