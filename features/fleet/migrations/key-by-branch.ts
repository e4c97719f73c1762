import 'server-only';
import { tenantDefinitionOf } from '@/lib/tenancy/define-tenant-model';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';

/** Drops indexes of before, by collection; what serves in their place was made before the run. */
async function retire(db: TenantDatabase, retired: Record<string, readonly string[]>): Promise<void> {
  for (const [name, gone] of Object.entries(retired)) {
    const definition = tenantDefinitionOf(name);
    const { collection } = db.model(definition);
    for (const index of await collection.indexes())
      if (index.name && gone.includes(index.name)) await collection.dropIndex(index.name);
  }
}

/**
 * Version 41: tokens, hours and the counter's store are each branch's own. What is there is of the first
 * branch, which its rows say by saying nothing; only the unique keys of before stand against a second one.
 */
export const keyByBranch = (db: TenantDatabase): Promise<void> =>
  retire(db, {
    visits: ['day_1_token_1'],
    schedules: ['doctorId_1_fromDay_-1'],
    stores: ['isCounter_1'],
  });

/** Version 50: what is to be done, and who waits at the pharmacy, is read branch by branch. */
export const listByBranch = (db: TenantDatabase): Promise<void> =>
  retire(db, {
    orders: ['status_1_kind_1_rank_1_at_1__id_1', 'status_1_doneAt_-1__id_-1'],
    prescriptions: ['dispenseStatus_1_signedAt_1__id_1'],
  });
