import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { logger } from '../logger';
import { jobModel } from '../master/models/job';
import { op } from '../mongo';
import { type JobKind, onWake } from './queue';

export type JobHandler = (job: {
  key: string;
  payload: Record<string, unknown>;
  attempt: number;
  token: string;
}) => Promise<void>;
/** Thrown by a handler whose work goes on elsewhere: it comes back later, and this was no failure. */
export class Postponed extends Error {
  override name = 'Postponed';
  constructor(readonly delayMs: number) {
    super('postponed');
  }
}
export type JobHandlers = Record<JobKind, JobHandler>;

const LEASE_MS = 60_000;
const POLL_MS = 1_000;
const CONCURRENCY = 4;
const MAX_ATTEMPTS = 12;

/** 1 s, 2 s, 4 s ... at most 10 minutes, with jitter so that many failures do not return together. */
export function backoffMs(attempt: number, random = Math.random()): number {
  return Math.min(600_000, 1_000 * 2 ** (attempt - 1)) * (0.75 + random / 2);
}

/**
 * Takes jobs under a lease, several processes at once. A process that dies loses its lease and another goes on.
 * @returns a function that stops taking jobs and waits for those at work.
 */
export function startWorker(handlers: JobHandlers): () => Promise<void> {
  let stopping = false;
  let wake: () => void = () => {};
  onWake(() => wake());
  const running = new Set<Promise<void>>();

  const loop = (async () => {
    while (!stopping) {
      let took = false;
      try {
        while (!stopping && running.size < CONCURRENCY) {
          const job = await claim();
          if (!job) break;
          took = true;
          const work = execute(handlers, job).finally(() => {
            running.delete(work);
            wake();
          });
          running.add(work);
        }
      } catch (error) {
        logger.warn({ err: error }, 'the job worker cannot reach the master database');
      }
      if (took && running.size < CONCURRENCY) continue;
      const nap = new AbortController();
      wake = () => nap.abort();
      await delay(POLL_MS, undefined, { signal: nap.signal }).catch(() => undefined);
    }
  })();

  return async () => {
    stopping = true;
    wake();
    await loop;
    await Promise.allSettled(running);
  };
}

async function claim() {
  const jobs = await jobModel();
  const now = new Date();
  const token = randomUUID();
  const lease = { token, until: new Date(now.getTime() + LEASE_MS) };
  const take = { $set: { state: 'running' as const, lease }, $inc: { attempts: 1 } };
  const due = await jobs
    .findOneAndUpdate({ state: 'waiting', runAt: op({ $lte: now }) }, take, {
      sort: { runAt: 1 },
      returnDocument: 'after',
    })
    .lean();
  if (due) return { ...due, token };
  // A lease that ran out belongs to a process that died.
  const lost = await jobs
    .findOneAndUpdate({ state: 'running', 'lease.until': op({ $lt: now }) }, take, {
      returnDocument: 'after',
    })
    .lean();
  return lost ? { ...lost, token } : null;
}

type Claimed = NonNullable<Awaited<ReturnType<typeof claim>>>;

async function execute(handlers: JobHandlers, job: Claimed): Promise<void> {
  const jobs = await jobModel();
  const mine = { _id: job._id, state: 'running' as const, 'lease.token': job.token };
  const heartbeat = setInterval(() => {
    jobs
      .updateOne(mine, { $set: { 'lease.until': new Date(Date.now() + LEASE_MS) } })
      .catch((error: unknown) => logger.warn({ err: error, kind: job.kind }, 'lease could not be extended'));
  }, LEASE_MS / 3);
  try {
    const payload = typeof job.payload === 'object' && job.payload !== null ? { ...job.payload } : {};
    await handlers[job.kind as JobKind]({ key: job.key, payload, attempt: job.attempts, token: job.token });
    // A mail may carry a link that opens an account: what is done keeps nothing of it.
    const ended = await jobs.updateOne(
      { ...mine, again: op({ $ne: true }) },
      { $set: { state: 'done', finishedAt: new Date(), lease: null, payload: {} } },
    );
    if (ended.matchedCount === 0) {
      const once = { state: 'waiting' as const, again: false, attempts: 0, runAt: new Date(), lease: null };
      await jobs.updateOne(mine, { $set: once });
    }
  } catch (error) {
    if (error instanceof Postponed) {
      const runAt = new Date(Date.now() + error.delayMs);
      await jobs
        .updateOne(mine, {
          $set: { state: 'waiting', again: false, runAt, lease: null },
          $inc: { attempts: -1 },
        })
        .catch((lost: unknown) => logger.warn({ err: lost, kind: job.kind }, 'job could not be put back'));
      return;
    }
    const message = error instanceof Error ? error.message : String(error);
    const isDead = job.attempts >= MAX_ATTEMPTS;
    logger[isDead ? 'error' : 'warn'](
      { err: error, kind: job.kind, key: job.key, attempt: job.attempts },
      'job failed',
    );
    await putBack(mine, message, isDead, job.attempts).catch((lost: unknown) =>
      logger.warn({ err: lost, kind: job.kind }, 'job could not be put back; its lease will run out'),
    );
  } finally {
    clearInterval(heartbeat);
  }
}

async function putBack(
  mine: Record<string, unknown>,
  lastError: string,
  isDead: boolean,
  attempts: number,
): Promise<void> {
  const jobs = await jobModel();
  if (isDead) {
    await jobs.updateOne(mine, { $set: { state: 'dead', lastError, finishedAt: new Date(), lease: null } });
    return;
  }
  const runAt = new Date(Date.now() + backoffMs(attempts));
  await jobs.updateOne(mine, { $set: { state: 'waiting', again: false, lastError, runAt, lease: null } });
}
