import 'server-only';
import { notFoundError } from '@/lib/errors';
import { backupModel } from '@/lib/master/models/backup';
import { operationModel } from '@/lib/master/models/operation';
import { objectId, op } from '@/lib/mongo';
import {
  canGiveUp,
  canKeepAccount,
  canUndo,
  isTransfer,
  OPERATION_LABEL,
  OPERATION_STEP_LABEL,
  OPERATION_STEPS,
} from './policy';

const MOST_SHOWN = 10;
const iso = (date: Date | null | undefined): string | null => date?.toISOString() ?? null;

/** An organization's latest operations, newest first; nothing of their secrets. */
export async function listOperations(organizationId: string, now = new Date()) {
  const rows = await (await operationModel())
    .find({ organizationId: objectId(organizationId, 'organization') })
    .sort({ createdAt: -1 })
    .limit(MOST_SHOWN)
    .lean();
  return rows.map((row) => {
    const steps: readonly string[] = OPERATION_STEPS[row.kind];
    const state = { kind: row.kind, step: row.step, outcome: row.outcome, keptUntil: row.keptUntil ?? null };
    return {
      id: row._id.toString(),
      kind: row.kind,
      label: OPERATION_LABEL[row.kind],
      outcome: row.outcome,
      stepLabel: OPERATION_STEP_LABEL[row.step] ?? row.step,
      stepsDone: steps.indexOf(row.step) + 1,
      steps: steps.length,
      progress: row.progress ? `${row.progress.label}, ${row.progress.done} of ${row.progress.total}` : null,
      lastError: row.lastError ?? null,
      requestedBy: row.requestedBy.name ?? '',
      createdAt: row.createdAt.toISOString(),
      wakeAt: iso(row.wakeAt),
      keptUntil: iso(row.keptUntil),
      canUndo: canUndo(state, now),
      canGiveUp: canGiveUp(state),
      canKeepAccount: canKeepAccount(state),
      isTransfer: isTransfer(row.kind),
    };
  });
}
export type OperationEntry = Awaited<ReturnType<typeof listOperations>>[number];

export async function listBackups(organizationId: string) {
  const rows = await (await backupModel())
    .find({ organizationId: objectId(organizationId, 'organization') })
    .sort({ takenAt: -1 })
    .limit(MOST_SHOWN)
    .lean();
  return rows.map((row) => ({
    id: row._id.toString(),
    takenAt: row.takenAt.toISOString(),
    documents: row.documents,
    sizeBytes: row.sizeBytes,
    collections: row.collections,
    sha256: row.sha256,
    testedAt: iso(row.testedAt),
    testError: row.testError ?? null,
  }));
}
export type BackupEntry = Awaited<ReturnType<typeof listBackups>>[number];

/** When a backup was last restored on trial without a fault, and the last fault if it is newer. */
export async function findRestoreProof(): Promise<{ greenAt: string | null; fault: string | null }> {
  const backups = await backupModel();
  const tested = { testedAt: op({ $type: 'date' }) };
  const [green] = await backups
    .find({ ...tested, testError: null })
    .sort({ testedAt: -1 })
    .limit(1)
    .lean();
  const [last] = await backups.find(tested).sort({ testedAt: -1 }).limit(1).lean();
  return { greenAt: iso(green?.testedAt), fault: last?.testError ?? null };
}

/** One operation as stored. @throws AppError NOT_FOUND. */
export async function getOperation(operationId: string) {
  const row = await (await operationModel()).findById(objectId(operationId, 'operation')).lean();
  if (!row) throw notFoundError('operation');
  return row;
}
