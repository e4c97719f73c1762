import 'server-only';
import type { mongo } from 'mongoose';
import { tenantDefinitionOf } from '@/lib/tenancy/define-tenant-model';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { type Raw, type WalkProgress, walk } from './walk';

/** Version 46: links of payment and what goes back by the provider are of the branch of their papers. */
export async function placeLinks(db: TenantDatabase, progress: WalkProgress): Promise<void> {
  const pass = (collection: string, papers: string, key: 'billId' | 'receiptId') => ({
    name: `branch of ${collection}`,
    definition: tenantDefinitionOf(collection),
    fields: [key, 'branchId'],
    changesOf: async (rows: readonly Raw[]): Promise<mongo.AnyBulkWriteOperation<Raw>[]> => {
      const unplaced = rows.filter(({ branchId }) => !branchId);
      const elsewhere = await db
        .model(tenantDefinitionOf(papers))
        .collection.find(
          { _id: { $in: unplaced.map((row) => row[key]) }, branchId: { $exists: true } },
          { projection: { branchId: 1 } },
        )
        .toArray();
      const branchOf = new Map(elsewhere.map(({ _id, branchId }) => [String(_id), branchId]));
      return unplaced.flatMap((row) => {
        const branchId = branchOf.get(String(row[key]));
        return branchId ? [{ updateOne: { filter: { _id: row._id }, update: { $set: { branchId } } } }] : [];
      });
    },
  });
  const passes = [pass('payment_links', 'bills', 'billId'), pass('online_refunds', 'receipts', 'receiptId')];
  await walk(db, passes, progress);
}
