import 'server-only';
import type { ClientSession } from 'mongoose';
import { duplicateKey } from '../errors';
import { masterConnection } from '../master/connection';
import { jobModel } from '../master/models/job';
import type { NoPayload, WorkName, WorkPayloads } from './define-work';

const WAKE = Symbol.for('chakravue.jobs.wake');
const global = globalThis as { [key: symbol]: (() => void) | undefined };

/** Tells the worker of this process that there is work; others find it by polling. */
export const wakeWorker = (): void => global[WAKE]?.();
export const onWake = (listener: () => void): void => {
  global[WAKE] = listener;
};

type Options = { session?: ClientSession; runAt?: Date };
type Rest<Name extends WorkName> = NoPayload extends WorkPayloads[Name]
  ? [payload?: NoPayload, options?: Options]
  : [payload: WorkPayloads[Name], options?: Options];

/**
 * Asks for work. With a session it exists exactly when the transaction commits. There is one row per name and
 * key: asking again while it waits is the same work, asking again while it runs or is done makes it run once
 * more.
 */
export async function enqueue<Name extends WorkName>(
  name: Name,
  key: string,
  ...rest: Rest<Name>
): Promise<void> {
  const [payload = {}, options = {}]: [payload?: object, options?: Options] = rest;
  const now = new Date();
  const isRunning = { $eq: ['$state', 'running'] };
  const unlessRunning = (field: string, value: unknown) => ({ $cond: [isRunning, `$${field}`, value] });
  // One row per name and key, never two side by side: what runs is asked to run once more when it ends. No
  // unique index over waiting rows only: not every server gives such a key free when its row stops waiting.
  const wait = [
    {
      $set: {
        payload: { $literal: payload },
        again: isRunning,
        state: unlessRunning('state', 'waiting'),
        runAt: unlessRunning('runAt', options.runAt ?? now),
        attempts: unlessRunning('attempts', 0),
        lease: unlessRunning('lease', null),
        createdAt: { $ifNull: ['$createdAt', now] },
        updatedAt: now,
      },
    },
    { $unset: ['finishedAt', 'lastError'] },
  ];
  const row = { kind: name, key };
  if (options.session) {
    await jobModel.collection.updateOne(row, wait, { upsert: true, session: options.session });
    return;
  }
  await masterConnection();
  try {
    await jobModel.collection.updateOne(row, wait, { upsert: true });
  } catch (error) {
    // Another process asked for the same at the same moment.
    if (!duplicateKey(error)) throw error;
  }
  wakeWorker();
}
