import {
  appendFileSync,
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  ftruncateSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
} from 'node:fs';
import { dirname } from 'node:path';
import Stripe from 'stripe';
import { type Change, type CollectionName, type Collections, emptyTables, NAMES } from './tables';

export * from './tables';

const DAY_MS = 86_400_000;

// On the wire these are text; the SDK's types, which this program is checked against, want its Decimal.
const revive = (key: string, value: unknown): unknown =>
  key.endsWith('_decimal') && typeof value === 'string' ? Stripe.Decimal.from(value) : value;

/**
 * Everything the emulator knows, in memory and in a journal: one line of JSON per finished request, so that a
 * process that is killed loses no answered request and keeps no half of one. Values are replaced, never
 * changed in place.
 */
export class Store {
  #tables = emptyTables();
  #pending: Change[] = [];
  #undo: (() => void)[] = [];
  #depth = 0;
  #journal: number;

  constructor(readonly file: string) {
    mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
    if (existsSync(file)) this.#load();
    this.#compact();
    this.#journal = openSync(file, 'a', 0o600);
  }

  get<K extends CollectionName>(collection: K, id: string): Collections[K] | undefined {
    return this.#tables[collection].get(id);
  }

  /** The newest first, as Stripe lists. */
  newest<K extends CollectionName>(collection: K): Collections[K][] {
    return [...this.#tables[collection].values()].reverse();
  }

  put<K extends CollectionName>(collection: K, id: string, value: Collections[K]): void {
    if (this.#depth === 0) throw new Error('Store.put outside of Store.atomically');
    const table = this.#tables[collection];
    const before = table.get(id);
    this.#undo.push(() => {
      if (before === undefined) table.delete(id);
      else table.set(id, before);
    });
    table.set(id, value);
    this.#pending.push([collection, id, value]);
  }

  remove(collection: CollectionName, id: string): void {
    if (this.#depth === 0) throw new Error('Store.remove outside of Store.atomically');
    const table: Map<string, Collections[CollectionName]> = this.#tables[collection];
    const before = table.get(id);
    if (before === undefined) return;
    this.#undo.push(() => table.set(id, before));
    table.delete(id);
    this.#pending.push([collection, id, null]);
  }

  /** Runs a change to see what would come of it, and takes all of it back: Stripe's previews. */
  tryOut<T>(change: () => T): T {
    return this.atomically(() => {
      const [undone, kept] = [this.#undo.length, this.#pending.length];
      try {
        return change();
      } finally {
        for (const undo of this.#undo.splice(undone).reverse()) undo();
        this.#pending.splice(kept);
      }
    });
  }

  /** Runs a synchronous change: all of it is kept and on disk, or, when it throws, none. */
  atomically<T>(change: () => T): T {
    this.#depth += 1;
    try {
      const result = change();
      if (this.#depth === 1 && this.#pending.length > 0) this.#append(`${JSON.stringify(this.#pending)}\n`);
      return result;
    } catch (error) {
      if (this.#depth === 1) for (const undo of this.#undo.reverse()) undo();
      throw error;
    } finally {
      this.#depth -= 1;
      if (this.#depth === 0) {
        this.#pending = [];
        this.#undo = [];
      }
    }
  }

  close(): void {
    fsyncSync(this.#journal);
    closeSync(this.#journal);
  }

  #append(line: string): void {
    const { size } = fstatSync(this.#journal);
    try {
      appendFileSync(this.#journal, line);
    } catch (error) {
      // Half a line in the middle would make the whole journal unreadable.
      ftruncateSync(this.#journal, size);
      throw error;
    }
  }

  #load(): void {
    const lines = readFileSync(this.file, 'utf8').split('\n');
    lines.forEach((line, index) => {
      if (line === '') return;
      let changes: unknown;
      try {
        changes = JSON.parse(line, revive);
      } catch (error) {
        // A torn last line belongs to a request that was never answered.
        if (index === lines.length - 1) return;
        throw new Error(`${this.file} is damaged at line ${index + 1}; move it away to start over.`, {
          cause: error,
        });
      }
      if (Array.isArray(changes)) for (const change of changes) this.#replay(change);
    });
  }

  #replay([collection, id, value]: Change): void {
    const table: Map<string, Collections[CollectionName]> = this.#tables[collection];
    if (value === null) table.delete(id);
    else table.set(id, value);
  }

  /** Rewrites the journal to what is true now; idempotency keys live for a day, as Stripe's do. */
  #compact(): void {
    const next = `${this.file}.next`;
    const handle = openSync(next, 'w', 0o600);
    for (const name of NAMES) {
      for (const [id, value] of this.#tables[name]) {
        if (name === 'answers' && 'requestId' in value && value.createdAt < Date.now() - DAY_MS) continue;
        appendFileSync(handle, `${JSON.stringify([[name, id, value]])}\n`);
      }
    }
    fsyncSync(handle);
    closeSync(handle);
    renameSync(next, this.file);
  }
}
