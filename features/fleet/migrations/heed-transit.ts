import 'server-only';
import { lowWritesOf } from '@/features/pharmacy/medicines/service/mark-low';
import { tenantDefinitionOf } from '@/lib/tenancy/define-tenant-model';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { type WalkProgress, walk } from './walk';

/** Version 38: what goes from one store to another is not ordered once more. */
export async function heedTransit(db: TenantDatabase, progress: WalkProgress): Promise<void> {
  const definition = tenantDefinitionOf('medicines');
  const pass = {
    name: 'medicines that look low',
    definition,
    fields: ['isLow', 'onHand', 'reorderLevel'],
    changesOf: (rows: Parameters<typeof lowWritesOf>[1]) => lowWritesOf({ db }, rows),
  };
  await walk(db, [pass], progress);
}
