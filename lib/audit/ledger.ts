import 'server-only';
import type { KeyObject } from 'node:crypto';
import { type ClientSession, type InferSchemaType, type Model, Schema } from 'mongoose';
import {
  derivedKey,
  ensureOrganizationKey,
  organizationKeyring,
  PLATFORM_KEY_OWNER,
} from '../crypto/organization-keys';
import { duplicateKey } from '../errors';
import { masterTransaction } from '../master/connection';
import { platformAuditHeadModel, platformAuditModel } from '../master/models/audit-event';
import { defineTenantModel } from '../tenancy/define-tenant-model';
import type { TenantDatabase } from '../tenancy/tenant-database';
import { anchorIfDue, readAnchor } from './anchor';
import {
  type AuditEvent,
  auditHeadSchema,
  auditSchema,
  type ChainedEntry,
  type Head,
  hashEntry,
  macHead,
} from './entry';

export const auditEventModel = defineTenantModel('AuditEvent', 'audit_log', auditSchema());
const auditHeadModel = defineTenantModel('AuditHead', 'audit_head', auditHeadSchema());

const actorSchema = new Schema(
  {
    _id: { type: String, required: true },
    name: { type: String, required: true },
    /** Folded for search by the beginning of a name. */
    nameKey: { type: String, required: true },
    kind: { type: String, required: true },
  },
  { strict: 'throw' },
);
// the log's filter by person
actorSchema.index({ nameKey: 1 });

/** Everybody who is named in the log, also those who have left. */
export const auditActorModel = defineTenantModel('AuditActor', 'audit_actors', actorSchema);

type EntryModel = Model<InferSchemaType<ReturnType<typeof auditSchema>>>;
type HeadModel = Model<InferSchemaType<ReturnType<typeof auditHeadSchema>>>;

/** An audit log: an organization's own, or the platform's. */
export type Ledger = {
  id: string;
  entries: () => Promise<EntryModel>;
  heads: () => Promise<HeadModel>;
  transaction: <T>(work: (session: ClientSession) => Promise<T>) => Promise<T>;
  key: () => Promise<KeyObject>;
};

export const tenantLedger = (db: TenantDatabase): Ledger => ({
  id: db.organizationId,
  entries: async () => auditEventModel({ db }),
  heads: async () => auditHeadModel({ db }),
  transaction: (work) => db.transaction(work),
  key: async () => derivedKey(await organizationKeyring(db.organizationId), 'audit-chain'),
});

const PLATFORM_LEDGER = 'platform';

export const platformLedger = (): Ledger => ({
  id: PLATFORM_LEDGER,
  entries: platformAuditModel,
  heads: platformAuditHeadModel,
  transaction: masterTransaction,
  key: async () => {
    const keys = await organizationKeyring(PLATFORM_KEY_OWNER).catch(async () => {
      await ensureOrganizationKey(PLATFORM_KEY_OWNER);
      return organizationKeyring(PLATFORM_KEY_OWNER);
    });
    return derivedKey(keys, 'audit-chain');
  },
});

type Waiting = { ledger: Ledger; event: AuditEvent; done: () => void; fail: (error: unknown) => void };
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
export function append(ledger: Ledger, event: AuditEvent): Promise<void> {
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
        batch.map(({ event }) => event),
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

const HEAD = 'head';

async function commit(ledger: Ledger, events: readonly AuditEvent[]): Promise<void> {
  const [entries, heads, key] = await Promise.all([ledger.entries(), ledger.heads(), ledger.key()]);
  const write = () =>
    ledger.transaction(async (session): Promise<Head | null> => {
      // Taking the end of the chain first makes other processes wait for it instead of failing later.
      const before = await heads
        .findOneAndUpdate(
          { _id: HEAD },
          { $inc: { seq: events.length } },
          { session, returnDocument: 'before' },
        )
        .lean();
      if (!before) return null;
      let last: Head = before;
      const rows: ChainedEntry[] = [];
      for (const event of events) {
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
      await entries.insertMany(rows, { session });
      const { seq, hash, at } = last;
      await heads.updateOne(
        { _id: HEAD },
        { $set: { seq, hash, at, mac: macHead(key, ledger.id, last) } },
        { session },
      );
      return last;
    });
  let last: Head | null = null;
  try {
    last = await write();
  } catch (error) {
    // The end was set back by somebody; the log goes on behind its last entry, and Verify tells.
    if (!duplicateKey(error)) throw error;
    await setHead(ledger);
  }
  if (!last) {
    await ensureHead(ledger);
    last = await write();
  }
  if (last) await anchorIfDue(ledger.id, key, last);
}

async function ensureHead(ledger: Ledger): Promise<void> {
  if (await (await ledger.heads()).exists({ _id: HEAD })) return;
  await setHead(ledger);
}

/**
 * Puts the end of the chain behind the last entry, or behind the anchor where that is further: a gap must
 * show.
 */
async function setHead(ledger: Ledger): Promise<void> {
  const [entries, heads, key] = await Promise.all([ledger.entries(), ledger.heads(), ledger.key()]);
  const [row, anchor, known] = await Promise.all([
    entries.findOne().sort({ seq: -1 }).select('seq hash at').lean(),
    readAnchor(ledger.id),
    heads.findById(HEAD).lean(),
  ]);
  const end =
    [row, anchor].filter((one) => one != null).sort((a, b) => b.seq - a.seq)[0] ??
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
  return (await ledger.heads()).findById(HEAD).lean();
}

/**
 * Removes entries older than `before`; the chain then begins at a signed checkpoint.
 * @returns how many were removed.
 */
export async function pruneLedger(ledger: Ledger, before: Date): Promise<number> {
  const [entries, key] = await Promise.all([ledger.entries(), ledger.key()]);
  // Read by their plain names: the filter's operators are ours.
  const last = await entries.collection
    .find({ at: { $lt: before } })
    .sort({ at: -1, seq: -1 })
    .limit(1)
    .next();
  const seq = Number(last?.seq ?? 0);
  if (!last || seq === 0) return 0;
  await ledger.transaction(async (session) => {
    const heads = await ledger.heads();
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
