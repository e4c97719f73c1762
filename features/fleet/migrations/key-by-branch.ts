import 'server-only';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';

/** What was once in an organization is now once at each of its branches. */
const RETIRED = {
  visits: 'day_1_token_1',
  schedules: 'doctorId_1_fromDay_-1',
  stores: 'isCounter_1',
} as const;

/**
 * Version 41: tokens, hours and the counter's store are each branch's own. What is there is of the first
 * branch, which its rows say by saying nothing; only the unique keys of before stand against a second one.
 */
export async function keyByBranch(db: TenantDatabase): Promise<void> {
  for (const [name, retired] of Object.entries(RETIRED)) {
    const definition = tenantDefinitions().find(({ collection }) => collection === name);
    if (!definition) throw new Error(`The ${name} are not declared`);
    const { collection } = db.model(definition);
    const indexes = await collection.indexes();
    if (indexes.some((one) => one.name === retired)) await collection.dropIndex(retired);
  }
}
