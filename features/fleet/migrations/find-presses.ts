import 'server-only';
import { ONCE_PER_PRESS, onceWhereGiven } from '@/lib/mongo';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';

/** The index that serves lookups was made before the run; the one of before, which served none, goes. */
async function retireBeside(db: TenantDatabase, name: string, retired: string): Promise<void> {
  for (const definition of tenantDefinitions()) {
    const { schema, collection } = db.model(definition);
    if (!schema.indexes().some(([, options]) => options?.name === name)) continue;
    const indexes = await collection.indexes();
    if (indexes.some((one) => one.name === retired)) await collection.dropIndex(retired);
  }
}

/** Version 45: the same press is found by an index. */
export const findPresses = (db: TenantDatabase): Promise<void> =>
  retireBeside(db, ONCE_PER_PRESS.name, 'requestKey_1');

/** Version 48: so is what of the notes is in the log already. */
export const findNotes = (db: TenantDatabase): Promise<void> =>
  retireBeside(db, onceWhereGiven('noteId').name, 'noteId_1');
