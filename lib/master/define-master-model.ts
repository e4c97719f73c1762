import 'server-only';
import type { InferSchemaType, Model, Schema } from 'mongoose';
import { compile } from '../mongo';
import { masterConnection } from './connection';

type Definition = { name: string; schema: Schema; collection: string };
const definitions = new Map<string, Definition>();

/** Every collection of the master database whose model file has been loaded. */
export const masterDefinitions = (): Definition[] => [...definitions.values()];

/** Declares a collection of the master database. No patient data lives there. */
export function defineMasterModel<S extends Schema>(name: string, collection: string, schema: S) {
  definitions.set(name, { name, schema, collection });
  return async (): Promise<Model<InferSchemaType<S>>> =>
    compile(await masterConnection(), name, schema, collection) as unknown as Model<InferSchemaType<S>>;
}

/** Creates the master's collections and indexes; run at start, idempotent. */
export async function ensureMasterIndexes(): Promise<void> {
  const connection = await masterConnection();
  const existing = new Set((await connection.listCollections()).map(({ name }) => name));
  for (const { name, schema, collection } of definitions.values()) {
    const model = compile(connection, name, schema, collection);
    if (!existing.has(collection)) await model.createCollection();
    await model.createIndexes();
  }
}
