import 'server-only';
import mongoose, { type Connection, type ConnectOptions, type mongo, type Schema } from 'mongoose';
import { notFoundError } from './errors';
import { OBJECT_ID } from './object-id';

mongoose.set('strictQuery', 'throw');
mongoose.set('sanitizeFilter', true);
mongoose.set('autoIndex', false);
mongoose.set('autoCreate', false);
mongoose.set('bufferCommands', false);

/** What all our connections have in common; reasons in docs/decisions/0003. */
export const BASE_OPTIONS = {
  autoIndex: false,
  autoCreate: false,
  bufferCommands: false,
  maxConnecting: 2,
  waitQueueTimeoutMS: 3_000,
  serverSelectionTimeoutMS: 4_000,
  connectTimeoutMS: 4_000,
} satisfies ConnectOptions;

/**
 * Marks a filter operator as written by us: `{ startsAt: op({ $gte: from }) }`. Everything else with a `$`
 * in a filter is neutralised by `sanitizeFilter`, so what users type can never become an operator.
 */
export const op = <T extends Record<string, unknown>>(operators: T): T => mongoose.trusted(operators) as T;

/** @throws AppError NOT_FOUND for a malformed id: the same answer as for a missing one. */
export function objectId(id: string, what = 'record'): mongoose.Types.ObjectId {
  if (!OBJECT_ID.test(id)) throw notFoundError(what);
  return new mongoose.Types.ObjectId(id);
}

export const newObjectId = (): mongoose.Types.ObjectId => new mongoose.Types.ObjectId();

/** Escapes text for use inside a regular expression. */
export const escapeRegExp = (text: string): string =>
  // BSON's expressions end at a null byte, so the driver refuses them.
  text.replaceAll('\0', '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Of the index by which the same press is found again, among rows that have a key. A filter by `$type` would
 * not do: an equal value counts as no part of it, so each press would read the whole collection.
 */
export const ONCE_PER_PRESS = {
  name: 'requestKey_once',
  unique: true,
  partialFilterExpression: { requestKey: { $gt: '' } },
};

/** The same of a field that is absent where nothing is said, and also looked for by many values at once. */
export const onceWhereGiven = (field: string) => ({ name: `${field}_once`, unique: true, sparse: true });

const compiledFrom = new WeakMap<Connection, Map<string, Schema>>();

/** Compiles a model once per connection. In development an edited schema replaces the compiled one. */
export function compile(connection: Connection, name: string, schema: Schema, collection: string) {
  const existing = connection.models[name];
  const known = compiledFrom.get(connection) ?? new Map<string, Schema>();
  compiledFrom.set(connection, known);
  if (existing && (process.env.NODE_ENV !== 'development' || known.get(name) === schema)) return existing;
  if (existing) connection.deleteModel(name);
  known.set(name, schema);
  return connection.model(name, schema, collection);
}

/**
 * Makes a collection with its indexes, in one command where it has any: a new database waits for each.
 * Idempotent.
 * @param exists whether the server has the collection
 */
export async function ensureCollection(
  connection: Connection,
  { collection, schema }: { collection: string; schema: Schema },
  exists: boolean,
): Promise<void> {
  const db = connection.getClient().db(connection.name);
  const indexes = schema.indexes().map(([key, options]) => ({ ...options, key }) as mongo.IndexDescription);
  if (indexes.length > 0) await db.collection(collection).createIndexes(indexes);
  else if (!exists) await db.createCollection(collection);
}
