import 'server-only';
import { randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import { env } from '../env';
import { logger } from '../logger';
import { jobModel } from '../master/models/job';
import { op } from '../mongo';
import { MOST_ATTEMPTS, type Work } from './define-work';
import type { Outcome } from './outcome';
import { onWake } from './queue';

const LEASE_MS = 60_000;
/** Beside the web, which says when there is work; a worker alone looks more often, so that nobody waits. */
const POLL_MS = { on: 1_000, off: 1_000, only: 250 };
const CONCURRENCY = 4;

/** 1 s, 2 s, 4 s ... at most 10 minutes, with jitter so that many failures do not return together. */
export function backoffMs(attempt: number, random = Math.random()): number {
  return Math.min(600_000, 1_000 * 2 ** (attempt - 1)) * (0.75 + random / 2);
}

type Works = ReadonlyMap<string, Work>;

/**
 * Takes jobs under a lease, several processes at once. A process that dies loses its lease and another goes
 * on.
 * @returns a function that stops taking jobs and waits for those at work.
 */
export function startWorker(known: readonly Work[]): () => Promise<void> {
  const works: Works = new Map(known.map((work) => [work.name, work]));
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
          const work = execute(works, job).finally(() => {
            running.delete(work);
            wake();
          });
          running.add(work);
        }
      } catch (error) {
        logger.warn({ err: error }, 'the worker cannot reach the master database');
      }
      if (took && running.size < CONCURRENCY) continue;
      const nap = new AbortController();
      wake = () => nap.abort();
      await delay(POLL_MS[env().WORKER], undefined, { signal: nap.signal }).catch(() => undefined);
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
  const now = new Date();
  const token = randomUUID();
  const lease = { token, until: new Date(now.getTime() + LEASE_MS) };
  const take = { $set: { state: 'running' as const, lease }, $inc: { attempts: 1 } };
  const due = await jobModel
    .findOneAndUpdate({ state: 'waiting', runAt: op({ $lte: now }) }, take, {
      sort: { runAt: 1 },
      returnDocument: 'after',
    })
    .lean();
  if (due) return { ...due, token };
  // A lease that ran out belongs to a process that died.
  const lost = await jobModel
    .findOneAndUpdate({ state: 'running', 'lease.until': op({ $lt: now }) }, take, {
      returnDocument: 'after',
    })
    .lean();
  return lost ? { ...lost, token } : null;
}

type Claimed = NonNullable<Awaited<ReturnType<typeof claim>>>;

const underLease = (job: Claimed) => ({
  _id: job._id,
  state: 'running' as const,
  'lease.token': job.token,
});

async function execute(works: Works, job: Claimed): Promise<void> {
  const { kind, key, payload, attempts: attempt, token: fence } = job;
  const heartbeat = setInterval(() => {
    jobModel
      .updateOne(underLease(job), { $set: { 'lease.until': new Date(Date.now() + LEASE_MS) } })
      .catch((error: unknown) => logger.warn({ err: error, kind }, 'lease could not be extended'));
  }, LEASE_MS / 3);
  try {
    const work = works.get(kind);
    if (!work) throw new Error(`This version knows no work named ${kind}`);
    await settle(job, work, await work.run({ key, payload: payload ?? {}, attempt, fence }));
  } catch (error) {
    await putBack(job, error instanceof Error ? error.message : String(error), error);
  } finally {
    clearInterval(heartbeat);
  }
}

/** Writes down how a run ended that threw nothing. */
async function settle(job: Claimed, work: Work, end: Outcome): Promise<void> {
  switch (end.outcome) {
    case 'done':
      return finish(job);
    case 'again':
      return comeBack(job, end.at);
    case 'needs-operator':
      return putBack(job, end.why);
    case 'failed':
      return work.isRecorded ? finish(job) : bury(job, end.why);
  }
}

async function finish(job: Claimed): Promise<void> {
  // A mail may carry a link that opens an account: what is done keeps nothing of it.
  const ended = await jobModel.updateOne(
    { ...underLease(job), again: op({ $ne: true }) },
    { $set: { state: 'done', finishedAt: new Date(), lease: null, payload: {} } },
  );
  if (ended.matchedCount === 0) await runOnceMore(job);
}

/** Waits for its time; the run that found out is not counted. */
async function comeBack(job: Claimed, runAt: Date): Promise<void> {
  const waits = await jobModel.updateOne(
    { ...underLease(job), again: op({ $ne: true }) },
    { $set: { state: 'waiting', runAt, lease: null }, $inc: { attempts: -1 } },
  );
  if (waits.matchedCount === 0) await runOnceMore(job);
}

/** It was asked for while it ran. */
async function runOnceMore(job: Claimed): Promise<void> {
  const once = { state: 'waiting' as const, again: false, attempts: 0, runAt: new Date(), lease: null };
  await jobModel.updateOne(underLease(job), { $set: once });
}

/**
 * Tries it again later, a limited number of times. Never throws: a lease that cannot be given back runs out.
 */
async function putBack(job: Claimed, lastError: string, error?: unknown): Promise<void> {
  const { kind, key, attempts } = job;
  try {
    if (attempts >= MOST_ATTEMPTS) return await bury(job, lastError, error);
    logger.warn({ err: error, why: lastError, kind, key, attempt: attempts }, 'work failed');
    const runAt = new Date(Date.now() + backoffMs(attempts));
    await jobModel.updateOne(underLease(job), {
      $set: { state: 'waiting', again: false, lastError, runAt, lease: null },
    });
  } catch (lost) {
    logger.warn({ err: lost, kind }, 'work could not be put back; its lease will run out');
  }
}

async function bury(job: Claimed, lastError: string, error?: unknown): Promise<void> {
  const { kind, key, attempts } = job;
  logger.error({ err: error, why: lastError, kind, key, attempt: attempts }, 'work is given up');
  await jobModel.updateOne(underLease(job), {
    $set: { state: 'dead', lastError, finishedAt: new Date(), lease: null },
  });
}
