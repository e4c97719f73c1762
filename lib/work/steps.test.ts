import { describe, expect, it } from 'vitest';
import type { Boundary } from './boundary';
import { defineWork, type NoPayload } from './define-work';
import { again, done, doneWith, type Facts, failed, needsOperator, type Outcome } from './outcome';
import type { Change, WorkRecord } from './record';
import type { RecordedRun } from './steps';

declare module './define-work' {
  interface WorkPayloads {
    'steps-test.road': NoPayload;
  }
}

type Row = { step: string; facts: Facts };
type Run = RecordedRun<NoPayload, Row>;

/** A record in memory, with the rule of the real ones: only the newest fence writes. */
function recordInMemory() {
  const row = { step: 'requested', facts: {} as Facts, fence: '', isOver: false };
  const changes: Change[] = [];
  const record: WorkRecord<Row> = {
    take: async (_key, fence) => {
      if (row.isOver) return null;
      row.fence = fence;
      return { step: row.step, facts: { ...row.facts } };
    },
    write: async (_key, fence, change) => {
      if (row.fence !== fence) return false;
      changes.push(change);
      if (change.change === 'step') {
        row.step = change.step;
        row.isOver = change.isLast;
      }
      if (change.change === 'failed') row.isOver = true;
      if ('facts' in change) Object.assign(row.facts, change.facts);
      return true;
    },
  };
  return { record, row, changes, names: () => changes.map(({ change }) => change) };
}

function road(steps: Record<string, (run: Run) => Promise<Outcome>>) {
  const memory = recordInMemory();
  const ends: string[] = [];
  const work = defineWork({
    name: 'steps-test.road',
    record: memory.record,
    steps,
    giveUp: async () => {
      ends.push('taken away');
    },
    ended: async (_run, end) => {
      ends.push(end);
    },
  });
  const run = (fence: string, onBoundary?: (where: Boundary) => void) =>
    work.run({ key: 'one', payload: {}, attempt: 1, fence }, onBoundary);
  return { ...memory, ends, run };
}

const killAt =
  (step: string, at: Boundary['at']) =>
  (where: Boundary): void => {
    if (where.step === step && where.at === at) throw new Error(`killed ${at} ${step}`);
  };

describe('work of several steps with a record', () => {
  it('takes each step once, in order, hands its facts on, and has nothing to do afterwards', async () => {
    const taken: string[] = [];
    const { run, row, ends } = road({
      begun: async () => {
        taken.push('begun');
        return doneWith({ number: 7 });
      },
      ended: async ({ facts }) => {
        taken.push(`ended with ${String(facts.number)}`);
        return done;
      },
    });
    expect(await run('a')).toEqual(done);
    expect(await run('b')).toEqual(done);
    expect(taken).toEqual(['begun', 'ended with 7']);
    expect(row).toMatchObject({ step: 'ended', facts: { number: 7 } });
    expect(ends).toEqual(['done']);
  });

  it.each(['before', 'done', 'recorded'] as const)(
    'goes on after a kill %s a step: what was written down is not taken again',
    async (at) => {
      const taken: string[] = [];
      const step = (name: string) => async () => {
        taken.push(name);
        return done;
      };
      const { run, row } = road({ first: step('first'), second: step('second') });
      await expect(run('a', killAt('first', at))).rejects.toThrow(`killed ${at} first`);
      expect(await run('b')).toEqual(done);
      expect(row.step).toBe('second');
      expect(taken).toEqual(at === 'done' ? ['first', 'first', 'second'] : ['first', 'second']);
    },
  );

  it('finds the facts that were saved in the middle of a step that was killed', async () => {
    const found: unknown[] = [];
    const { run } = road({
      only: async ({ facts, save }) => {
        found.push(facts.half);
        await save({ half: 'way' });
        expect(facts.half).toBe('way');
        return done;
      },
    });
    await expect(run('a', killAt('only', 'done'))).rejects.toThrow('killed');
    await run('b');
    expect(found).toEqual([undefined, 'way']);
  });

  it('lets an overtaken run write nothing more', async () => {
    const { run, row, names } = road({
      only: async ({ fence, report }) => {
        if (fence === 'slow') {
          row.fence = 'fast';
          await expect(report('half', 1, 2)).rejects.toThrow('Another worker has taken over');
        }
        return done;
      },
    });
    await expect(run('slow')).rejects.toThrow('Another worker has taken over');
    expect(names()).toEqual([]);
    expect(row.step).toBe('requested');
  });

  it('notes when it goes on, and gives that to the one who asked', async () => {
    const at = new Date('2030-01-01');
    let isReady = false;
    const { run, changes, row, ends } = road({
      made: async () => (isReady ? done : again(at, 'The vendor makes the cluster')),
    });
    expect(await run('a')).toEqual(again(at, 'The vendor makes the cluster'));
    expect(changes).toEqual([{ change: 'again', at, why: 'The vendor makes the cluster' }]);
    expect(row.step).toBe('requested');
    expect(ends).toEqual([]);
    isReady = true;
    expect(await run('b')).toEqual(done);
  });

  it('stays where it is until an operator has done what is needed, and takes nothing away', async () => {
    const { run, names, row, ends } = road({ placed: async () => needsOperator('Every cell is full') });
    expect(await run('a')).toEqual(needsOperator('Every cell is full'));
    expect(names()).toEqual(['needs-operator']);
    expect(row.isOver).toBe(false);
    expect(ends).toEqual([]);
  });

  it('takes away what it made before it says that it failed, and is not taken up again', async () => {
    const { run, names, ends } = road({
      made: async () => done,
      compared: async () => failed('The copy differs'),
      never: async () => {
        throw new Error('a step after the failed one was taken');
      },
    });
    expect(await run('a')).toEqual(failed('The copy differs'));
    expect(names()).toEqual(['step', 'trouble', 'failed']);
    expect(ends).toEqual(['taken away', 'failed']);
    expect(await run('b')).toEqual(done);
    expect(ends).toEqual(['taken away', 'failed']);
  });

  it('notes a bug with its reason, throws it on, and takes nothing away', async () => {
    const { run, changes, ends } = road({
      broken: async () => {
        throw new Error('a bug');
      },
    });
    await expect(run('a')).rejects.toThrow('a bug');
    expect(changes).toEqual([{ change: 'trouble', why: 'a bug' }]);
    expect(ends).toEqual([]);
  });
});

it('work without a record begins with its first step again, and goes no further than a step that is not done', async () => {
  const taken: string[] = [];
  const at = new Date('2030-01-01');
  const work = defineWork({
    name: 'steps-test.road',
    steps: {
      first: async () => {
        taken.push('first');
        return done;
      },
      second: async () => {
        taken.push('second');
        return again(at);
      },
      third: async () => {
        taken.push('third');
        return done;
      },
    },
  });
  const job = { key: 'one', payload: {}, attempt: 1, fence: 'a' };
  expect(await work.run(job)).toEqual(again(at));
  expect(await work.run(job)).toEqual(again(at));
  expect(taken).toEqual(['first', 'second', 'first', 'second']);
});
