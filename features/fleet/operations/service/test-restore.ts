import 'server-only';
import { loadBackup, type Manifest, readBackup, readManifest } from '@/lib/archive/backup-folder';
import { contentsOf, differences } from '@/lib/archive/content';
import { logger } from '@/lib/logger';
import { backupModel } from '@/lib/master/models/backup';
import { selfHosted } from '@/lib/provisioning/providers/self-hosted';
import { placeNow, targetOf, withDatabaseAt } from '../../placement/queries';
import { reservePlacement } from '../../placement/service/reserve';
import { brokenContents } from '../contents';
import { getBackup } from '../queries';

/** What differs when the backup is loaded into a database of its own on this cell, which is dropped again. */
async function differencesOnTrial(cellId: string, manifest: Manifest, folder: string): Promise<string[]> {
  const trial = await reservePlacement(manifest.organizationId, cellId, manifest.schemaVersion, 't');
  const target = targetOf(trial);
  try {
    await selfHosted.ensureDatabase(target);
    await selfHosted.ensureUser(target);
    return await withDatabaseAt(trial, async (db) => {
      await loadBackup(db, manifest, folder, async () => {});
      return differences(manifest.collections, await contentsOf(db));
    });
  } finally {
    await selfHosted.remove(trial);
  }
}

/**
 * Restores a backup into a database that is dropped again, and writes down whether it came back whole. Of an
 * organization that has a server of its own nothing is put on our cells: its backup is read to the end
 * and compared.
 * @returns what is wrong with it, or null.
 */
export async function testRestore(organizationId: string, backupId: string): Promise<string | null> {
  const found = await getBackup(organizationId, backupId);
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
  await backupModel.updateOne({ _id: found._id }, { $set: { testedAt: new Date(), testError, isRestored } });
  return testError;
}
