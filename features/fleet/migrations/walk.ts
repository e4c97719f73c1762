import 'server-only';
import type { mongo } from 'mongoose';
import type { TenantDatabase, TenantDefinition } from '@/lib/tenancy/tenant-database';

export const BATCH_SIZE = 500;

export type Raw = mongo.Document & { _id: mongo.ObjectId };

/** Where a run is, kept by its caller: what is behind it is done. */
export type WalkProgress = {
  /** The pass and record to go on after; null at the beginning. */
  from: { pass: string; after: mongo.ObjectId | null } | null;
  /** Called after each batch; throws when somebody else has taken over. */
  done: (position: { pass: string; after: mongo.ObjectId | null }, changed: number) => Promise<void>;
};

export type Pass = {
  name: string;
  definition: TenantDefinition;
  fields: readonly string[];
  /** The writes that bring these records up to date; those that are so need none. */
  changesOf: (rows: readonly Raw[]) => Promise<mongo.AnyBulkWriteOperation<Raw>[]>;
};

/**
 * Walks through collections in batches by `_id`, past the models: records as they are stored. A run that was
 * killed goes on after the last batch that was noted; a batch that is done twice changes nothing.
 */
export async function walk(
  db: TenantDatabase,
  passes: readonly Pass[],
  progress: WalkProgress,
): Promise<void> {
  const first = progress.from ? passes.findIndex(({ name }) => name === progress.from?.pass) : 0;
  for (const pass of passes.slice(Math.max(0, first))) {
    let after = progress.from?.pass === pass.name ? progress.from.after : null;
    const rows = db.model(pass.definition).collection as unknown as mongo.Collection<Raw>;
    const projection = Object.fromEntries(pass.fields.map((field) => [field, 1]));
    for (;;) {
      // One cursor a batch: a long one would time out while the organization is busy.
      const batch = await rows
        .find(after ? { _id: { $gt: after } } : {}, { projection })
        .sort({ _id: 1 })
        .limit(BATCH_SIZE)
        .toArray();
      const last = batch.at(-1);
      if (!last) break;
      const writes = await pass.changesOf(batch);
      const changed =
        writes.length > 0 ? (await rows.bulkWrite(writes, { ordered: false })).modifiedCount : 0;
      after = last._id;
      await progress.done({ pass: pass.name, after }, changed);
      if (batch.length < BATCH_SIZE) break;
    }
  }
}
