import 'server-only';
import { randomUUID } from 'node:crypto';
import {
  loadBackup,
  type Manifest,
  readBackup,
  readManifest,
  removeArchive,
} from '@/lib/archive/backup-folder';
import { contentsOf, differences } from '@/lib/archive/content';
import { env } from '@/lib/env';
import { logger } from '@/lib/logger';
import { backupModel } from '@/lib/master/models/backup';
import { organizationModel } from '@/lib/master/models/organization';
import { op } from '@/lib/mongo';
import { selfHosted } from '@/lib/provisioning/providers/self-hosted';
import { brokenContents, pruneContents } from '../contents';
import { asPlacement, withPlace } from '../place';
import { BY_SYSTEM, type By, startOperation } from '../start';
import { destinationOn, findBackup, type How, placeNow } from './parts';
import { runOperation } from './run';

export const backUp = (by: By, organizationId: string, how: How = {}): Promise<string> =>
  startOperation({ ...how, by, organizationId, kind: 'backup', data: { takenAt: new Date() } });

/** Removes backups older than BACKUP_KEEP_DAYS; the newest one of an organization stays. @returns how many went. */
export async function pruneBackups(now = new Date()): Promise<number> {
  const backups = await backupModel();
  const limit = new Date(now.getTime() - env().BACKUP_KEEP_DAYS * 24 * 60 * 60_000);
  let removed = 0;
  const pruned = new Set<string>();
  for (const old of await backups.find({ takenAt: op({ $lt: limit }) }).lean()) {
    const isNewest = !(await backups.exists({
      organizationId: old.organizationId,
      takenAt: op({ $gt: old.takenAt }),
    }));
    if (isNewest) continue;
    await removeArchive(old.folder);
    removed += (await backups.deleteOne({ _id: old._id })).deletedCount;
    pruned.add(old.organizationId.toString());
  }
  for (const organizationId of pruned) {
    try {
      await pruneContents(organizationId);
    } catch (error) {
      logger.error({ err: error, organizationId }, 'copies of documents could not be pruned');
    }
  }
  return removed;
}

/** What differs when the backup is loaded into a database of its own on this cell, which is dropped again. */
async function differencesOnTrial(cellId: string, manifest: Manifest, folder: string): Promise<string[]> {
  const { organizationId, schemaVersion } = manifest;
  const trial = await destinationOn(organizationId, cellId, schemaVersion, 't');
  try {
    await selfHosted.ensureDatabase(trial.target);
    await selfHosted.ensureUser(trial.target);
    return await withPlace(asPlacement(organizationId, trial.to, trial.toConnectionString), async (db) => {
      await loadBackup(db, manifest, folder, async () => {});
      return differences(manifest.collections, await contentsOf(db));
    });
  } finally {
    await selfHosted.remove(trial.to);
  }
}

/**
 * Restores a backup into a database that is dropped again, and writes down whether it came back whole. Of an organization
 * that has a server of its own nothing is put on a cell of ours: its backup is read to the end and compared.
 */
export async function testRestore(organizationId: string, backupId: string): Promise<string | null> {
  const found = await findBackup(organizationId, backupId);
  const { provider, cellId } = await placeNow(organizationId);
  const isRestored = provider === 'self-hosted';
  let testError: string | null = null;
  try {
    const manifest = await readManifest(organizationId, backupId, found.folder);
    const different = isRestored
      ? await differencesOnTrial(cellId, manifest, found.folder)
      : await readBackup(manifest, found.folder);
    if (different.length > 0) testError = `Differs in ${different.join(', ')}`;
    const broken = testError ? 0 : await brokenContents(manifest);
    if (broken > 0) testError = `${broken} documents are lost or altered`;
  } catch (error) {
    testError = error instanceof Error ? error.message : String(error);
  }
  if (testError)
    logger.error({ organizationId, backupId, testError }, 'a backup could not be restored on trial');
  await (await backupModel()).updateOne(
    { _id: found._id },
    { $set: { testedAt: new Date(), testError, isRestored } },
  );
  return testError;
}

/** Every night: a backup of each organization, what is too old goes, and one backup is restored on trial. */
export async function backUpEverybody(): Promise<void> {
  const organizations = await (await organizationModel())
    .find({
      'placement.schemaVersion': op({ $gt: 0 }),
      status: op({ $in: ['active', 'past_due', 'read_only', 'suspended', 'canceled'] as const }),
    })
    .select('_id')
    .lean();
  for (const { _id } of organizations) {
    try {
      const operationId = await backUp(BY_SYSTEM, _id.toString(), { isQueued: false });
      await runOperation(operationId, randomUUID());
    } catch (error) {
      logger.error({ err: error, organizationId: _id.toString() }, 'an organization could not be backed up');
    }
  }
  await pruneBackups();
  // The one that nobody has tried, or whose trial is longest ago, among the newest.
  const [next] = await (await backupModel()).find().sort({ testedAt: 1, takenAt: -1 }).limit(1).lean();
  if (next) await testRestore(next.organizationId.toString(), next._id.toString());
}
