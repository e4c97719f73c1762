import 'server-only';
import mongoose, { type Connection, Document, type Model, type Query, type Schema } from 'mongoose';
import { isSealed, withFieldCipher } from '../crypto/field-cipher';

type Row = Record<string, unknown>;
type AnyDocument = Document<unknown>;
type Stored = { row: Row | AnyDocument; path: string; id: string; stored: string };

// Next's bundles do not share modules: a handle may be opened by one and used by another.
const OWNERS = Symbol.for('chakravue.tenancy.owners');
const global = globalThis as { [key: symbol]: WeakMap<Connection, string> | undefined };
global[OWNERS] ??= new WeakMap();
const owners: WeakMap<Connection, string> = global[OWNERS];

/** Says whose keys seal what is written over this connection. */
export const ownConnection = (connection: Connection, organizationId: string): void => {
  owners.set(connection, organizationId);
};

function ownerOf(connection: Connection): string {
  const organizationId = owners.get(connection);
  if (!organizationId) throw new Error('This connection belongs to no organization');
  return organizationId;
}

const isText = (value: unknown): value is string => typeof value === 'string' && value !== '';
const isRow = (value: unknown): value is Row => typeof value === 'object' && value !== null;

const READS = ['findOne', 'findOneAndUpdate', 'findOneAndDelete'] as const;
const FILTERED = [
  'find',
  ...READS,
  'countDocuments',
  'distinct',
  'updateOne',
  'updateMany',
  'deleteOne',
  'deleteMany',
] as const;

/**
 * The one place where marked paths are sealed and opened, for every way that a model has to write and read:
 * save and create, insertMany, updates by `_id`, find in each form, lean or not, cursors included. What it
 * cannot seal it refuses.
 * Aggregations and the native driver see ciphertext.
 */
export function sealFields(schema: Schema, collection: string, paths: readonly string[]): void {
  for (const path of paths) {
    if (schema.path(path)?.instance !== 'String' || path.includes('.'))
      throw new Error(`${collection}.${path} cannot be sealed: it is not a text at the top of the record`);
  }
  sealDocuments(schema, collection, paths);
  sealUpdates(schema, collection, paths);
  openResults(schema, collection, paths);
  refuseOthers(schema, collection, paths);
}

async function sealAll(
  connection: Connection,
  collection: string,
  texts: readonly { path: string; id: string; text: string }[],
): Promise<string[]> {
  return withFieldCipher(ownerOf(connection), (cipher) =>
    texts.map(({ path, id, text }) => cipher.seal({ collection, path, id }, text)),
  );
}

function sealDocuments(schema: Schema, collection: string, paths: readonly string[]): void {
  const before = new WeakMap<object, Map<string, { plain: string; sealed: string }>>();
  schema.pre('save', async function () {
    const former = before.get(this);
    const texts = paths.flatMap((path) => {
      const value: unknown = this.isModified(path) ? this.get(path) : undefined;
      if (!isText(value)) return [];
      // A save that failed left the ciphertext in the document.
      const known = former?.get(path);
      return [{ path, id: String(this._id), text: known?.sealed === value ? known.plain : value }];
    });
    if (texts.length === 0) return;
    const sealed = await sealAll(this.db, collection, texts);
    const kept = new Map<string, { plain: string; sealed: string }>();
    for (const [index, { path, text }] of texts.entries()) {
      const value = sealed[index] ?? '';
      kept.set(path, { plain: text, sealed: value });
      this.set(path, value);
    }
    before.set(this, kept);
  });
  schema.post('save', function () {
    for (const [path, { plain }] of before.get(this) ?? []) put(this, path, plain);
    before.delete(this);
  });
  // Their types know neither what this hook gets nor that it may answer other records.
  const many = schema as unknown as {
    pre: (event: 'insertMany', hook: (this: Model<unknown>, rows: unknown) => Promise<unknown>) => void;
    post: (event: 'insertMany', hook: (this: Model<unknown>, rows: unknown) => Promise<void>) => void;
  };
  many.pre('insertMany', async function (rows) {
    const given: unknown[] = Array.isArray(rows) ? rows : [rows];
    const copies = given.map((row): Row => {
      if (!isRow(row) || row instanceof Document) throw new Error('insertMany takes plain records');
      return { ...row, _id: row._id ?? new mongoose.Types.ObjectId() };
    });
    const places = copies.flatMap((row) =>
      paths.flatMap((path) => {
        const text = row[path];
        return isText(text) ? [{ row, path, id: String(row._id), text }] : [];
      }),
    );
    const sealed = await sealAll(this.db, collection, places);
    for (const [index, { row, path }] of places.entries()) row[path] = sealed[index];
    return mongoose.overwriteMiddlewareArguments(copies);
  });
  many.post('insertMany', async function (rows) {
    if (Array.isArray(rows)) await openRows(this.db, collection, paths, rows);
  });
}

