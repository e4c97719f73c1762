import 'server-only';
import { duplicateKey } from '../errors';
import { logger } from '../logger';
import { jobModel } from '../master/models/job';
import { op } from '../mongo';
import type { Work } from './define-work';
import { wakeWorker } from './queue';

/** The key of the one row that regular work has. */
export const PERIODIC_KEY = 'periodic';
const LOOK_EVERY_MS = 60_000;

/** Asks for regular work that ended long enough ago. Several processes may look at once: one row, one run. */
export async function enqueueDue(works: readonly Work[], now = new Date()): Promise<void> {
  for (const { name: kind, everyMinutes } of works) {
    if (everyMinutes === null) continue;
    const first = {
      kind,
      key: PERIODIC_KEY,
      payload: {},
      state: 'waiting' as const,
      runAt: now,
      attempts: 0,
    };
    try {
      if (!(await jobModel.exists({ kind, key: PERIODIC_KEY }))) await jobModel.create(first);
    } catch (error) {
      // Another process was first.
      if (!duplicateKey(error)) throw error;
    }
    await jobModel.updateOne(
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

/** Looks every minute which regular work is due. @returns a function that stops looking. */
export function startSchedule(works: readonly Work[]): () => void {
  const look = () =>
    enqueueDue(works).catch((error: unknown) =>
      logger.warn({ err: error }, 'regular work could not be asked for'),
    );
  void look();
  const timer = setInterval(look, LOOK_EVERY_MS);
  timer.unref();
  return () => clearInterval(timer);
}
