import 'server-only';
import { removeArchive } from '@/lib/archive/backup-folder';
import { logger } from '@/lib/logger';
import { operationModel } from '@/lib/master/models/operation';
import { op } from '@/lib/mongo';
import { enqueue, wakeWorker } from '@/lib/work/queue';
import { dropKept } from './confirm';
import { exportFacts } from './export';
import { removeLeftOver } from './give-up';
import { exportFile } from './write-export';

const STALE_MS = 90_000;

/**
 * Wakes what waits or was left by a process that died, and drops databases that have been kept long enough.
 */
export async function sweepOperations(now = new Date()): Promise<void> {
  const due = await operationModel
    .find({ outcome: 'running', wakeAt: op({ $lte: now }) })
    .select('_id')
    .lean();
  const left = await operationModel
    .find({ outcome: 'running', wakeAt: null, updatedAt: op({ $lt: new Date(now.getTime() - STALE_MS) }) })
    .select('_id')
    .lean();
  for (const { _id } of [...due, ...left]) await enqueue('organization.operate', _id.toString());
  for (const { _id } of await operationModel
    .find({ keptUntil: op({ $lte: now }) })
    .select('_id')
    .lean())
    await dropKept(_id.toString()).catch((error: unknown) =>
      logger.error({ err: error, operationId: _id.toString() }, 'a kept database could not be removed'),
    );
  for (const { _id } of await operationModel.find({ isLeftOver: true }).select('_id').lean())
    await removeLeftOver(_id.toString()).catch((error: unknown) =>
      logger.error({ err: error, operationId: _id.toString() }, 'what was given up could not be removed'),
    );
  await removeExpiredExports(now);
  wakeWorker();
}

async function removeExpiredExports(now: Date): Promise<void> {
  const rows = await operationModel
    .find({
      kind: 'export',
      outcome: 'done',
      finishedAt: op({ $lt: new Date(now.getTime() - 7 * 24 * 60 * 60_000) }),
      'data.isRemoved': null,
    })
    .lean();
  for (const { _id, organizationId, data } of rows) {
    const { expiresAt } = exportFacts.parse(data);
    if (expiresAt && expiresAt > now) continue;
    await removeArchive(exportFile(organizationId.toString(), _id.toString()));
    await operationModel.updateOne({ _id }, { $set: { 'data.isRemoved': true } });
  }
}
