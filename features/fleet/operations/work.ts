import 'server-only';
import { randomUUID } from 'node:crypto';
import { recordPlatformAudit } from '@/lib/audit/record';
import { logger } from '@/lib/logger';
import { backupModel } from '@/lib/master/models/backup';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import type { OperationKind } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import type { OnBoundary } from '@/lib/work/boundary';
import { defineWork, type NoPayload } from '@/lib/work/define-work';
import { assertDone, done, type Facts, type Outcome } from '@/lib/work/outcome';
import type { Change, WorkRecord } from '@/lib/work/record';
import { BACKED_UP_STATES } from './policy';
import { backUp, backup } from './service/back-up';
import { BY_SYSTEM, type Operation, type OperationRow } from './service/begin';
import { offboard } from './service/close';
import { exportEverything } from './service/export';
import { goOnRenewing } from './service/keep';
import { move } from './service/move';
import { pruneBackups } from './service/prune';
import { reset } from './service/reset';
import { restore } from './service/restore';
import { rotate } from './service/rotate';
import { sweepOperations } from './service/sweep';
import { testRestore } from './service/test-restore';
import { undo } from './service/undo';

declare module '@/lib/work/define-work' {
  interface WorkPayloads {
    'organization.operate': NoPayload;
    'account.kept': NoPayload;
    'operations.sweep': NoPayload;
    'backups.nightly': NoPayload;
  }
}

/** Each kind, with its steps in the order of OPERATION_STEPS. */
export const OPERATIONS: Record<OperationKind, Operation> = {
  backup,
  restore,
  reset,
  move,
  undo,
  rotate,
  export: exportEverything,
  offboard,
};

const asData = (facts: Facts): Facts =>
  Object.fromEntries(Object.entries(facts).map(([key, value]) => [`data.${key}`, value]));

function updateOf(change: Change): Record<string, object> {
  switch (change.change) {
    case 'step': {
      const { step, facts, at, durationMs, isLast } = change;
      return {
        $set: { step, ...asData(facts), ...(isLast ? { outcome: 'done', finishedAt: at } : {}) },
        $unset: { lastError: '', progress: '' },
        $push: { history: { step, at, durationMs } },
      };
    }
    case 'facts':
      return { $set: asData(change.facts) };
    case 'progress': {
      const { label, done: finished, total } = change;
      return { $set: { progress: { label, done: finished, total } } };
    }
    case 'again': {
      const progress = change.why ? { progress: { label: change.why, done: 0, total: 1 } } : {};
      return { $set: { wakeAt: change.at, ...progress }, $unset: { lastError: '' } };
    }
    case 'needs-operator':
    case 'trouble':
      return { $set: { lastError: change.why } };
    case 'failed':
      return { $set: { outcome: 'failed', finishedAt: change.at } };
  }
}

/** One row per operation, in `operations`; an operation that has ended is not taken again. */
const record: WorkRecord<OperationRow> = {
  take: async (id, fence) => {
    const row = await operationModel
      .findOneAndUpdate(
        { _id: objectId(id, 'operation'), outcome: 'running' },
        { $set: { fence }, $inc: { attempts: 1 }, $unset: { wakeAt: '' } },
        { returnDocument: 'after' },
      )
      .lean();
    if (!row) return null;
    const { kind, step, organizationId, data } = row;
    return { id, kind, step, organizationId: organizationId.toString(), facts: { ...data } };
  },
  write: async (id, fence, change) => {
    const mine = { _id: objectId(id), fence, outcome: 'running' as const };
    return (await operationModel.updateOne(mine, updateOf(change))).matchedCount > 0;
  },
  beat: async (id, fence) => {
    const mine = { _id: objectId(id), fence, outcome: 'running' as const };
    await operationModel.updateOne(mine, { $set: { updatedAt: new Date() } });
  },
};

/** Takes an operation on from where it is; its key is the operation's id. */
const operate = defineWork({
  name: 'organization.operate',
  record,
  steps: ({ kind }) => OPERATIONS[kind].steps,
  giveUp: async (run) => OPERATIONS[run.kind].giveUp?.(run),
  ended: ({ id, kind, organizationId }, end) =>
    recordPlatformAudit({
      actor: { kind: 'system', id: 'system', name: 'Operations' },
      action: `organization.${kind}.end`,
      target: `operation:${id}`,
      organizationId,
      result: end === 'done' ? 'ok' : 'failed',
    }),
});

/** The same in this process, for commands and tests. */
export const runOperation = (id: string, fence: string, onBoundary?: OnBoundary): Promise<Outcome> =>
  operate.run({ key: id, payload: {}, attempt: 1, fence }, onBoundary);

/** A backup of each organization; one that fails keeps no other from its own. */
async function backUpEverybody(): Promise<void> {
  const organizations = await organizationModel
    .find({
      'placement.schemaVersion': op({ $gt: 0 }),
      status: op({ $in: BACKED_UP_STATES }),
    })
    .select('_id')
    .lean();
  for (const { _id } of organizations) {
    const organizationId = _id.toString();
    try {
      const end = await runOperation(
        await backUp(BY_SYSTEM, organizationId, { isQueued: false }),
        randomUUID(),
      );
      if (end.outcome !== 'again') assertDone(end);
    } catch (error) {
      logger.error({ err: error, organizationId }, 'an organization could not be backed up');
    }
  }
}

/** Tries the newest backup that nobody has tried, or whose trial is longest ago. */
async function tryOneBackup(): Promise<void> {
  const [next] = await backupModel.find().sort({ testedAt: 1, takenAt: -1 }).limit(1).lean();
  if (next) await testRestore(next.organizationId.toString(), next._id.toString());
}

const nightly = defineWork({
  name: 'backups.nightly',
  every: { minutes: 24 * 60 },
  steps: {
    backed_up: () => backUpEverybody().then(() => done),
    pruned: () => pruneBackups().then(() => done),
    tried: () => tryOneBackup().then(() => done),
  },
});

export const operationsWork = [
  operate,
  // Its key is the closing that was taken back.
  defineWork({ name: 'account.kept', steps: { renewing: ({ key }) => goOnRenewing(key) } }),
  nightly,
  defineWork({
    name: 'operations.sweep',
    every: { minutes: 1 },
    steps: { swept: () => sweepOperations().then(() => done) },
  }),
];
