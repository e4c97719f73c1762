import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { jobModel } from '@/lib/master/models/job';
import '@/lib/master/all-models';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { closeConnections } from '@/tests/builders/organization';
import { enqueue, type JobKind } from './queue';
import { backoffMs, type JobHandler, type JobHandlers, Postponed, startWorker } from './worker';

const KIND: JobKind = 'mail.send';
const only = (handler: JobHandler): JobHandlers => new Proxy({} as JobHandlers, { get: () => handler });

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('It did not happen within ten seconds');
}

describe('the job worker', () => {
  beforeAll(async () => {
    await ensureMasterIndexes();
    await (await jobModel()).deleteMany({});
  });
  afterAll(closeConnections);

  it('gives each job to one of several workers', async () => {
    const seen: string[] = [];
    const handler: JobHandler = async ({ key }) => {
      seen.push(key);
    };
    await Promise.all(Array.from({ length: 30 }, (_, index) => enqueue(KIND, `once-${index}`)));
    const stops = [startWorker(only(handler)), startWorker(only(handler)), startWorker(only(handler))];
    await until(() => seen.length >= 30);
    await Promise.all(stops.map((stop) => stop()));
    expect(seen).toHaveLength(30);
    expect(new Set(seen).size).toBe(30);
  });

  it('takes the same work asked for twice as one', async () => {
    await Promise.all(Array.from({ length: 10 }, () => enqueue(KIND, 'same')));
    expect(await (await jobModel()).countDocuments({ key: 'same' })).toBe(1);
    await (await jobModel()).deleteMany({ key: 'same' });
  });

  it('does work once more that is asked for again after it was done', async () => {
    let runs = 0;
    const stop = startWorker(
      only(async () => {
        runs++;
      }),
    );
    const isDone = async () => (await (await jobModel()).findOne({ key: 'anew' }).lean())?.state === 'done';
    await enqueue(KIND, 'anew', { secret: 'a link' });
    await until(isDone);
    expect((await (await jobModel()).findOne({ key: 'anew' }).lean())?.payload).toEqual({});
    await enqueue(KIND, 'anew');
    await until(async () => runs === 2 && (await isDone()));
    await stop();
    expect(await (await jobModel()).countDocuments({ key: 'anew' })).toBe(1);
  });

  it('never runs two jobs of one kind and key side by side', async () => {
    let running = 0;
    let most = 0;
    let done = 0;
    const stop = startWorker(
      only(async () => {
        running++;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 150));
        running--;
        done++;
      }),
    );
    await enqueue(KIND, 'twin');
    await until(() => running === 1);
    await enqueue(KIND, 'twin');
    await until(() => done === 2);
    await stop();
    expect(most).toBe(1);
  });

  it('tries again after a failure, and keeps the reason meanwhile', async () => {
    let attempts = 0;
    const stop = startWorker(
      only(async () => {
        attempts++;
        if (attempts === 1) throw new Error('the mail server is away');
      }),
    );
    await enqueue(KIND, 'again');
    await until(
      async () =>
        (await (await jobModel()).findOne({ key: 'again' }).lean())?.lastError === 'the mail server is away',
    );
    await until(async () => (await (await jobModel()).findOne({ key: 'again' }).lean())?.state === 'done');
    await stop();
    expect(attempts).toBe(2);
  });

  it('comes back to work that goes on elsewhere without counting it as a failure', async () => {
    const attempts: number[] = [];
    const stop = startWorker(
      only(async ({ attempt }) => {
        attempts.push(attempt);
        if (attempts.length < 3) throw new Postponed(1);
      }),
    );
    await enqueue(KIND, 'elsewhere');
    await until(
      async () => (await (await jobModel()).findOne({ key: 'elsewhere' }).lean())?.state === 'done',
    );
    await stop();
    expect(attempts).toEqual([1, 1, 1]);
  });

  it('goes on with the job of a process that died', async () => {
    const jobs = await jobModel();
    await jobs.create({
      kind: KIND,
      key: 'orphan',
      payload: {},
      state: 'running',
      runAt: new Date(),
      attempts: 1,
      lease: { token: 'dead', until: new Date(Date.now() - 1) },
    });
    const seen: string[] = [];
    const stop = startWorker(
      only(async ({ key }) => {
        seen.push(key);
      }),
    );
    await until(() => seen.includes('orphan'));
    await stop();
    expect(seen).toEqual(['orphan']);
  });

  it('waits longer after each failure, within bounds', () => {
    expect(backoffMs(1, 0.5)).toBe(1_000);
    expect(backoffMs(3, 0.5)).toBe(4_000);
    expect(backoffMs(30, 1)).toBeLessThanOrEqual(750_000);
  });
});
