import 'server-only';
import { z } from 'zod';
import { type Manifest, writeBackup } from '@/lib/archive/backup-folder';
import { env } from '@/lib/env';
import { backupModel } from '@/lib/master/models/backup';
import { objectId } from '@/lib/mongo';
import { providerOf } from '@/lib/provisioning/registry';
import { copyContents } from '../contents';
import { placementNow, withPlace } from '../place';
import type { Kind, Run } from '../run';

export const backupData = z.object({ takenAt: z.coerce.date() });

/** `<organization>/<time>`: sorts by time. The operation's id is the backup's. */
const folderOf = (run: Run): string =>
  `${run.organizationId}/${backupData
    .parse(run.data)
    .takenAt.toISOString()
    .replace(/[-:]|\.\d+/g, '')}-${run.id.slice(-6)}`;

const figuresOf = (manifest: Manifest) => ({
  documents: manifest.collections.reduce((sum, { count }) => sum + count, 0),
  sizeBytes: [...manifest.collections, ...manifest.contents].reduce(
    (sum, { sizeBytes }) => sum + sizeBytes,
    0,
  ),
  collections: manifest.collections.length,
  schemaVersion: manifest.schemaVersion,
});

export const backup: Kind = {
  steps: {
    written: async (run) => {
      const placement = await placementNow(run.organizationId);
      const { takenAt } = backupData.parse(run.data);
      const manifest = await withPlace(placement, (db) =>
        writeBackup(
          db,
          {
            organizationId: run.organizationId,
            backupId: run.id,
            takenAt: takenAt.toISOString(),
            schemaVersion: placement.schemaVersion,
            folder: folderOf(run),
          },
          run.report,
          () => copyContents(run, db),
        ),
      );
      return { figures: { ...figuresOf(manifest), sha256: manifest.sha256 } };
    },
    listed: async (run) => {
      await (await backupModel()).updateOne(
        { _id: objectId(run.id) },
        {
          $setOnInsert: {
            organizationId: objectId(run.organizationId),
            folder: folderOf(run),
            takenAt: backupData.parse(run.data).takenAt,
            ...figures.parse(run.data.figures),
          },
        },
        { upsert: true },
      );
      return undefined;
    },
    // Last: what the vendor takes its time for must not hold up our own copy.
    snapshot: async (run) => {
      const { provider: name, cellId } = await placementNow(run.organizationId);
      const provider = await providerOf(name);
      const snapshot = await provider.ensureSnapshot?.(
        { organizationId: run.organizationId, cellId },
        { name: `chakravue-${run.id}`, retentionDays: env().BACKUP_KEEP_DAYS },
      );
      if (snapshot) await (await backupModel()).updateOne({ _id: objectId(run.id) }, { $set: { snapshot } });
      return undefined;
    },
  },
};

const figures = z.object({
  documents: z.number(),
  sizeBytes: z.number(),
  collections: z.number(),
  schemaVersion: z.number(),
  sha256: z.string(),
});
