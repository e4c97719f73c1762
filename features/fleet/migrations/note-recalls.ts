import 'server-only';
import { recallWritesOf } from '@/features/frontdesk/recalls/service';
import { tenantDefinitionOf } from '@/lib/tenancy/define-tenant-model';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { type WalkProgress, walk } from './walk';

/** Version 5: every patient says since when they wait to be asked again. */
export async function noteRecalls(db: TenantDatabase, progress: WalkProgress): Promise<void> {
  const definition = tenantDefinitionOf('patients');
  const pass = {
    name: 'recalls of patients',
    definition,
    fields: ['isActive', 'recallFrom', 'recallBranchId', 'recallRevision'],
    changesOf: (rows: Parameters<typeof recallWritesOf>[1]) => recallWritesOf({ db }, rows),
  };
  await walk(db, [pass], progress);
}
