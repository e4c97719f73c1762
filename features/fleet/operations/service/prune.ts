import 'server-only';
import { removeArchive } from '@/lib/archive/backup-folder';
import { env } from '@/lib/env';
import { logger } from '@/lib/logger';
import { backupModel } from '@/lib/master/models/backup';
import { op } from '@/lib/mongo';
import { pruneContents } from '../contents';

/**
 * Removes backups older than BACKUP_KEEP_DAYS; the newest one of an organization stays.
 * @returns how many went.
 */
export async function pruneBackups(now = new Date()): Promise<number> {
  const limit = new Date(now.getTime() - env().BACKUP_KEEP_DAYS * 24 * 60 * 60_000);
  let removed = 0;
  const pruned = new Set<string>();
  for (const old of await backupModel.find({ takenAt: op({ $lt: limit }) }).lean()) {
    const isNewest = !(await backupModel.exists({
      organizationId: old.organizationId,
      takenAt: op({ $gt: old.takenAt }),
    }));
    if (isNewest) continue;
    await removeArchive(old.folder);
    removed += (await backupModel.deleteOne({ _id: old._id })).deletedCount;
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
