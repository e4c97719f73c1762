import 'server-only';
import { z } from 'zod';
import type { OnBoundary } from './boundary';
import type { Outcome } from './outcome';
import type { RecordRow } from './record';
import { type Job, type RecordedPlan, type Steps, takeRecordedSteps, takeSteps } from './steps';

/**
 * The names of all work, with what is handed to each. A noun adds its own beside its `defineWork`, by
 * declaration merging, so that a noun below can ask for work of one above without importing it.
 */
// biome-ignore lint/suspicious/noEmptyInterface: the nouns fill it
export interface WorkPayloads {}
export type WorkName = keyof WorkPayloads & string;
/** Of work that needs to know its key alone. */
export type NoPayload = Record<string, never>;

/** Work as the worker knows it. */
export type Work = Readonly<{
  name: WorkName;
  /** Asked for by itself this long after it last ended; null for work that is asked for. */
  everyMinutes: number | null;
  /** Its own record says how it ended, and not its row among the jobs. */
  isRecorded: boolean;
  /** Takes the steps that are left. @throws on a bug, an outage, or a payload that does not fit. */
  run: (job: Job<unknown>, onBoundary?: OnBoundary) => Promise<Outcome>;
}>;

type Named<Name extends WorkName, Payload> = {
  name: Name;
  /** Reads what was stored; left out where the key says everything. */
  payload?: z.ZodType<Payload, WorkPayloads[Name]>;
  every?: { minutes: number };
};
type Plain<Name extends WorkName, Payload> = Named<Name, Payload> & {
  record?: never;
  steps: Steps<Job<Payload>>;
};
type Recorded<Name extends WorkName, Payload, Row extends RecordRow> = Named<Name, Payload> &
  RecordedPlan<Payload, Row>;

/** After so many runs that threw, work is given up and waits for a person. */
export const MOST_ATTEMPTS = 12;

const nothing = z.object({});

/**
 * Work that lasts: it survives the process that does it, is tried again after a bug or an outage, and may
 * come back later. With a `record` each step is written down when done and not taken again; without one a new
 * run begins with the first.
 */
export function defineWork<Name extends WorkName, Payload = NoPayload>(work: Plain<Name, Payload>): Work;
export function defineWork<Name extends WorkName, Row extends RecordRow, Payload = NoPayload>(
  work: Recorded<Name, Payload, Row>,
): Work;
export function defineWork<Name extends WorkName, Payload, Row extends RecordRow>(
  work: Plain<Name, Payload> | Recorded<Name, Payload, Row>,
): Work {
  const schema = work.payload ?? nothing;
  return {
    name: work.name,
    everyMinutes: work.every?.minutes ?? null,
    isRecorded: work.record !== undefined,
    run: async ({ payload, ...job }, onBoundary = () => {}) => {
      const read = { ...job, payload: schema.parse(payload) as Payload };
      return work.record
        ? takeRecordedSteps(work, read, onBoundary)
        : takeSteps(work.steps, read, onBoundary);
    },
  };
}

export type { Job };
