import 'server-only';
import { duplicateKey } from '../errors';
import { logger } from '../logger';
import { jobModel } from '../master/models/job';
import { op } from '../mongo';
import { type JobKind, wakeWorker } from './queue';

export type Periodic = { kind: JobKind; everyMinutes: number };

/** The key of the one row that a periodic job has. */
export const PERIODIC_KEY = 'periodic';
const LOOK_EVERY_MS = 60_000;

/** Asks for each periodic job that ended long enough ago. Several processes may look at once: one row, one run. */
export async function enqueuePeriodic(jobs: readonly Periodic[], now = new Date()): Promise<void> {
  const rows = await jobModel();
  for (const { kind, everyMinutes } of jobs) {
    const first = {
      kind,
      key: PERIODIC_KEY,
      payload: {},
      state: 'waiting' as const,
      runAt: now,
      attempts: 0,
    };
    try {
      if (!(await rows.exists({ kind, key: PERIODIC_KEY }))) await rows.create(first);
    } catch (error) {
      // Another process was first.
      if (!duplicateKey(error)) throw error;
    }
    await rows.updateOne(
      {
        kind,
        key: PERIODIC_KEY,
        state: op({ $in: ['done', 'dead'] as const }),
        finishedAt: op({ $lte: new Date(now.getTime() - everyMinutes * 60_000) }),
      },
      { $set: { state: 'waiting', runAt: now, attempts: 0 } },
    );
  }
  wakeWorker();
}

/** @returns a function that stops asking. */
export function startPeriodic(jobs: readonly Periodic[]): () => void {
  const look = () =>
    enqueuePeriodic(jobs).catch((error: unknown) =>
      logger.warn({ err: error }, 'periodic jobs could not be asked for'),
    );
  void look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
