import 'server-only';
import type { ClientSession } from 'mongoose';
import { duplicateKey } from '../errors';
import { jobModel } from '../master/models/job';

export type JobKind =
  | 'stripe.event'
  | 'organization.provision'
  | 'mail.send'
  | 'account.reset-password'
  | 'account.verify-email'
  | 'staff.project';

const WAKE = Symbol.for('chakravue.jobs.wake');
const global = globalThis as { [key: symbol]: (() => void) | undefined };

/** Tells the worker of this process that there is work; others find it by polling. */
export const wakeWorker = (): void => global[WAKE]?.();
export const onWake = (listener: () => void): void => {
  global[WAKE] = listener;
};

/**
 * Adds durable work. With a session it exists exactly when the transaction commits. Asking again for the same
 * kind and key while it waits is the same work.
 */
export async function enqueue(
  kind: JobKind,
  key: string,
  payload: Record<string, unknown> = {},
  options: { session?: ClientSession; runAt?: Date } = {},
): Promise<void> {
  const jobs = await jobModel();
  const job = { kind, key, payload, state: 'waiting' as const, runAt: options.runAt ?? new Date() };
  if (options.session) {
    // Inside a transaction a duplicate key would abort it, so look first; the unique index is the last word.
    const waiting = await jobs.exists({ kind, key, state: 'waiting' }).session(options.session);
    if (!waiting) await jobs.create([job], { session: options.session });
    return;
  }
  try {
    await jobs.create(job);
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
  wakeWorker();
}
