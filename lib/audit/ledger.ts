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
import { logger } from '../logger';
import { masterTransaction } from '../master/connection';
import { platformAuditHeadModel, platformAuditModel } from '../master/models/audit-event';
import { auditOutboxModel } from '../master/models/audit-outbox';
import { defineTenantModel } from '../tenancy/define-tenant-model';
import type { TenantDatabase } from '../tenancy/tenant-database';
import { type AuditActor, auditHeadSchema, auditNoteSchema, auditSchema } from './entry';

export const auditEventModel = defineTenantModel('AuditEvent', 'audit_log', auditSchema());
const auditHeadModel = defineTenantModel('AuditHead', 'audit_head', auditHeadSchema());
/**
 * What changes of this database have still to leave in a log: their own organization's, or the platform's
 * too.
 */
export const auditNoteModel = defineTenantModel('AuditNote', 'audit_notes', auditNoteSchema());

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
export type NoteModel = Model<InferSchemaType<ReturnType<typeof auditNoteSchema>>>;

/** An audit log: an organization's own, or the platform's. */
export type Ledger = {
  id: string;
  entries: EntryModel;
  heads: HeadModel;
  /** The notes of the same database, which a transaction can move into the chain. */
  notes: NoteModel;
  transaction: <T>(work: (session: ClientSession) => Promise<T>) => Promise<T>;
  key: () => Promise<KeyObject>;
  /** Keeps the names of people for the filter of the log. Never throws: the entries are written. */
  remember?: (actors: readonly AuditActor[]) => Promise<void>;
};

export const tenantLedger = (db: TenantDatabase): Ledger => ({
  id: db.organizationId,
  entries: auditEventModel({ db }),
  heads: auditHeadModel({ db }),
  notes: auditNoteModel({ db }),
  transaction: (work) => db.transaction(work),
  key: async () => derivedKey(await organizationKeyring(db.organizationId), 'audit-chain'),
  remember: async (actors) => {
    for (const actor of actors) await rememberActor(db, actor);
  },
});

export const PLATFORM_LEDGER = 'platform';

export const platformLedger = (): Ledger => ({
  id: PLATFORM_LEDGER,
  entries: platformAuditModel,
  heads: platformAuditHeadModel,
  notes: auditOutboxModel,
  transaction: masterTransaction,
  key: async () => {
    const keys = await organizationKeyring(PLATFORM_KEY_OWNER).catch(async () => {
      await ensureOrganizationKey(PLATFORM_KEY_OWNER);
      return organizationKeyring(PLATFORM_KEY_OWNER);
    });
    return derivedKey(keys, 'audit-chain');
  },
});

/** Names that this process has stored already, by database. */
const stored = new WeakMap<TenantDatabase, Set<string>>();

async function rememberActor(db: TenantDatabase, { id, name, kind }: AuditActor): Promise<void> {
  const known = stored.get(db) ?? new Set<string>();
  stored.set(db, known);
  if (known.has(`${id} ${name}`)) return;
  try {
    await auditActorModel({ db }).updateOne(
      { _id: id },
      { $set: { name, nameKey: name.toLowerCase(), kind } },
      { upsert: true },
    );
  } catch (error) {
    if (!duplicateKey(error)) {
      logger.warn({ err: error }, 'the name of a person of the audit log could not be kept');
      return;
    }
  }
  known.add(`${id} ${name}`);
}
