import { createHash } from 'node:crypto';
import mongoose from 'mongoose';
import { withFieldCipher } from '@/lib/crypto/field-cipher';
import type { newObjectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import type { Day } from '@/lib/time';

export type Id = ReturnType<typeof newObjectId>;
export type Row = { _id: Id | string; [field: string]: unknown };

/** Rows that may still change, and with how many of them it is worth looking which no longer do. */
type Held = { rows: { row: Row; until: Day }[]; lookAt: number };

const BATCH = 500;
/** Writes under way at once: the database writes while the next rows are made. */
const AT_ONCE = 3;

/** Seals what the model marks as sensitive in rows that are written past it. @returns copies. */
async function sealRows(ctx: TenantContext, collection: string, rows: readonly Row[]): Promise<Row[]> {
  const { sensitive } = definitionOf(collection);
  if (sensitive.length === 0) return [...rows];
  return withFieldCipher(ctx.organizationId, (cipher) =>
    rows.map((row) => {
      const copy = { ...row };
      for (const path of sensitive) {
        const text = row[path];
        if (typeof text === 'string' && text !== '')
          copy[path] = cipher.seal({ collection, path, id: row._id.toString() }, text);
      }
      return copy;
    }),
  );
}

function definitionOf(collection: string) {
  const definition = tenantDefinitions().find((each) => each.collection === collection);
  if (!definition) throw new Error(`There is no collection ${collection}`);
  return definition;
}

const refusalOf = (collection: string, answer: unknown): string =>
  `${collection} took not every row: ${JSON.stringify(answer ?? null).slice(0, 500)}`;

/**
 * Rows on their way into an organization's database, many at a time: past the schemas' documents, which would
 * take minutes, and sealed as the models seal them. A row that may still change is held back until a day.
 */
export class Bulk {
  readonly #waiting = new Map<string, Row[]>();
  readonly #held = new Map<string, Held>();
  readonly #running = new Set<Promise<void>>();
  readonly #machine: string;
  #serial = 0;
  #failure: unknown;
  written = 0;

  constructor(readonly ctx: TenantContext) {
    this.#machine = createHash('sha256').update(ctx.organizationId).digest('hex').slice(0, 10);
  }

  /** An id that says when its row was made, as those of the database do: lists are read in that order. */
  idAt(at: Date | number): Id {
    const seconds = Math.floor(Number(at) / 1_000);
    this.#serial = (this.#serial + 1) % 0x1000000;
    const [head, tail] = [seconds.toString(16).padStart(8, '0'), this.#serial.toString(16).padStart(6, '0')];
    return new mongoose.Types.ObjectId(`${head}${this.#machine}${tail}`);
  }

  /** The id that was written like this. */
  known = (id: string): Id => new mongoose.Types.ObjectId(id);

  add(collection: string, ...rows: readonly Row[]): void {
    const waiting = this.#waiting.get(collection);
    if (waiting) waiting.push(...rows);
    else this.#waiting.set(collection, [...rows]);
  }

  /** For a row that may be changed up to and on a day. */
  hold(collection: string, row: Row, until: Day): void {
    const held = this.#held.get(collection) ?? { rows: [], lookAt: BATCH };
    held.rows.push({ row, until });
    this.#held.set(collection, held);
  }

  /** Writes what there is enough of. @param before rows that are held until an earlier day go too */
  async write(before: Day): Promise<void> {
    for (const [collection, { rows, lookAt }] of this.#held) {
      if (rows.length < lookAt) continue;
      const left: Held['rows'] = [];
      for (const one of rows) {
        if (one.until < before) this.add(collection, one.row);
        else left.push(one);
      }
      this.#held.set(collection, { rows: left, lookAt: left.length + BATCH });
    }
    for (const [collection, rows] of this.#waiting)
      while (rows.length >= BATCH) await this.#insert(collection, rows.splice(0, BATCH));
  }

  /** Writes everything, and waits for it. */
  async finish(): Promise<void> {
    for (const [collection, { rows }] of this.#held) this.add(collection, ...rows.map(({ row }) => row));
    this.#held.clear();
    for (const [collection, rows] of this.#waiting)
      while (rows.length > 0) await this.#insert(collection, rows.splice(0, BATCH));
    await Promise.all(this.#running);
    this.#assertWritten();
  }

  #assertWritten(): void {
    if (this.#failure) throw this.#failure;
  }

  async #insert(collection: string, rows: Row[]): Promise<void> {
    while (this.#running.size >= AT_ONCE) await Promise.race(this.#running);
    this.#assertWritten();
    const insert = async () => {
      const sealed = await sealRows(this.ctx, collection, rows);
      const { db } = this.ctx.db.model(definitionOf(collection)).db;
      // The driver's own call measures each row before it writes it: a tenth of the whole work.
      const answer = await patiently(() =>
        db?.command({ insert: collection, documents: sealed, ordered: false }),
      );
      if (answer?.n !== rows.length) throw new Error(refusalOf(collection, answer));
      this.written += rows.length;
    };
    const running: Promise<void> = insert()
      .catch((error: unknown) => {
        this.#failure ??= error;
      })
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }
}

const MOST_TRIES = 20;

/** Tries again where a busy machine had no connection for it in time: nothing was sent then. */
async function patiently<T>(send: () => Promise<T> | undefined): Promise<T | undefined> {
  for (let turn = 1; ; turn++) {
    try {
      return await send();
    } catch (error) {
      const isLate = error instanceof Error && error.name === 'MongoWaitQueueTimeoutError';
      if (turn === MOST_TRIES || !isLate) throw error;
    }
  }
}
