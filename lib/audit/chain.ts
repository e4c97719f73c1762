import 'server-only';
import type { ClientSession } from 'mongoose';
import { duplicateKey } from '../errors';
import { op } from '../mongo';
import { anchor, readAnchor } from './anchor';
import { type AuditActor, type AuditEvent, type ChainedEntry, type Head, hashEntry, macHead } from './entry';
import type { Ledger, NoteModel } from './ledger';

type Waiting = { ledger: Ledger; event: AuditEvent | null; done: () => void; fail: (error: unknown) => void };
type Queue = { waiting: Waiting[]; isRunning: boolean };

const QUEUES = Symbol.for('chakravue.audit.queues');
const global = globalThis as { [key: symbol]: Map<string, Queue> | undefined };
global[QUEUES] ??= new Map();
const queues: Map<string, Queue> = global[QUEUES];
const MOST_AT_ONCE = 100;

/**
 * Adds an event to a ledger's chain; resolves when it is committed. What arrives while a commit runs is
 * committed together next, so that many writers of one organization do not fight over the end of its chain.
 */
export const append = (ledger: Ledger, event: AuditEvent): Promise<void> => wait(ledger, event);

/**
 * Takes the notes of the ledger's own database into its chain; resolves when all that were there are entries.
 */
export const chainNotes = (ledger: Ledger): Promise<void> => wait(ledger, null);

function wait(ledger: Ledger, event: AuditEvent | null): Promise<void> {
  const queue = queues.get(ledger.id) ?? { waiting: [], isRunning: false };
  queues.set(ledger.id, queue);
  return new Promise((done, fail) => {
    queue.waiting.push({ ledger, event, done, fail });
    if (!queue.isRunning) void drain(ledger.id, queue);
  });
}

async function drain(id: string, queue: Queue): Promise<void> {
  queue.isRunning = true;
  for (let batch = queue.waiting.splice(0, MOST_AT_ONCE); batch[0]; ) {
    try {
      await commit(
        batch[0].ledger,
        batch.flatMap(({ event }) => event ?? []),
      );
      for (const { done } of batch) done();
    } catch (error) {
      for (const { fail } of batch) fail(error);
    }
    batch = queue.waiting.splice(0, MOST_AT_ONCE);
  }
  queue.isRunning = false;
  queues.delete(id);
}

/**
 * Moves notes that another database holds for this ledger into its chain. Killed in between, the next call
 * finds them again and the chain knows them by their ids.
 */
export async function forwardNotes(from: NoteModel, ledger: Ledger): Promise<void> {
  for (;;) {
    const notes = await from.find({ ledgerId: ledger.id }).sort({ _id: 1 }).limit(MOST_AT_ONCE).lean();
    if (notes.length === 0) return;
    await Promise.all(notes.map((note) => append(ledger, eventOf(note))));
    await from.deleteMany({ _id: op({ $in: notes.map(({ _id }) => _id) }) });
  }
}

export const HEAD = 'head';

type Note = Awaited<ReturnType<typeof waitingNotes>>[number];
const waitingNotes = (notes: NoteModel, ledgerId: string, session: ClientSession) =>
  notes.find({ ledgerId }).sort({ _id: 1 }).limit(MOST_AT_ONCE).session(session).lean();

function eventOf({ _id, ledgerId: _ledgerId, ...event }: Note): AuditEvent {
  return { ...event, noteId: _id.toString() };
}

/**
 * What a transaction did: the new end of the chain, whom its entries name, and whether more notes may wait.
 */
type Written = { before: Head; last: Head; actors: AuditActor[]; isFull: boolean };

async function commit(ledger: Ledger, events: readonly AuditEvent[]): Promise<void> {
  let next = events;
  for (let isFull = true; isFull; next = []) {
    const written = await writeBatch(ledger, next);
    if (!written) return;
    isFull = written.isFull;
    if (written.actors.length === 0) continue;
    await ledger.remember?.(written.actors);
    await anchor(ledger.id, await ledger.key(), written.before, written.last);
  }
}

