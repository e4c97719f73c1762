import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { jobModel } from '@/lib/master/models/job';
import '@/server/master-models';
import { ensureMasterIndexes } from '@/lib/master/define-master-model';
import { closeConnections } from '@/tests/builders/organization';
import { defineWork, type Job, type NoPayload, type Work } from './define-work';
import { again, done, failed, needsOperator, type Outcome } from './outcome';
import { enqueue } from './queue';
import { enqueueDue, PERIODIC_KEY } from './schedule';
import { backoffMs, startWorker } from './worker';

declare module './define-work' {
  interface WorkPayloads {
    'work-test.plain': NoPayload;
    'work-test.letter': { to: string };
    'work-test.regular': NoPayload;
  }
}

const NAME = 'work-test.plain';
const plain = (step: (job: Job<NoPayload>) => Promise<Outcome>): Work[] => [
  defineWork({ name: NAME, steps: { taken: step } }),
];
const jobNamed = async (key: string) => jobModel.findOne({ key }).lean();
const isDone = (key: string) => async () => (await jobNamed(key))?.state === 'done';

async function until(condition: () => boolean | Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 10_000; Date.now() < end; ) {
    if (await condition()) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error('It did not happen within ten seconds');
}

beforeAll(ensureMasterIndexes);
beforeEach(async () => {
  await jobModel.deleteMany({});
});
afterAll(closeConnections);

