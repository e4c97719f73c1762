import 'server-only';
import { timingSafeEqual } from 'node:crypto';
import { readAnchor } from './anchor';
import { readHead } from './chain';
import { type ChainedEntry, hashEntry, macAnchor, macHead } from './entry';
import type { Ledger } from './ledger';

type Break = 'edited' | 'deleted' | 'reordered' | 'truncated' | 'inserted' | 'end-mark' | 'anchor';

export type ChainVerdict =
  | { status: 'intact'; checked: number; first: number; last: number; anchoredSeq: number }
  | {
      status: 'broken';
      checked: number;
      /** The first entry that is not what was written. */
      seq: number;
      /** The newest that was written, where the end is missing. */
      until?: number;
      kind: Break;
      /** What now stands there, where anything does. */
      entry: { at: string; action: string; actorName: string } | null;
    };
export type Progress = { status: 'checking'; checked: number; total: number };

const STEP = 500;

const isSame = (a: string, b: string): boolean => {
  const [x, y] = [Buffer.from(a), Buffer.from(b)];
  return x.length === y.length && timingSafeEqual(x, y);
};

/**
 * Reads a whole ledger in steps and recomputes its chain: yields how far it is, and at last the verdict,
 * which names the first entry that was edited, deleted or moved, or the first of those removed from the end.
 */
export async function* verifyLedger(ledger: Ledger): AsyncGenerator<Progress | ChainVerdict> {
  const key = await ledger.key();
  // The anchor before the head: both only ever move forward, so the head cannot be behind an honest anchor.
  const anchor = await readAnchor(ledger.id);
  const head = await readHead(ledger);
  const { entries } = ledger;
  // The plain collection: a row that was tampered with need not have our types.
  const rows = entries.collection;
  let checked = 0;
  const broken = (seq: number, kind: Break, row?: unknown): ChainVerdict & { status: 'broken' } => ({
    status: 'broken',
    checked,
    seq,
    kind,
    entry: row ? describe(row) : null,
  });

  if (anchor && !isSame(anchor.mac, macAnchor(key, ledger.id, anchor)))
    return yield broken(anchor.seq, 'anchor');
  if (!head) {
    const row = await rows.find().sort({ seq: 1 }).limit(1).next();
    if (!anchor && !row) return yield { status: 'intact', checked: 0, first: 0, last: 0, anchoredSeq: 0 };
    const until = anchor ? { until: anchor.seq } : {};
    return yield row ? broken(1, 'end-mark') : { ...broken(1, 'truncated'), ...until };
  }
  const hasMark = isSame(head.mac, macHead(key, ledger.id, head));
  const start = hasMark ? head.checkpointSeq : 0;
  // Behind the anchor's entry there may be none, whatever the head says.
  const end = Math.max(hasMark ? head.seq : 0, anchor?.seq ?? 0);
  const total = Math.max(0, end - start);
  let previous = hasMark ? head.checkpointHash : '';
  let expected = start + 1;

  for (let at = start; at < end; at += STEP) {
    const batch = await rows
      .find({ seq: { $gt: at, $lte: Math.min(at + STEP, end) } })
      .sort({ seq: 1 })
      .toArray();
    for (const row of batch) {
      if (row.seq < expected) return yield broken(row.seq, 'inserted', row);
      if (row.seq > expected) {
        const moved = await rows.findOne({ prev: previous, seq: { $ne: expected } });
        const isMoved = moved ? isEntryAt(moved, expected) : false;
        return yield broken(expected, isMoved ? 'reordered' : 'deleted', isMoved ? moved : undefined);
      }
      if (row.prev !== previous || !isEntryAt(row, expected)) {
        const moved = await rows.findOne({ prev: previous, seq: { $ne: expected } });
        return yield broken(expected, moved && isEntryAt(moved, expected) ? 'reordered' : 'edited', row);
      }
      if (anchor?.seq === expected && anchor.hash !== row.hash) return yield broken(expected, 'edited', row);
      previous = String(row.hash);
      expected++;
      checked++;
    }
    yield { status: 'checking', checked, total };
    if (batch.length === 0) break;
  }
  if (expected <= end) {
    const later = await rows
      .find({ seq: { $gt: expected } })
      .limit(1)
      .next();
    return yield later ? broken(expected, 'deleted') : { ...broken(expected, 'truncated'), until: end };
  }
  if (!hasMark) return yield broken(expected, 'end-mark');
  if (head.hash !== previous) return yield broken(head.seq, 'edited');
  yield { status: 'intact', checked, first: start + 1, last: end, anchoredSeq: anchor?.seq ?? 0 };

  /** Whether a row is what was written as entry number `seq`. */
  function isEntryAt(row: Record<string, unknown>, seq: number): boolean {
    try {
      const entry = row as unknown as ChainedEntry;
      return isSame(hashEntry(key, ledger.id, { ...entry, seq }), entry.hash);
    } catch {
      // A row that lost a part or its type is not what was written.
      return false;
    }
  }
}

function describe(row: unknown) {
  const { at, action, actor } = row as { at?: unknown; action?: unknown; actor?: { name?: unknown } };
  return {
    at: at instanceof Date ? at.toISOString() : '',
    action: String(action ?? ''),
    actorName: String(actor?.name ?? ''),
  };
}

/** Verifies without an audience. */
export async function verdictOf(ledger: Ledger): Promise<ChainVerdict> {
  for await (const step of verifyLedger(ledger)) if (step.status !== 'checking') return step;
  throw new Error('Verification ended without a verdict');
}
