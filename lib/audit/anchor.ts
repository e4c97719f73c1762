import 'server-only';
import type { KeyObject } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { env } from '../env';
import { duplicateKey } from '../errors';
import { logger } from '../logger';
import { auditAnchorModel } from '../master/models/audit-anchor';
import { op } from '../mongo';
import { type Anchor, macAnchor } from './entry';

type Before = Pick<Anchor, 'seq' | 'hash'>;

const PUBLISHED = Symbol.for('chakravue.audit.published');
const global = globalThis as { [key: symbol]: Map<string, number> | undefined };
global[PUBLISHED] ??= new Map();
const publishedAt: Map<string, number> = global[PUBLISHED];

export async function readAnchor(ledgerId: string) {
  return auditAnchorModel.findById(ledgerId).lean();
}

/**
 * Writes the end of a chain into the master database, in the step that appended: of what is cut off from its
 * end later, with or without the end mark, nothing goes unseen. An anchor that is further than what the step
 * went on from stays as it is, so that entries written over a gap do not hide it. Where configured, the end
 * also goes to a file and an address, at most once in AUDIT_ANCHOR_SECONDS.
 * Never throws: the entry is kept, and the next one anchors.
 */
export async function anchor(ledgerId: string, key: KeyObject, before: Before, end: Anchor): Promise<void> {
  try {
    const goesOn = { $or: [{ seq: op({ $lt: before.seq }) }, { seq: before.seq, hash: before.hash }] };
    await store(ledgerId, key, end, goesOn);
    const now = Date.now();
    if (now - (publishedAt.get(ledgerId) ?? 0) < env().AUDIT_ANCHOR_SECONDS * 1_000) return;
    publishedAt.set(ledgerId, now);
    await publish(ledgerId, key, end);
  } catch (error) {
    publishedAt.delete(ledgerId);
    logger.error({ err: error, ledgerId }, 'the audit log could not be anchored');
  }
}

/**
 * The same at once: into the master where it has none yet, and to the other places.
 * @throws when one of them does not take it.
 */
export async function writeAnchor(ledgerId: string, key: KeyObject, end: Anchor): Promise<void> {
  await store(ledgerId, key, end, { seq: op({ $lt: 0 }) });
  await publish(ledgerId, key, end);
}

const signed = (ledgerId: string, key: KeyObject, end: Anchor) => ({
  seq: end.seq,
  hash: end.hash,
  at: end.at,
  mac: macAnchor(key, ledgerId, end),
});

async function store(ledgerId: string, key: KeyObject, end: Anchor, over: object): Promise<void> {
  try {
    await auditAnchorModel.updateOne(
      { _id: ledgerId, ...over },
      { $set: signed(ledgerId, key, end) },
      { upsert: true },
    );
  } catch (error) {
    // One is there that must stay.
    if (!duplicateKey(error)) throw error;
  }
}

async function publish(ledgerId: string, key: KeyObject, end: Anchor): Promise<void> {
  const { AUDIT_ANCHOR_FILE: file, AUDIT_ANCHOR_URL: url } = env();
  const body = `${JSON.stringify({ ledger: ledgerId, ...signed(ledgerId, key, end) })}\n`;
  if (file) await appendFile(file, body, { mode: 0o600 });
  if (url) {
    const answer = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
      redirect: 'error',
      signal: AbortSignal.timeout(5_000),
    });
    if (!answer.ok) throw new Error(`The anchor's address answered ${answer.status}`);
  }
}
