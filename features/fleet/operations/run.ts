import 'server-only';
import { recordPlatformAudit } from '@/lib/audit/record';
import { logger } from '@/lib/logger';
import { operationModel } from '@/lib/master/models/operation';
import type { OperationKind } from '@/lib/master/vocabulary';
import { objectId } from '@/lib/mongo';
import { NotReadyYet } from '@/lib/provisioning/provider';
import type { OnBoundary } from '@/lib/work/boundary';
import { OPERATION_STEPS } from './policy';

export type Run = {
  id: string;
  organizationId: string;
  /** Facts of the kind, as stored. */
  data: Record<string, unknown>;
  /** Says how far the step has come. @throws when another worker has taken over. */
  report: (label: string, done: number, total: number) => Promise<void>;
  /** Keeps facts that a run after a kill must find. */
  save: (facts: Record<string, unknown>) => Promise<void>;
};
/** Idempotent: a killed step is simply run again. @returns facts to keep with the step. */
export type Step = (run: Run) => Promise<Record<string, unknown> | undefined>;
export type Kind = { steps: Record<string, Step>; giveUp?: (run: Run) => Promise<void> };

/** Nothing to do before this moment; the sweep wakes the operation. */
export class WaitUntil extends Error {
  override name = 'WaitUntil';
  readonly at: Date;
  constructor(at: Date) {
    super(`Waits until ${at.toISOString()}`);
    this.at = at;
  }
}

/** Trying again would end the same: the operation is given up and what it made is taken away. */
export class OperationFailed extends Error {
  override name = 'OperationFailed';
}

const HEARTBEAT_MS = 20_000;

/**
 * Runs what is left of an operation. Each step is stored when done, under a fence, so that a killed process is followed
 * by another run and an overtaken one can write nothing.
 */
export async function runSteps(
  kinds: Record<OperationKind, Kind>,
  id: string,
  fence: string,
  onBoundary: OnBoundary = () => {},
): Promise<void> {
  const operations = await operationModel();
  const _id = objectId(id, 'operation');
  const row = await operations
    .findOneAndUpdate(
      { _id, outcome: 'running' },
      { $set: { fence }, $inc: { attempts: 1 }, $unset: { wakeAt: '' } },
      { returnDocument: 'after' },
    )
    .lean();
  if (!row) return;
  const mine = { _id, fence, outcome: 'running' as const };
  const write = async (update: Record<string, unknown>) => {
    const written = await operations.updateOne(mine, update);
    if (written.matchedCount === 0) throw new Error('Another worker has taken over');
  };
  const run: Run = {
    id,
    organizationId: row.organizationId.toString(),
    data: isRecord(row.data) ? { ...row.data } : {},
    report: (label, done, total) => write({ $set: { progress: { label, done, total } } }),
    save: async (facts) => {
      await write({ $set: prefixed(facts) });
      Object.assign(run.data, facts);
    },
  };
  const kind = kinds[row.kind];
  const steps: readonly string[] = OPERATION_STEPS[row.kind];
  const heartbeat = setInterval(() => {
    operations.updateOne(mine, { $set: { updatedAt: new Date() } }).catch(() => undefined);
  }, HEARTBEAT_MS);
  try {
    for (const step of steps.slice(steps.indexOf(row.step) + 1)) {
      const started = performance.now();
      await onBoundary({ step, at: 'before' });
      const facts = (await kind.steps[step]?.(run)) ?? {};
      await onBoundary({ step, at: 'done' });
      const at = new Date();
      const isLast = step === steps.at(-1);
      await write({
        $set: { step, ...prefixed(facts), ...(isLast ? { outcome: 'done', finishedAt: at } : {}) },
        $unset: { lastError: '', progress: '' },
        $push: { history: { step, at, durationMs: Math.round(performance.now() - started) } },
      });
      Object.assign(run.data, facts);
      if (isLast) await note(row, 'ok');
      await onBoundary({ step, at: 'recorded' });
    }
  } catch (error) {
    if (error instanceof WaitUntil) {
      await write({ $set: { wakeAt: error.at } });
      return;
    }
    if (error instanceof NotReadyYet) {
      await write({
        $set: {
          wakeAt: new Date(Date.now() + error.retryAfterMs),
          progress: { label: error.what, done: 0, total: 1 },
        },
        $unset: { lastError: '' },
      });
      return;
    }
    const lastError = error instanceof Error ? error.message : String(error);
    await operations.updateOne(mine, { $set: { lastError } });
    if (!(error instanceof OperationFailed)) throw error;
    logger.error({ err: error, operationId: id, kind: row.kind }, 'operation is given up');
    await kind.giveUp?.(run);
    await write({ $set: { outcome: 'failed', finishedAt: new Date() } });
    await note(row, 'failed');
  } finally {
    clearInterval(heartbeat);
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const prefixed = (facts: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(facts).map(([key, value]) => [`data.${key}`, value]));

async function note(
  row: { _id: { toString: () => string }; kind: OperationKind; organizationId: { toString: () => string } },
  result: 'ok' | 'failed',
): Promise<void> {
  await recordPlatformAudit({
    actor: { kind: 'system', id: 'system', name: 'Operations' },
    action: `organization.${row.kind}.end`,
    target: `operation:${row._id.toString()}`,
    organizationId: row.organizationId.toString(),
    result,
  });
}
