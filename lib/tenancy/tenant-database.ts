import 'server-only';
import type { ClientSession, Connection, InferSchemaType, Model, Schema } from 'mongoose';
import pLimit, { type LimitFunction } from 'p-limit';
import { compile, ensureCollection } from '../mongo';
import { underFairShare } from './fair-share';
import { ownConnection } from './sealed-fields';

export type TenantDefinition<S extends Schema = Schema> = {
  name: string;
  collection: string;
  schema: S;
  /** Paths that are ciphertext at rest. */
  sensitive: readonly string[];
  /** Where a record says whose it is, if not in `patientId`. */
  patient?: { path: string; where: Record<string, string> };
};

/**
 * Kinds of transactions that each raise a row of their own: the queue's version, the numbers of a day's
 * money.
 */
export type Turn = 'queue' | 'money';

/**
 * One organization's database. Holds no way to close it or to reach another: models are compiled on the
 * organization's own connection when first asked for.
 */
export class TenantDatabase {
  readonly organizationId: string;
  readonly name: string;
  /** As its marker said when it was opened. */
  schemaVersion = 0;
  readonly #connection: Connection;
  readonly #turns = new Map<string, LimitFunction>();

  constructor(organizationId: string, connection: Connection) {
    this.organizationId = organizationId;
    this.name = connection.name;
    this.#connection = connection;
    ownConnection(connection, organizationId);
  }

  model<S extends Schema>(definition: TenantDefinition<S>): Model<InferSchemaType<S>> {
    const { name, schema, collection } = definition;
    const model = compile(this.#connection, name, schema, collection) as unknown as Model<InferSchemaType<S>>;
    return underFairShare(this.#connection, model);
  }

  /** Runs `work` in one transaction; it may run more than once, so it must not touch anything else. */
  async transaction<T>(work: (session: ClientSession) => Promise<T>): Promise<T> {
    const session = await this.#connection.startSession();
    try {
      return await session.withTransaction(() => work(session));
    } finally {
      await session.endSession();
    }
  }

  /**
   * A transaction that raises a row which all of its kind raise: of one kind one at a time in this process.
   * At once, the server would let one through and make the others begin again, each time after a longer
   * pause.
   */
  transactionInTurn<T>(kind: Turn, work: (session: ClientSession) => Promise<T>): Promise<T> {
    const turn = this.#turns.get(kind) ?? pLimit(1);
    this.#turns.set(kind, turn);
    return turn(() => this.transaction(work));
  }

  /** @throws when the server does not answer, or not as this organization's user. */
  async ping(): Promise<void> {
    await this.#connection.getClient().db(this.name).command({ ping: 1 });
  }

  /** Round trip in milliseconds, sizes in bytes. */
  async stats(): Promise<{ latencyMs: number; sizeBytes: number; documents: number; collections: number }> {
    const started = performance.now();
    const db = this.#connection.getClient().db(this.name);
    await db.command({ ping: 1 });
    const latencyMs = performance.now() - started;
    const stats = await db.stats();
    return {
      latencyMs: Math.round(latencyMs * 100) / 100,
      sizeBytes: Number(stats.dataSize ?? 0) + Number(stats.indexSize ?? 0),
      documents: Number(stats.objects ?? 0),
      collections: Number(stats.collections ?? 0),
    };
  }

  /** Creates the collections and indexes of the given definitions; idempotent. */
  async ensureCollections(definitions: readonly TenantDefinition[]): Promise<void> {
    const existing = new Set((await this.#connection.listCollections()).map(({ name }) => name));
    for (const definition of definitions) {
      await ensureCollection(this.#connection, definition, existing.has(definition.collection));
    }
  }
}
