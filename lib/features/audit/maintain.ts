import 'server-only';
import { writeAnchor } from '@/lib/audit/anchor';
import { append, pruneLedger, readHead, tenantLedger } from '@/lib/audit/ledger';
import { logger } from '@/lib/logger';
import { organizationModel } from '@/lib/master/models/organization';
import type { PlanId } from '@/lib/master/vocabulary';
import { op } from '@/lib/mongo';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { retentionEnd } from './policy';

/** Removes what the plan no longer keeps, and anchors the end of the log outside the database. @returns entries removed. */
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

/** The hourly run over every organization that has a database; one that cannot be reached does not stop the others. */
export async function maintainAllAudits(): Promise<void> {
  const gone = ['deleted', 'provisioning'] as const;
  const organizations = await (await organizationModel())
    .find({ 'placement.schemaVersion': op({ $gt: 0 }), status: op({ $nin: gone }) })
    .select('plan')
    .lean();
  for (const { _id, plan } of organizations) {
    const organizationId = _id.toString();
    try {
      await withTenantDatabase(organizationId, (db) => maintainAudit(db, plan));
    } catch (error) {
      logger.warn({ err: error, organizationId }, 'audit log could not be maintained');
    }
  }
}
