import 'server-only';
import { prescriptionSetModel } from '@/features/record/prescriptions/model';
import { op } from '@/lib/mongo';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';

/** Sets of before are everybody's; said once, so that they are found by an index. */
export async function ownSets(db: TenantDatabase): Promise<void> {
  await prescriptionSetModel({ db }).updateMany(
    { ownerId: op({ $exists: false }) },
    { $set: { ownerId: '' } },
  );
}
