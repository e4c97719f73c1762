import 'server-only';
import { logger } from '../logger';
import type { OnBoundary } from './boundary';
import { done, type Facts, type Outcome } from './outcome';
import type { Change, RecordRow, WorkRecord } from './record';

/** What asked for this run: a row of `jobs`, or a command. */
export type Job<Payload> = {
  key: string;
  payload: Payload;
  /** 1 for the first try. */
  attempt: number;
  /** Names this run alone; a record accepts writes from the newest fence only. */
  fence: string;
};

/**
 * What a recorded step is given: the job, the row as taken, and two ways to write it. Both throw once
 * overtaken.
 */
export type RecordedRun<Payload, Row> = Row &
  Job<Payload> & {
    /** Says how far the step has come. */
    report: (label: string, done: number, total: number) => Promise<void>;
    /** Keeps facts in the middle of a step, for the run after a kill. */
    save: (facts: Facts) => Promise<void>;
  };

/** Idempotent: a step that was killed is simply taken again. */
export type Step<Run> = (run: Run) => Promise<Outcome>;
/** Steps by name, in the order in which they are taken. */
export type Steps<Run> = Readonly<Record<string, Step<Run>>>;

export type RecordedPlan<Payload, Row extends RecordRow> = {
  record: WorkRecord<Row>;
  steps: Steps<RecordedRun<Payload, Row>> | ((row: Row) => Steps<RecordedRun<Payload, Row>>);
  /** Takes away what was made, after a step has answered `failed`. */
  giveUp?: ((run: RecordedRun<Payload, Row>) => Promise<void>) | undefined;
  /** Called once the end is written down. */
  ended?: ((run: RecordedRun<Payload, Row>, end: 'done' | 'failed') => Promise<void>) | undefined;
};

const BEAT_MS = 20_000;

/** Takes every step of work that keeps no record; a run after a failure begins with the first. */
export async function takeSteps<Payload>(
  steps: Steps<Job<Payload>>,
  job: Job<Payload>,
  onBoundary: OnBoundary,
): Promise<Outcome> {
  for (const [step, take] of Object.entries(steps)) {
    await onBoundary({ step, at: 'before' });
    const outcome = await take(job);
    await onBoundary({ step, at: 'done' });
    if (outcome.outcome !== 'done') return outcome;
  }
  return done;
}

/**
 * Takes the steps that are left, each written down when done, under a fence: a killed run is followed by
 * another, and an overtaken one can write nothing more.
 * @throws what a step threw, after noting it in the record.
 */
export async function takeRecordedSteps<Payload, Row extends RecordRow>(
  plan: RecordedPlan<Payload, Row>,
  job: Job<Payload>,
  onBoundary: OnBoundary,
): Promise<Outcome> {
  const { key, fence } = job;
  const row = await plan.record.take(key, fence);
  if (!row) return done;
  const write = async (change: Change): Promise<void> => {
    if (!(await plan.record.write(key, fence, change))) throw new Error('Another worker has taken over');
  };
  const run = runOf(job, row, write);
  const beat = setInterval(() => {
    plan.record.beat?.(key, fence).catch(() => undefined);
  }, BEAT_MS);
  try {
    return await takeRemaining(plan, run, write, onBoundary);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    await plan.record
      .write(key, fence, { change: 'trouble', why })
      .catch((lost: unknown) => logger.warn({ err: lost, key }, 'trouble with work could not be noted'));
    throw error;
  } finally {
    clearInterval(beat);
  }
}

function runOf<Payload, Row extends RecordRow>(
  job: Job<Payload>,
  row: Row,
  write: (change: Change) => Promise<void>,
): RecordedRun<Payload, Row> {
  return {
    ...row,
    ...job,
    report: (label, done, total) => write({ change: 'progress', label, done, total }),
    save: async (facts) => {
      await write({ change: 'facts', facts });
      Object.assign(row.facts, facts);
    },
  };
}

async function takeRemaining<Payload, Row extends RecordRow>(
  plan: RecordedPlan<Payload, Row>,
  run: RecordedRun<Payload, Row>,
  write: (change: Change) => Promise<void>,
  onBoundary: OnBoundary,
): Promise<Outcome> {
  const steps = Object.entries(typeof plan.steps === 'function' ? plan.steps(run) : plan.steps);
  const finished = steps.findIndex(([name]) => name === run.step);
  for (const [index, [step, take]] of steps.entries()) {
    if (index <= finished) continue;
    const started = performance.now();
    await onBoundary({ step, at: 'before' });
    const outcome = await take(run);
    if (outcome.outcome !== 'done') return settle(plan, { ...run, step }, write, outcome);
    await onBoundary({ step, at: 'done' });
    const facts = outcome.facts ?? {};
    const durationMs = Math.round(performance.now() - started);
    const isLast = index === steps.length - 1;
    await write({ change: 'step', step, facts, at: new Date(), durationMs, isLast });
    Object.assign(run.facts, facts);
    if (isLast) await plan.ended?.(run, 'done');
    await onBoundary({ step, at: 'recorded' });
  }
  return done;
}

/** Writes down why the work goes no further now. */
async function settle<Payload, Row extends RecordRow>(
  plan: RecordedPlan<Payload, Row>,
  run: RecordedRun<Payload, Row>,
  write: (change: Change) => Promise<void>,
  outcome: Exclude<Outcome, { outcome: 'done' }>,
): Promise<Outcome> {
  if (outcome.outcome === 'again') {
    await write({ change: 'again', at: outcome.at, why: outcome.why ?? null });
    return outcome;
  }
  const { why } = outcome;
  if (outcome.outcome === 'needs-operator') {
    await write({ change: 'needs-operator', why });
    return outcome;
  }
  logger.error({ key: run.key, step: run.step, why }, 'work is given up');
  await write({ change: 'trouble', why });
  await plan.giveUp?.(run);
  await write({ change: 'failed', why, at: new Date() });
  await plan.ended?.(run, 'failed');
  return outcome;
}
