import 'server-only';
import { tenantDefinitionOf } from '@/lib/tenancy/define-tenant-model';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { type Raw, type WalkProgress, walk } from './walk';

/** Version 49: papers that were shown at the counter wait to be looked up; those sold with do so once. */
export async function markPapers(db: TenantDatabase, progress: WalkProgress): Promise<void> {
  const definition = tenantDefinitionOf('files');
  const pass = {
    name: 'papers of sales',
    definition,
    fields: ['subject', 'createdAt', 'unsoldSince'],
    changesOf: async (rows: readonly Raw[]) =>
      rows.flatMap(({ _id, subject, createdAt, unsoldSince }) =>
        subject?.kind === 'sale' && !unsoldSince
          ? [{ updateOne: { filter: { _id }, update: { $set: { unsoldSince: createdAt } } } }]
          : [],
      ),
  };
  await walk(db, [pass], progress);
}