describe('the worker', () => {
  it('gives each job to one of several workers', async () => {
    const seen: string[] = [];
    const works = plain(async ({ key }) => {
      seen.push(key);
      return done;
    });
    await Promise.all(Array.from({ length: 30 }, (_, index) => enqueue(NAME, `once-${index}`)));
    const stops = [startWorker(works), startWorker(works), startWorker(works)];
    await until(() => seen.length >= 30);
    await Promise.all(stops.map((stop) => stop()));
    expect(seen).toHaveLength(30);
    expect(new Set(seen).size).toBe(30);
  });

  it('takes the same work asked for twice as one', async () => {
    await Promise.all(Array.from({ length: 10 }, () => enqueue(NAME, 'same')));
    expect(await jobModel.countDocuments({ key: 'same' })).toBe(1);
  });

  it('does work once more that is asked for again after it was done, and keeps no payload of it', async () => {
    const told: string[] = [];
    const letter = defineWork({
      name: 'work-test.letter',
      payload: z.object({ to: z.string() }),
      steps: {
        sent: async ({ payload }) => {
          told.push(payload.to);
          return done;
        },
      },
    });
    const stop = startWorker([letter]);
    await enqueue('work-test.letter', 'twice', { to: 'asha' });
    await until(isDone('twice'));
    expect((await jobNamed('twice'))?.payload).toEqual({});
    await enqueue('work-test.letter', 'twice', { to: 'ravi' });
    await until(async () => told.length === 2 && (await isDone('twice')()));
    await stop();
    expect(told).toEqual(['asha', 'ravi']);
    expect(await jobModel.countDocuments({ key: 'twice' })).toBe(1);
  });

  it('never runs two jobs of one name and key side by side', async () => {
    let running = 0;
    let most = 0;
    let ended = 0;
    const stop = startWorker(
      plain(async () => {
        running++;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 150));
        running--;
        ended++;
        return done;
      }),
    );
    await enqueue(NAME, 'twin');
    await until(() => running === 1);
    await enqueue(NAME, 'twin');
    await until(() => ended === 2);
    await stop();
    expect(most).toBe(1);
  });

  it('tries again after a throw, and keeps the reason meanwhile', async () => {
    let attempts = 0;
    const stop = startWorker(
      plain(async () => {
        attempts++;
        if (attempts === 1) throw new Error('the mail server is away');
        return done;
      }),
    );
    await enqueue(NAME, 'thrown');
    await until(async () => (await jobNamed('thrown'))?.lastError === 'the mail server is away');
    await until(isDone('thrown'));
    await stop();
    expect(attempts).toBe(2);
  });

  it('comes back to work that goes on elsewhere, without counting it as a failure', async () => {
    const attempts: number[] = [];
    const stop = startWorker(
      plain(async ({ attempt }) => {
        attempts.push(attempt);
        return attempts.length < 3 ? again(new Date(Date.now() + 1)) : done;
      }),
    );
    await enqueue(NAME, 'elsewhere');
    await until(isDone('elsewhere'));
    await stop();
    expect(attempts).toEqual([1, 1, 1]);
  });

  it('runs at once what was asked for while a run decided to come back later', async () => {
    let runs = 0;
    let goOn: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const stop = startWorker(
      plain(async () => {
        runs++;
        if (runs > 1) return done;
        await gate;
        return again(new Date(Date.now() + 3_600_000));
      }),
    );
    await enqueue(NAME, 'hurried');
    await until(() => runs === 1);
    await enqueue(NAME, 'hurried');
    goOn();
    await until(isDone('hurried'));
    await stop();
    expect(runs).toBe(2);
  });

  it('keeps what an operator has to do as the reason, and asks again later', async () => {
    let attempts = 0;
    const stop = startWorker(
      plain(async () => {
        attempts++;
        return needsOperator('Every cell is full');
      }),
    );
    await enqueue(NAME, 'stuck');
    await until(async () => (await jobNamed('stuck'))?.state === 'waiting' && attempts > 0);
    await stop();
    expect(await jobNamed('stuck')).toMatchObject({ lastError: 'Every cell is full', attempts: 1 });
  });

  it('gives up at once what can only fail again', async () => {
    const stop = startWorker(plain(async () => failed('There is nobody to write to')));
    await enqueue(NAME, 'hopeless');
    await until(async () => (await jobNamed('hopeless'))?.state === 'dead');
    await stop();
    expect(await jobNamed('hopeless')).toMatchObject({
      lastError: 'There is nobody to write to',
      attempts: 1,
    });
  });

  it('gives nothing to the step of a job whose stored payload does not fit', async () => {
    const told: unknown[] = [];
    const letter = defineWork({
      name: 'work-test.letter',
      payload: z.object({ to: z.string() }),
      steps: {
        sent: async ({ payload }) => {
          told.push(payload);
          return done;
        },
      },
    });
    await jobModel.create({
      kind: 'work-test.letter',
      key: 'misfit',
      payload: { to: 7 },
      state: 'waiting',
      runAt: new Date(),
    });
    const stop = startWorker([letter]);
    await until(async () => Boolean((await jobNamed('misfit'))?.lastError));
    await stop();
    expect(told).toEqual([]);
    expect((await jobNamed('misfit'))?.state).toBe('waiting');
  });

  it('puts back a job whose name this version does not know', async () => {
    await jobModel.create({
      kind: 'work-test.of-another-version',
      key: 'unknown',
      payload: {},
      state: 'waiting',
      runAt: new Date(),
    });
    const stop = startWorker(plain(async () => done));
    await until(async () => Boolean((await jobNamed('unknown'))?.lastError));
    await stop();
    expect(await jobNamed('unknown')).toMatchObject({
      state: 'waiting',
      lastError: 'This version knows no work named work-test.of-another-version',
    });
  });

  it('goes on with the job of a process that died', async () => {
    await jobModel.create({
      kind: NAME,
      key: 'orphan',
      payload: {},
      state: 'running',
      runAt: new Date(),
      attempts: 1,
      lease: { token: 'dead', until: new Date(Date.now() - 1) },
    });
    const seen: string[] = [];
    const stop = startWorker(
      plain(async ({ key }) => {
        seen.push(key);
        return done;
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

describe('regular work', () => {
  const regular = defineWork({
    name: 'work-test.regular',
    every: { minutes: 10 },
    steps: { looked: async () => done },
  });
  const row = async () => jobModel.findOne({ kind: regular.name, key: PERIODIC_KEY }).lean();

  it('is asked for at the start, and again when it ended long enough ago', async () => {
    await Promise.all([enqueueDue([regular]), enqueueDue([regular])]);
    expect(await jobModel.countDocuments({ kind: regular.name })).toBe(1);
    const finishedAt = new Date();
    await jobModel.updateOne({ kind: regular.name }, { $set: { state: 'done', finishedAt } });
    await enqueueDue([regular], new Date(finishedAt.getTime() + 9 * 60_000));
    expect((await row())?.state).toBe('done');
    await enqueueDue([regular], new Date(finishedAt.getTime() + 10 * 60_000));
    expect((await row())?.state).toBe('waiting');
  });

  it('does not ask for work that nobody has asked for', async () => {
    await enqueueDue(plain(async () => done));
    expect(await jobModel.countDocuments({})).toBe(0);
  });
});
