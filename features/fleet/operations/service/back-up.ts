import 'server-only';
import { z } from 'zod';
import { type Manifest, writeBackup } from '@/lib/archive/backup-folder';
import { env } from '@/lib/env';
import { backupModel } from '@/lib/master/models/backup';
import { objectId } from '@/lib/mongo';
import { providerOf } from '@/lib/provisioning/registry';
import { done, doneWith } from '@/lib/work/outcome';
import { placementNow, withDatabaseAt } from '../../placement/queries';
import { copyContents } from '../contents';
import { type By, beginOperation, type How, type Operation, type OperationRun } from './begin';

/**
 * Takes a backup of the organization's database and of the contents of its files.
 * @returns the operation's id, which is the backup's.
 */
export const backUp = (by: By, organizationId: string, how: How = {}): Promise<string> =>
  beginOperation({ ...how, by, organizationId, kind: 'backup', data: { takenAt: new Date() } });

const backupFacts = z.object({ takenAt: z.coerce.date() });
const figures = z.object({
  documents: z.number(),
  sizeBytes: z.number(),
  collections: z.number(),
  schemaVersion: z.number(),
  sha256: z.string(),
});

/** `<organization>/<time>`: sorts by time. */
function folderOf(run: OperationRun): string {
  const { takenAt } = backupFacts.parse(run.facts);
  const time = takenAt.toISOString().replace(/[-:]|\.\d+/g, '');
  return `${run.organizationId}/${time}-${run.id.slice(-6)}`;
}

const figuresOf = (manifest: Manifest) => ({
  documents: manifest.collections.reduce((sum, { count }) => sum + count, 0),
  sizeBytes: [...manifest.collections, ...manifest.contents].reduce(
    (sum, { sizeBytes }) => sum + sizeBytes,
    0,
  ),
  collections: manifest.collections.length,
  schemaVersion: manifest.schemaVersion,
});

export const backup: Operation = {
  steps: {
    written: async (run) => {
      const placement = await placementNow(run.organizationId);
      const facts = {
        organizationId: run.organizationId,
        backupId: run.id,
        takenAt: backupFacts.parse(run.facts).takenAt.toISOString(),
        schemaVersion: placement.schemaVersion,
        folder: folderOf(run),
      };
      const manifest = await withDatabaseAt(placement, (db) =>
        writeBackup(db, facts, run.report, () => copyContents(run, db)),
      );
      return doneWith({ figures: { ...figuresOf(manifest), sha256: manifest.sha256 } });
    },
    listed: async (run) => {
      const row = {
        organizationId: objectId(run.organizationId),
        folder: folderOf(run),
        takenAt: backupFacts.parse(run.facts).takenAt,
        ...figures.parse(run.facts.figures),
      };
      await backupModel.updateOne({ _id: objectId(run.id) }, { $setOnInsert: row }, { upsert: true });
      return done;
    },
    // Last: what the vendor takes its time for must not hold up our own copy.
    snapshot: async (run) => {
      const { provider: name, cellId } = await placementNow(run.organizationId);
      const taken = await (await providerOf(name)).ensureSnapshot?.(
        { organizationId: run.organizationId, cellId },
        { name: `chakravue-${run.id}`, retentionDays: env().BACKUP_KEEP_DAYS },
      );
      if (!taken) return done;
      if (taken.outcome !== 'done') return taken;
      const snapshot = taken.value;
      if (snapshot) await backupModel.updateOne({ _id: objectId(run.id) }, { $set: { snapshot } });
      return done;
    },
  },
};
