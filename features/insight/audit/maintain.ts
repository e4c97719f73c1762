import 'server-only';
import { writeAnchor } from '@/lib/audit/anchor';
import { append, readHead } from '@/lib/audit/chain';
import { tenantLedger } from '@/lib/audit/ledger';
import {
  listOrganizationsWithNotes,
  takeMasterNotesFor,
  takeNotesOf,
  takePlatformNotes,
} from '@/lib/audit/notes';
import { pruneLedger } from '@/lib/audit/prune';
import { logger } from '@/lib/logger';
import type { PlanId } from '@/lib/master/vocabulary';
import { forEachTenant } from '@/lib/organizations/each';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { retentionEnd } from './policy';

/**
 * Removes what the plan no longer keeps, and anchors the end of the log outside the database.
 * @returns entries removed.
 */
export async function maintainAudit(db: TenantDatabase, plan: PlanId, now = new Date()): Promise<number> {
  const ledger = tenantLedger(db);
  const removed = await pruneLedger(ledger, retentionEnd(plan, now));
  if (removed > 0) {
    await append(ledger, {
      at: now,
      actor: { kind: 'system', id: 'system', name: 'Retention', role: 'system' },
      action: 'audit.prune',
      target: 'audit:log',
      changes: [{ field: 'removedEntries', before: null, after: String(removed) }],
      result: 'ok',
    });
  }
  const head = await readHead(ledger);
  if (head && head.seq > 0) await writeAnchor(ledger.id, await ledger.key(), head);
  return removed;
}

/** The hourly run over all organizations. Takes the notes that a process which died has left, too. */
export const maintainAllAudits = (): Promise<void> =>
  forEachTenant('audit log could not be maintained', async ({ db, plan }) => {
    await takeNotesOf(db);
    await maintainAudit(db, plan);
  });

/**
 * Takes the notes of the master database into their logs. An organization that cannot be reached keeps its
 * notes waiting and does not stop the others.
 */
export async function sweepMasterNotes(): Promise<void> {
  await takePlatformNotes();
  for (const organizationId of await listOrganizationsWithNotes()) {
    try {
      await withTenantDatabase(organizationId, takeMasterNotesFor);
    } catch (error) {
      logger.warn({ err: error, organizationId }, 'notes for an audit log could not be taken');
    }
  }
}
