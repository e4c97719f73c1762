import 'server-only';
import type { Collection, InferSchemaType, Model, Schema } from 'mongoose';
import { compile } from '../mongo';
import { masterConnection } from './connection';

type Definition = { name: string; schema: Schema; collection: string };
const definitions = new Map<string, Definition>();

/** Declares a collection of the master database. No patient data lives there. */
export function defineMasterModel<S extends Schema>(name: string, collection: string, schema: S) {
  definitions.set(name, { name, schema, collection });
  return async (): Promise<Model<InferSchemaType<S>>> =>
    compile(await masterConnection(), name, schema, collection) as unknown as Model<InferSchemaType<S>>;
}

/**
 * An index that an earlier version made unique and this one does not: the server would refuse it beside the
 * new one.
 */
async function dropRetiredIndexes(schema: Schema, collection: Collection): Promise<void> {
  const wanted = new Map(
    schema.indexes().map(([key, options]) => [JSON.stringify(key), Boolean(options.unique)]),
  );
  for (const { name, key, unique } of await collection.indexes()) {
    const isWanted = wanted.get(JSON.stringify(key));
    if (name && name !== '_id_' && isWanted !== undefined && isWanted !== Boolean(unique))
      await collection.dropIndex(name);
  }
}

/** Creates the master's collections and indexes; run at start, idempotent. */
export async function ensureMasterIndexes(): Promise<void> {
  const connection = await masterConnection();
  const existing = new Set((await connection.listCollections()).map(({ name }) => name));
  for (const { name, schema, collection } of definitions.values()) {
    const model = compile(connection, name, schema, collection);
    if (!existing.has(collection)) await model.createCollection();
    await dropRetiredIndexes(schema, connection.collection(collection));
    await model.createIndexes();
  }
}
