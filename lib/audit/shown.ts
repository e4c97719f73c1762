import 'server-only';
import { LRUCache } from 'lru-cache';
import type { TenantContext } from '../tenancy/context';
import { recordAudit } from './record';

/** Patients that lists and searches show one person within an hour before the log says so, and again. */
export const SHOWN_STEP = 200;
const HOUR_MS = 3_600_000;

type Shown = { patients: Set<string>; noted: number };
const KEY = Symbol.for('chakravue.audit.shown');
const global = globalThis as { [key: symbol]: LRUCache<string, Shown> | undefined };
global[KEY] ??= new LRUCache<string, Shown>({ max: 5_000, ttl: HOUR_MS, noUpdateTTL: true });
const shownTo: LRUCache<string, Shown> = global[KEY];

/**
 * Call with the ids of the patients that a list or a search shows. One patient that is looked at leaves an
 * entry of its own; paging through hundreds leaves one for each 200 different ones in an hour, so that who
 * copies the list by hand or by a script is seen. Counted by each process for itself.
 */
export async function noteShown(ctx: TenantContext, patientIds: readonly string[]): Promise<void> {
  if (ctx.actor.kind !== 'staff' || patientIds.length === 0) return;
  const key = `${ctx.db.organizationId}/${ctx.actor.userId}`;
  const shown = shownTo.get(key) ?? { patients: new Set(), noted: 0 };
  shownTo.set(key, shown);
  for (const id of patientIds) shown.patients.add(id);
  const steps = Math.floor(shown.patients.size / SHOWN_STEP);
  if (steps <= shown.noted) return;
  shown.noted = steps;
  const after = `${steps * SHOWN_STEP} within an hour`;
  await recordAudit(ctx, {
    action: 'patient.list-many',
    target: 'patient:list',
    changes: [{ field: 'patientsShown', before: null, after }],
  });
}
