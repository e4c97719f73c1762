import 'server-only';
import { z } from 'zod';
import { contentsIn, loadBackup, type Manifest, readManifest } from '@/lib/archive/backup-folder';
import { contentsOf, differences } from '@/lib/archive/content';
import { AppError } from '@/lib/errors';
import { backupModel } from '@/lib/master/models/backup';
import { objectId } from '@/lib/mongo';
import { done, failed, type Outcome } from '@/lib/work/outcome';
import { besideOf } from '../../placement/policy';
import { placeNow, withDatabaseAt } from '../../placement/queries';
import { reservePlacement } from '../../placement/service/reserve';
import { putContents } from '../contents';
import { getBackup } from '../queries';
import type { By, How, OperationRun } from './begin';
import { bringLog, isLog, sameOrFailed } from './copy';
import { beginTransfer, transfer } from './transfer';

/** Puts a backup into the place of the present database, which is kept for some days. */
export async function restoreBackup(
  by: By,
  organizationId: string,
  backupId: string,
  how: How = {},
): Promise<string> {
  const from = await placeNow(organizationId);
  if (from.provider === 'external')
    throw new AppError('CONFLICT', 'Their records are on a server of their own. Move them to a cell first.');
  const { schemaVersion } = await getBackup(organizationId, backupId);
  const to = await reservePlacement(organizationId, besideOf(from), schemaVersion);
  return beginTransfer(by, 'restore', { from, to, backupId }, how);
}

const restoreFacts = z.object({ backupId: z.string() });

/** Does this with the backup that is restored; one that was pruned meanwhile cannot come back. */
async function withBackup(
  run: OperationRun,
  work: (manifest: Manifest, folder: string) => Promise<Outcome>,
): Promise<Outcome> {
  const { backupId } = restoreFacts.parse(run.facts);
  const backup = await backupModel
    .findOne({ _id: objectId(backupId), organizationId: objectId(run.organizationId) })
    .lean();
  if (!backup) return failed('The backup is not there any more');
  return work(await readManifest(run.organizationId, backupId, backup.folder), backup.folder);
}

export const restore = transfer({
  fill: (run, destination) =>
    withBackup(run, async (manifest, folder) => {
      await withDatabaseAt(destination, (to) => loadBackup(to, manifest, folder, run.report));
      await run.save({ documentsLost: await putContents(run, manifest) });
      return done;
    }),
  verify: (run, destination) =>
    withBackup(run, async (manifest) => {
      // After a kill the log may be the newer one already.
      const expected = contentsIn(manifest).filter(({ name }) => !isLog(name));
      const found = await withDatabaseAt(destination, contentsOf);
      const verdict = sameOrFailed(
        differences(
          expected,
          found.filter(({ name }) => !isLog(name)),
        ),
      );
      if (verdict.outcome === 'done') await bringLog(run, destination);
      return verdict;
    }),
});
