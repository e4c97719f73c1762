import 'server-only';
import type { AuditChange } from './entry';

/** Fields whose values never reach the log; only that they changed does. */
const SENSITIVE = new Set([
  'phone',
  'alternatePhone',
  'email',
  'address',
  'city',
  'guardianName',
  'notes',
  'note',
  'reason',
  'cancelReason',
  'leaveReason',
  'measurements',
  'assessment',
  'before',
  'content',
  'password',
  'registrationNumber',
  'insuranceId',
  'governmentId',
]);
const LONGEST = 200;

const NOTED = Symbol.for('chakravue.audit.changes');
const global = globalThis as { [key: symbol]: WeakMap<object, Map<string, AuditChange>> | undefined };
global[NOTED] ??= new WeakMap();
const noted: WeakMap<object, Map<string, AuditChange>> = global[NOTED];

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
    if (SENSITIVE.has(field)) return [{ field, isRedacted: true }];
    return [{ field, before: textOf(from), after: textOf(to) }];
  });
}

/**
 * Called by a service that changed a record: the action that runs it puts the difference into its audit
 * entry. May be called again for the same field, as a transaction that is tried again does; the last call
 * counts.
 */
export function noteChange<T extends object>(
  ctx: object,
  before: Partial<T> | null,
  after: Partial<T> | null,
  fields: readonly (keyof T & string)[],
): void {
  const known = noted.get(ctx) ?? new Map<string, AuditChange>();
  for (const field of fields) known.delete(field);
  for (const change of changesBetween(before, after, fields)) known.set(change.field, change);
  noted.set(ctx, known);
}

/** What was noted since the last call. */
export function takeChanges(ctx: object): AuditChange[] {
  const known = noted.get(ctx);
  noted.delete(ctx);
  return known ? [...known.values()] : [];
}