async function writeBatch(ledger: Ledger, events: readonly AuditEvent[]): Promise<Written | null> {
  let written: Written | null = null;
  try {
    written = await writeOnce(ledger, events, false);
  } catch (error) {
    if (!duplicateKey(error)) throw error;
    // A note is an entry already, or the end was set back by somebody: the log goes on behind its last entry.
    if (!/noteId/.test(String(error))) await setHead(ledger);
  }
  if (written) return written;
  await ensureHead(ledger);
  return writeOnce(ledger, events, true);
}

/**
 * Writes events behind the notes that wait, in one transaction. @returns null while the chain has no end to
 * go on from.
 */
async function writeOnce(
  ledger: Ledger,
  events: readonly AuditEvent[],
  isSecond: boolean,
): Promise<Written | null> {
  const { entries, heads, notes } = ledger;
  const key = await ledger.key();
  return ledger.transaction(async (session) => {
    // Taking the end of the chain first makes other processes wait for it instead of failing later.
    const before = await heads
      .findOneAndUpdate({ _id: HEAD }, { $inc: { seq: 1 } }, { session, returnDocument: 'before' })
      .lean();
    if (!before) return null;
    const waiting = await waitingNotes(notes, ledger.id, session);
    const all = [...waiting.map(eventOf), ...events];
    const isKnown = isSecond || events.some(({ noteId }) => noteId);
    const fresh = isKnown ? await withoutKnown(ledger, all, session) : all;
    let last: Head = before;
    const rows: ChainedEntry[] = [];
    for (const event of fresh) {
      const row = {
        ...event,
        changes: event.changes ?? [],
        targetType: event.target?.split(':', 1)[0],
        seq: last.seq + 1,
        at: event.at > last.at ? event.at : last.at,
        prev: last.hash,
      };
      const hash = hashEntry(key, ledger.id, row);
      rows.push({ ...row, hash });
      last = { ...last, seq: row.seq, at: row.at, hash };
    }
    if (rows.length > 0) await entries.insertMany(rows, { session });
    if (waiting.length > 0)
      await notes.deleteMany({ _id: op({ $in: waiting.map(({ _id }) => _id) }) }, { session });
    const { seq, hash, at } = last;
    await heads.updateOne(
      { _id: HEAD },
      { $set: { seq, hash, at, mac: macHead(key, ledger.id, last) } },
      { session },
    );
    return { before, last, actors: fresh.map(({ actor }) => actor), isFull: waiting.length === MOST_AT_ONCE };
  });
}

/**
 * Leaves out what is an entry already: notes that were taken before a process died or a backup was turned
 * back to.
 */
async function withoutKnown(
  ledger: Ledger,
  events: readonly AuditEvent[],
  session: ClientSession,
): Promise<AuditEvent[]> {
  const ids = events.flatMap(({ noteId }) => noteId ?? []);
  const known = await ledger.entries
    .find({ noteId: op({ $in: ids }) })
    .select('noteId')
    .session(session)
    .lean();
  const isKnown = new Set(known.map(({ noteId }) => noteId));
  return events.filter(({ noteId }) => !noteId || !isKnown.has(noteId));
}

async function ensureHead(ledger: Ledger): Promise<void> {
  if (await ledger.heads.exists({ _id: HEAD })) return;
  await setHead(ledger);
}

/**
 * Puts the end of the chain behind the last entry, or behind the anchor where that is further: a gap must
 * show.
 */
async function setHead(ledger: Ledger): Promise<void> {
  const { entries, heads } = ledger;
  const key = await ledger.key();
  const [row, anchored, known] = await Promise.all([
    entries.findOne().sort({ seq: -1 }).select('seq hash at').lean(),
    readAnchor(ledger.id),
    heads.findById(HEAD).lean(),
  ]);
  const end =
    [row, anchored].filter((one) => one != null).sort((a, b) => b.seq - a.seq)[0] ??
    ({ seq: 0, hash: '', at: new Date(0) } as const);
  const head: Head = {
    seq: end.seq,
    hash: end.hash,
    at: end.at,
    checkpointSeq: known?.checkpointSeq ?? 0,
    checkpointHash: known?.checkpointHash ?? '',
  };
  const set = { ...head, mac: macHead(key, ledger.id, head) };
  try {
    await heads.updateOne({ _id: HEAD }, { $set: set }, { upsert: true });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
}

/** The end of a ledger's chain as stored, with its mark. Null before the first entry. */
export async function readHead(ledger: Ledger) {
  return ledger.heads.findById(HEAD).lean();
}
