import 'server-only';
import { logger } from '@/lib/logger';
import { organizationModel } from '@/lib/master/models/organization';
import type { PlanId } from '@/lib/master/vocabulary';
import { op } from '@/lib/mongo';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';

type Tenant = { organizationId: string; plan: PlanId; timeZone: string; db: TenantDatabase };

/**
 * For the regular jobs: every organization that has a database, one after another. One that cannot be reached
 * does not stop the others; `failure` says in the log what could not be done for it.
 */
export async function forEachTenant(
  failure: string,
  work: (tenant: Tenant) => Promise<unknown>,
): Promise<void> {
  const gone = ['deleted', 'provisioning'] as const;
  const organizations = await organizationModel
    .find({ 'placement.schemaVersion': op({ $gt: 0 }), status: op({ $nin: gone }) })
    .select('plan timeZone')
    .lean();
  for (const { _id, plan, timeZone } of organizations) {
    const organizationId = _id.toString();
    try {
      await withTenantDatabase(organizationId, (db) => work({ organizationId, plan, timeZone, db }));
    } catch (error) {
      logger.warn({ err: error, organizationId }, failure);
    }
  }
}
