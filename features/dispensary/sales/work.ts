import 'server-only';
import type { Types } from 'mongoose';
import { fileModel } from '@/features/patients/files/model';
import { deleteFileRows, endRemoval, holdFiles } from '@/features/patients/files/storage';
import { AppError } from '@/lib/errors';
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

/** The find behind the papers of a while ago of which nobody has looked yet whether they were sold with. */
export const findOldPapers = (scope: { db: TenantDatabase }, before: Date) =>
  fileModel(scope)
    .find({ unsoldSince: op({ $lt: before }) })
    .sort({ unsoldSince: 1 })
    .limit(MOST)
    .select('subject.id sizeBytes');

const soldWith = (scope: { db: TenantDatabase }, keys: readonly string[]) =>
  dispenseModel(scope)
    .find({ requestKey: op({ $in: [...new Set(keys)] }) })
    .select('requestKey');

/**
 * Removes scans of papers that nothing was sold with: who left is nobody whose paper we keep. Those that were
 * sold with are never looked at again.
 */
export async function sweepPapers(
  scope: { organizationId: string; db: TenantDatabase },
  now = new Date(),
): Promise<number> {
  let removed = 0;
  for (;;) {
    const papers = await findOldPapers(scope, new Date(now.getTime() - KEPT_MS)).lean();
    if (papers.length === 0) return removed;
    const keys = papers.map(({ subject }) => subject.id);
    const sold = await soldWith(scope, keys).lean();
    const isSold = new Set(sold.map(({ requestKey }) => requestKey));
    const kept = papers.filter(({ subject }) => isSold.has(subject.id)).map(({ _id }) => _id);
    await fileModel(scope).updateMany({ _id: op({ $in: kept }) }, { $unset: { unsoldSince: 1 } });
    const unsold = papers.filter(({ subject }) => !isSold.has(subject.id));
    removed += await removePapers(scope, unsold);
  }
}

async function removePapers(
  scope: { organizationId: string; db: TenantDatabase },
  unsold: readonly { _id: Types.ObjectId; subject: { id: string }; sizeBytes: number }[],
): Promise<number> {
  const files = unsold.map(({ _id, sizeBytes }) => ({ id: _id.toString(), sizeBytes }));
  if (files.length === 0) return 0;
  const keys = unsold.map(({ subject }) => subject.id);
  const held = await holdFiles(scope, files);
  try {
    await scope.db.transaction(async (session) => {
      // A sale of this very moment has changed the rows of its papers: one of the two comes first.
      if ((await soldWith(scope, keys).session(session).lean()).length > 0)
        throw new AppError('CONFLICT', 'A page that was open for days has been sold from just now.');
      await deleteFileRows(scope, held, [], session);
    });
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
