import 'server-only';
import { writeAnchor } from '@/lib/audit/anchor';
import { append, pruneLedger, readHead, tenantLedger } from '@/lib/audit/ledger';
import type { PlanId } from '@/lib/master/vocabulary';
import { forEachTenant } from '@/lib/organizations/each';
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

/** The hourly run over all organizations. */
export const maintainAllAudits = (): Promise<void> =>
  forEachTenant('audit log could not be maintained', ({ db, plan }) => maintainAudit(db, plan));
