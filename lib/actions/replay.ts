import 'server-only';
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { ActionResult } from '../action-result';
import { expiryOf, requestKeysOf } from '../audit/request-claim';
import { echo, type Fields } from '../forms';
import { logger } from '../logger';
import { op } from '../mongo';
import { readRequestKey } from '../request-key';
import type { TenantContext } from '../tenancy/context';
import { requestKeyModel } from '../tenancy/request-key-model';

/** One press of a person: its row in the database, what it asks for, and what it sends. */
export type Press = { id: string; action: string; sent: string; fields: Fields };

/** In characters of JSON; a longer answer is not kept, and a second arrival learns only that it was done. */
const MAX_ANSWER = 32_000;
/** How long a second arrival waits for the first one's answer, in milliseconds. */
const PATIENCE_MS = 3_000;
const ASK_EVERY_MS = 150;
/** One answer in so many also removes what has expired. */
const SWEEP_ONE_IN = 50;

/** The press that a form carries; null for a form without a key, such as one sent without script. */
export function pressOf(form: unknown, userId: string, action: string, fields: Fields): Press | null {
  const key = readRequestKey(form);
  if (!key) return null;
  const lists = Object.entries(fields).filter(([, value]) => Array.isArray(value));
  const sent = JSON.stringify([...Object.entries(echo(fields)), ...lists].sort());
  const hash = createHash('sha256').update(sent).digest('hex');
  return { id: `${userId}:${key}`, action, sent: hash, fields };
}

const done = (press: Press, message: string): ActionResult<never> => ({
  status: 'error',
  code: 'ALREADY_DONE',
  message,
  values: echo(press.fields),
});
const wasDone = (press: Press) =>
  done(press, 'This was saved already; only the answer was lost. Load the page again to see it.');
const wasDoneOtherwise = (press: Press) =>
  done(
    press,
    'What you sent first was saved after all. What you have changed since is still here and not saved yet: look first, then press again.',
  );

type Kept = { sent: string; data: unknown; message?: string };

/**
 * What the same press was answered before. Null when it has done nothing yet, so that it may run.
 * @param everywhere also looks among the changes of the master database.
 */
export async function answerOf<T>(
  ctx: TenantContext,
  press: Press,
  everywhere = false,
): Promise<ActionResult<T> | null> {
  const until = Date.now() + PATIENCE_MS;
  for (;;) {
    const row = await requestKeyModel(ctx).findById(press.id).lean();
    if (!row) return everywhere && (await isInMaster(press.id)) ? wasDone(press) : null;
    if (row.action !== press.action) return wasDoneOtherwise(press);
    if (row.answer) {
      const { sent, data, message }: Kept = JSON.parse(row.answer);
      if (sent !== press.sent) return wasDoneOtherwise(press);
      return { status: 'ok', data: data as T, ...(message ? { message } : {}) };
    }
    // Committed, and its answer is being written; or its process has died in between.
    if (Date.now() > until) return wasDone(press);
    await delay(ASK_EVERY_MS);
  }
}

const isInMaster = async (id: string): Promise<boolean> =>
  Boolean(await requestKeysOf('master').exists({ _id: id }));

/** Whether a press has changed the master database already; its answer is not kept there. */
export const masterAnswerOf = async (press: Press): Promise<ActionResult<never> | null> =>
  (await isInMaster(press.id)) ? wasDone(press) : null;

/** Keeps what a press was answered, sealed. The change is stored: this never makes it fail. */
export async function keepAnswer<T>(
  ctx: TenantContext,
  press: Press,
  { data, message }: { data: T; message?: string },
  now = new Date(),
): Promise<void> {
  const kept: Kept = { sent: press.sent, data, ...(message ? { message } : {}) };
  const answer = JSON.stringify(kept);
  if (answer.length > MAX_ANSWER) return;
  const keys = requestKeyModel(ctx);
  try {
    await keys.updateOne(
      { _id: press.id },
      { $set: { answer }, $setOnInsert: { action: press.action, expiresAt: expiryOf(now) } },
      { upsert: true },
    );
    if (Math.random() * SWEEP_ONE_IN < 1) await keys.deleteMany({ expiresAt: op({ $lt: now }) });
  } catch (error) {
    logger.warn({ err: error, action: press.action }, 'the answer to a press could not be kept');
  }
}
