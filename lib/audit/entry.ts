import 'server-only';
import { createHmac, type KeyObject } from 'node:crypto';
import { Schema } from 'mongoose';
import { onceWhereGiven } from '../mongo';

const AUDIT_RESULTS = ['ok', 'refused', 'failed'] as const;
export type AuditResult = (typeof AUDIT_RESULTS)[number];

const ACTOR_KINDS = ['staff', 'support', 'platform', 'system', 'public'] as const;

/** Who did it. `onBehalfOf` names the second person of a support session. */
export type AuditActor = {
  kind: (typeof ACTOR_KINDS)[number];
  id: string;
  name: string;
  role: string;
  sessionId?: string | null | undefined;
  onBehalfOf?: { id: string; name: string } | null | undefined;
};

/** One field that an action changed. Of a redacted field only that it changed is kept. */
export type AuditChange = {
  field: string;
  before?: string | null | undefined;
  after?: string | null | undefined;
  isRedacted?: boolean | null | undefined;
};

export type AuditEvent = {
  at: Date;
  actor: AuditActor;
  action: string;
  target?: string | null | undefined;
  organizationId?: string | null | undefined;
  changes?: readonly AuditChange[] | undefined;
  result: AuditResult;
  requestId?: string | null | undefined;
  ip?: string | null | undefined;
  userAgent?: string | null | undefined;
  /** Id of the note that the transaction of the change wrote. Absent of events that changed nothing. */
  noteId?: string | null | undefined;
};

/** An entry of the chain as it is stored. */
export type ChainedEntry = Omit<AuditEvent, 'changes'> & {
  changes: readonly AuditChange[];
  seq: number;
  targetType?: string | null | undefined;
  prev: string;
  hash: string;
};

const actor = new Schema(
  {
    kind: { type: String, enum: ACTOR_KINDS, required: true },
    id: { type: String, required: true },
    name: { type: String, required: true },
    role: { type: String, required: true },
    sessionId: String,
    onBehalfOf: {
      type: new Schema(
        { id: { type: String, required: true }, name: { type: String, required: true } },
        { _id: false, strict: 'throw' },
      ),
    },
  },
  { _id: false, strict: 'throw' },
);
const change = new Schema(
  { field: { type: String, required: true }, before: String, after: String, isRedacted: Boolean },
  { _id: false, strict: 'throw' },
);

/** What an entry says of an event, in the chain and before it gets there. */
const eventFields = {
  at: { type: Date, required: true },
  actor: { type: actor, required: true },
  action: { type: String, required: true },
  /** `patient:<id>`; never a name. */
  target: String,
  organizationId: String,
  changes: { type: [change], default: [] },
  result: { type: String, enum: AUDIT_RESULTS, required: true },
  requestId: String,
  ip: String,
  userAgent: String,
} as const;

/** The shape of an audit log, the same for organizations and for the platform. */
export function auditSchema() {
  const schema = new Schema(
    {
      ...eventFields,
      /** Without gaps, from 1: the order of the chain. `at` never runs backwards along it. */
      seq: { type: Number, required: true },
      targetType: String,
      noteId: String,
      prev: { type: String, default: '' },
      hash: { type: String, required: true },
    },
    { strict: 'throw' },
  );
  // the chain in order; the log, newest first
  schema.index({ seq: 1 }, { unique: true });
  // a period as a range of the chain; what retention removes
  schema.index({ at: 1, seq: 1 });
  // by person, action, record, kind of record, result; who opened this chart
  schema.index({ 'actor.id': 1, seq: -1 });
  schema.index({ action: 1, seq: -1 });
  schema.index({ target: 1, seq: -1 });
  schema.index({ targetType: 1, seq: -1 });
  schema.index({ result: 1, seq: -1 });
  // a note becomes one entry, however often it is taken
  schema.index({ noteId: 1 }, onceWhereGiven('noteId'));
  return schema;
}

/**
 * An event that waits for its place in the chain of `ledgerId`. The transaction of a change writes it; the id
 * gives the order in which notes are taken.
 */
export function auditNoteSchema() {
  const schema = new Schema(
    { ...eventFields, ledgerId: { type: String, required: true } },
    { strict: 'throw', versionKey: false },
  );
  // the notes of one log, oldest first
  schema.index({ ledgerId: 1, _id: 1 });
  return schema;
}

/** One row: where the chain ends, and where it begins since older entries were removed by retention. */
export function auditHeadSchema() {
  return new Schema(
    {
      _id: { type: String, required: true },
      seq: { type: Number, required: true },
      hash: { type: String, default: '' },
      at: { type: Date, required: true },
      checkpointSeq: { type: Number, default: 0 },
      checkpointHash: { type: String, default: '' },
      mac: { type: String, default: '' },
    },
    { strict: 'throw' },
  );
}

const digest = (key: KeyObject, parts: unknown): string =>
  createHmac('sha256', key).update(JSON.stringify(parts)).digest('base64url');

/**
 * The keyed hash of an entry at its place in a ledger: everything that the entry says, and the entry before
 * it.
 */
export function hashEntry(key: KeyObject, ledgerId: string, entry: Omit<ChainedEntry, 'hash'>): string {
  const { actor: who } = entry;
  return digest(key, [
    // Entries from before notes have no id of one, and keep the hash that they have.
    ...(entry.noteId ? ['entry/2', entry.noteId] : ['entry/1']),
    ledgerId,
    entry.seq,
    entry.at.toISOString(),
    [who.kind, who.id, who.name, who.role, who.sessionId ?? null],
    who.onBehalfOf ? [who.onBehalfOf.id, who.onBehalfOf.name] : null,
    entry.action,
    entry.target ?? null,
    entry.targetType ?? null,
    entry.organizationId ?? null,
    entry.changes.map((one) => [one.field, one.before ?? null, one.after ?? null, Boolean(one.isRedacted)]),
    entry.result,
    entry.requestId ?? null,
    entry.ip ?? null,
    entry.userAgent ?? null,
    entry.prev,
  ]);
}

export type Head = {
  seq: number;
  hash: string;
  at: Date;
  checkpointSeq: number;
  checkpointHash: string;
};

export const macHead = (key: KeyObject, ledgerId: string, head: Head): string =>
  digest(key, [
    'head/1',
    ledgerId,
    head.seq,
    head.hash,
    head.at.toISOString(),
    head.checkpointSeq,
    head.checkpointHash,
  ]);

export type Anchor = { seq: number; hash: string; at: Date };

export const macAnchor = (key: KeyObject, ledgerId: string, anchor: Anchor): string =>
  digest(key, ['anchor/1', ledgerId, anchor.seq, anchor.hash, anchor.at.toISOString()]);
