import 'server-only';
import type { mongo } from 'mongoose';
import { supplierNumberModel } from '@/features/pharmacy/suppliers/model';
import { tenantDefinitionOf } from '@/lib/tenancy/define-tenant-model';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { type Raw, type WalkProgress, walk } from './walk';

/**
 * Version 52: a tax number is one supplier's. Of those that shared one the first has it; the others stay as
 * they are, and nobody else takes it.
 */
export async function keepNumbers(db: TenantDatabase, progress: WalkProgress): Promise<void> {
  const numbers = supplierNumberModel({ db }).collection as unknown as mongo.Collection<{ _id: string }>;
  let kept = 0;
  const pass = {
    name: 'tax numbers of suppliers',
    definition: tenantDefinitionOf('suppliers'),
    fields: ['taxNumber'],
    changesOf: async (rows: readonly Raw[]) => {
      const writes = rows.flatMap(({ _id: supplierId, taxNumber }) =>
        taxNumber
          ? [
              {
                updateOne: {
                  ...{ filter: { _id: String(taxNumber) }, update: { $setOnInsert: { supplierId } } },
                  upsert: true,
                },
              },
            ]
          : [],
      );
      if (writes.length > 0) kept += (await numbers.bulkWrite(writes)).upsertedCount;
      return [];
    },
  };
  await walk(db, [pass], {
    from: progress.from,
    done: async (position, changed) => {
      await progress.done(position, changed + kept);
      kept = 0;
    },
  });
}