function sealUpdates(schema: Schema, collection: string, paths: readonly string[]): void {
  schema.pre(['updateOne', 'updateMany', 'findOneAndUpdate'], async function (this: Query<unknown, unknown>) {
    const update: unknown = this.getUpdate();
    if (!isRow(update)) return;
    if (Array.isArray(update)) throw new Error(`A pipeline cannot seal what it writes into ${collection}`);
    const parts = [null, '$set', '$setOnInsert'].flatMap((operator) => {
      const values = operator === null ? update : update[operator];
      if (!isRow(values)) return [];
      return paths.flatMap((path) => {
        const text = values[path];
        return isText(text) ? [{ operator, path, text }] : [];
      });
    });
    if (parts.length === 0) return;
    const { _id } = this.getFilter();
    if (!(_id instanceof mongoose.Types.ObjectId) && typeof _id !== 'string')
      throw new Error(`${collection}.${parts[0]?.path} is sealed for one record: update it by _id`);
    const texts = parts.map(({ path, text }) => ({ path, id: String(_id), text }));
    const sealed = await sealAll(this.model.db, collection, texts);
    // Copies: the caller may use its object again, as a transaction that is tried again does.
    const next: Row = { ...update };
    for (const [index, { operator, path }] of parts.entries()) {
      if (operator === null) next[path] = sealed[index];
      else next[operator] = { ...(next[operator] as Row), [path]: sealed[index] };
    }
    this.setUpdate(next);
  });
}

function openResults(schema: Schema, collection: string, paths: readonly string[]): void {
  schema.post('find', async function (this: Query<unknown, unknown>, rows: unknown) {
    if (Array.isArray(rows)) await openRows(this.model.db, collection, paths, rows);
  });
  schema.post([...READS], async function (this: Query<unknown, unknown>, row: unknown) {
    await openRows(this.model.db, collection, paths, [row]);
  });
}

/** Opens only what was read: a path that was not selected costs nothing. */
async function openRows(
  connection: Connection,
  collection: string,
  paths: readonly string[],
  rows: readonly unknown[],
): Promise<void> {
  const found = rows.filter(isRow).flatMap((row): Stored[] =>
    paths.flatMap((path) => {
      const stored: unknown = row instanceof Document ? row.get(path) : row[path];
      if (!isText(stored) || !isSealed(stored)) return [];
      if (!row._id) throw new Error(`${collection}.${path} opens only together with its _id`);
      return [{ row, path, id: String(row._id), stored }];
    }),
  );
  if (found.length === 0) return;
  const texts = await withFieldCipher(ownerOf(connection), (cipher) =>
    found.map(({ path, id, stored }) => cipher.open({ collection, path, id }, stored)),
  );
  for (const [index, { row, path }] of found.entries()) put(row, path, texts[index] ?? '');
}

function put(row: Row | AnyDocument, path: string, text: string): void {
  if (!(row instanceof Document)) {
    row[path] = text;
    return;
  }
  row.set(path, text);
  row.unmarkModified(path);
}

/** What would silently find nothing, or write plain text, is our mistake and stops. */
function refuseOthers(schema: Schema, collection: string, paths: readonly string[]): void {
  const sealed = new Set(paths);
  const asks = (filter: Row): boolean =>
    Object.entries(filter).some(([key, value]) => {
      if (sealed.has(key)) return !(isRow(value) && Object.keys(value).every((each) => each === '$exists'));
      return Array.isArray(value) && value.some((each) => isRow(each) && asks(each));
    });
  schema.pre([...FILTERED], function (this: Query<unknown, unknown>) {
    const sort: unknown = this.getOptions().sort;
    if (asks(this.getFilter()) || (isRow(sort) && Object.keys(sort).some((key) => sealed.has(key))))
      throw new Error(`A sealed path of ${collection} cannot be searched or sorted: use a blind index`);
  });
  schema.pre(['replaceOne', 'findOneAndReplace'], () => {
    throw new Error(`${collection} has sealed paths: update its records instead of replacing them`);
  });
  schema.pre('bulkWrite', () => {
    throw new Error(`${collection} has sealed paths, which bulkWrite would not seal`);
  });
}
