import 'server-only';
import { ONCE_PER_PRESS } from '@/lib/mongo';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';

const RETIRED = 'requestKey_1';

/**
 * Version 45: the same press is found by an index that serves the lookup. The new one is made before the run;
 * the one of before, which no lookup could use, goes.
 */
export async function findPresses(db: TenantDatabase): Promise<void> {
  for (const definition of tenantDefinitions()) {
    const { schema, collection } = db.model(definition);
    if (!schema.indexes().some(([, options]) => options?.name === ONCE_PER_PRESS.name)) continue;
    const indexes = await collection.indexes();
    if (indexes.some(({ name }) => name === RETIRED)) await collection.dropIndex(RETIRED);
  }
}
