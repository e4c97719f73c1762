import 'server-only';
import { recordPlatformAudit } from '@/lib/audit/record';
import { logger } from '@/lib/logger';
import { organizationModel } from '@/lib/master/models/organization';
import { op } from '@/lib/mongo';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import { recountStorage } from './storage';

/** The nightly run over every organization that has a database; one that cannot be reached does not stop the others. */
export async function recountAllStorage(): Promise<void> {
  const gone = ['deleted', 'provisioning'] as const;
  const organizations = await (await organizationModel())
    .find({ 'placement.schemaVersion': op({ $gt: 0 }), status: op({ $nin: gone }) })
    .select('_id')
    .lean();
  for (const { _id } of organizations) {
    const organizationId = _id.toString();
    try {
      const { countedBytes, driftBytes, settled } = await withTenantDatabase(organizationId, (db) =>
        recountStorage(db),
      );
      if (driftBytes === 0) continue;
      logger.warn({ organizationId, countedBytes, driftBytes, settled }, 'stored bytes were counted wrongly');
      await recordPlatformAudit({
        actor: { kind: 'system', id: 'system', name: 'Storage recount' },
        action: 'storage.correct',
        target: `organization:${organizationId}`,
        organizationId,
      });
    } catch (error) {
      logger.warn({ err: error, organizationId }, 'stored bytes could not be counted');
    }
  }
}
