import 'server-only';
import { HEAD } from './chain';
import { type Head, macHead } from './entry';
import type { Ledger } from './ledger';

/**
 * Removes entries older than `before`; the chain then begins at a signed checkpoint. @returns how many were
 * removed.
 */
export async function pruneLedger(ledger: Ledger, before: Date): Promise<number> {
  const { entries, heads } = ledger;
  const key = await ledger.key();
  // Read by their plain names: the filter's operators are ours.
  const last = await entries.collection
    .find({ at: { $lt: before } })
    .sort({ at: -1, seq: -1 })
    .limit(1)
    .next();
  const seq = Number(last?.seq ?? 0);
  if (!last || seq === 0) return 0;
  await ledger.transaction(async (session) => {
    const head = await heads.findById(HEAD).session(session).lean();
    if (!head || head.checkpointSeq >= seq) return;
    const next: Head = { ...head, checkpointSeq: seq, checkpointHash: String(last.hash) };
    await heads.updateOne(
      { _id: HEAD },
      {
        $set: {
          checkpointSeq: seq,
          checkpointHash: next.checkpointHash,
          mac: macHead(key, ledger.id, next),
        },
      },
      { session },
    );
  });
  return (await entries.collection.deleteMany({ seq: { $lte: seq } })).deletedCount;
}
