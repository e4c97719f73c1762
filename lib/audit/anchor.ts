import 'server-only';
import type { KeyObject } from 'node:crypto';
import { appendFile } from 'node:fs/promises';
import { env } from '../env';
import { duplicateKey } from '../errors';
import { logger } from '../logger';
import { auditAnchorModel } from '../master/models/audit-anchor';
import { op } from '../mongo';
import { type Anchor, macAnchor } from './entry';

const ANCHORED = Symbol.for('chakravue.audit.anchored');
const global = globalThis as { [key: symbol]: Map<string, number> | undefined };
global[ANCHORED] ??= new Map();
const anchoredAt: Map<string, number> = global[ANCHORED];

export async function readAnchor(ledgerId: string) {
  return auditAnchorModel.findById(ledgerId).lean();
}

/**
 * Writes the end of a chain outside its database, at most once in AUDIT_ANCHOR_SECONDS. Never throws: the
 * entry is kept.
 */
export async function anchorIfDue(ledgerId: string, key: KeyObject, end: Anchor): Promise<void> {
  const now = Date.now();
  if (now - (anchoredAt.get(ledgerId) ?? 0) < env().AUDIT_ANCHOR_SECONDS * 1_000) return;
  anchoredAt.set(ledgerId, now);
  try {
    await writeAnchor(ledgerId, key, end);
  } catch (error) {
    anchoredAt.delete(ledgerId);
    logger.error({ err: error, ledgerId }, 'the audit log could not be anchored');
  }
}

/** Writes the end of a chain into the master database and, where configured, to a file and to an address. */
export async function writeAnchor(ledgerId: string, key: KeyObject, end: Anchor): Promise<void> {
  const anchor = { seq: end.seq, hash: end.hash, at: end.at, mac: macAnchor(key, ledgerId, end) };
  try {
    await auditAnchorModel.updateOne(
      { _id: ledgerId, seq: op({ $lt: end.seq }) },
      { $set: anchor },
      { upsert: true },
    );
  } catch (error) {
    // The stored anchor is as far or further.
    if (!duplicateKey(error)) throw error;
  }
  const { AUDIT_ANCHOR_FILE: file, AUDIT_ANCHOR_URL: url } = env();
  const body = `${JSON.stringify({ ledger: ledgerId, ...anchor })}\n`;
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
