import 'server-only';
import { type RecallRow, recallWritesOf } from '@/features/frontdesk/recalls/service';
import { tenantDefinitionOf } from '@/lib/tenancy/define-tenant-model';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { type WalkProgress, walk } from './walk';

/** Version 51: who is due again says which branch saw them last; with one branch that is said by nothing. */
export async function branchRecalls(db: TenantDatabase, progress: WalkProgress): Promise<void> {
  const visits = db.model(tenantDefinitionOf('visits')).collection;
  if (!(await visits.findOne({ branchId: { $type: 'objectId' } }, { projection: { _id: 1 } }))) return;
  const pass = {
    name: 'branches of recalls',
    definition: tenantDefinitionOf('patients'),
    fields: ['isActive', 'recallFrom', 'recallBranchId', 'recallRevision'],
    changesOf: (rows: readonly RecallRow[]) => recallWritesOf({ db }, rows),
  };
  await walk(db, [pass], progress);
}
