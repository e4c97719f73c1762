import 'server-only';
import type { ClientSession } from 'mongoose';
import { duplicateKey } from '../errors';
import { jobModel } from '../master/models/job';

export type JobKind =
  | 'stripe.event'
  | 'billing.advance'
  | 'billing.advance-organization'
  | 'billing.reconcile'
  | 'organization.migrate'
  | 'organization.provision'
  | 'organization.fill'
  | 'cells.measure'
  | 'databases.prepare'
  | 'organization.operate'
  | 'operations.sweep'
  | 'backups.nightly'
  | 'organization.reseal'
  | 'mail.send'
  | 'signup.mail'
  | 'account.record-sign-in'
  | 'account.reset-password'
  | 'account.verify-email'
  | 'account.unlock'
  | 'account.change-email'
  | 'audit.maintain'
  | 'reports.roll-up'
  | 'reports.due'
  | 'reports.mail'
  | 'files.recount'
  | 'tickets.watch'
  | 'usage.summarize'
  | 'staff.project'
  | 'status.measure'
  | 'support.expire';

const WAKE = Symbol.for('chakravue.jobs.wake');
const global = globalThis as { [key: symbol]: (() => void) | undefined };

/** Tells the worker of this process that there is work; others find it by polling. */
export const wakeWorker = (): void => global[WAKE]?.();
export const onWake = (listener: () => void): void => {
  global[WAKE] = listener;
};

/**
 * Adds durable work. With a session it exists exactly when the transaction commits. There is one row per kind and key:
 * asking again while it waits is the same work, asking again while it runs or is done makes it run once more.
 */
export async function enqueue(
  kind: JobKind,
  key: string,
  payload: Record<string, unknown> = {},
  options: { session?: ClientSession; runAt?: Date } = {},
): Promise<void> {
  const jobs = await jobModel();
  const now = new Date();
  const isRunning = { $eq: ['$state', 'running'] };
  const unlessRunning = (field: string, value: unknown) => ({ $cond: [isRunning, `$${field}`, value] });
  // One row per kind and key, never two side by side: what runs is asked to run once more when it ends.
  // No unique index over waiting rows only: not every server gives such a key free when its row stops waiting.
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
  if (options.session) {
    await jobs.collection.updateOne({ kind, key }, wait, { upsert: true, session: options.session });
    return;
  }
  try {
    await jobs.collection.updateOne({ kind, key }, wait, { upsert: true });
  } catch (error) {
    // Somebody asked for the same at the same moment.
    if (!duplicateKey(error)) throw error;
  }
  wakeWorker();
}
