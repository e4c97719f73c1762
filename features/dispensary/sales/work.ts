import 'server-only';
import { fileModel } from '@/features/patients/files/model';
import { deleteFileRows, endRemoval, holdFiles } from '@/features/patients/files/storage';
import { op } from '@/lib/mongo';
import { forEachTenant } from '@/lib/organizations/each';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { done } from '@/lib/work/outcome';
import { dispenseModel } from '../dispenses/model';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'sales.sweep-papers': NoPayload;
  }
}

/** A page that is left open over a night is sold from the next morning. */
const KEPT_MS = 2 * 86_400_000;
const MOST = 200;

/** The find behind the papers that came with sales a while ago. */
export const findOldPapers = (scope: { db: TenantDatabase }, before: Date) =>
  fileModel(scope)
    .find({ 'subject.kind': 'sale', 'subject.id': op({ $gt: '' }), createdAt: op({ $lt: before }) })
    .select('subject.id sizeBytes');

/** Removes scans of papers that nothing was sold with: who left is nobody whose paper we keep. */
export async function sweepPapers(
  scope: { organizationId: string; db: TenantDatabase },
  now = new Date(),
): Promise<number> {
  const papers = await findOldPapers(scope, new Date(now.getTime() - KEPT_MS)).lean();
  const keys = [...new Set(papers.map(({ subject }) => subject.id))];
  const sold = await dispenseModel(scope)
    .find({ requestKey: op({ $in: keys }) })
    .select('requestKey')
    .lean();
  const isSold = new Set(sold.map(({ requestKey }) => requestKey));
  const unsold = papers.filter(({ subject }) => !isSold.has(subject.id)).slice(0, MOST);
  const files = unsold.map(({ _id, sizeBytes }) => ({ id: _id.toString(), sizeBytes }));
  if (files.length === 0) return 0;
  const held = await holdFiles(scope, files);
  try {
    const of = unsold.map(({ subject }) => subject.id);
    await scope.db.transaction((session) => deleteFileRows(scope, held, of, session));
  } finally {
    await endRemoval(scope, held);
  }
  return files.length;
}

export const salesWork = [
  defineWork({
    name: 'sales.sweep-papers',
    every: { minutes: 24 * 60 },
    steps: {
      swept: () => forEachTenant('papers without a sale could not be removed', sweepPapers).then(() => done),
    },
  }),
];
