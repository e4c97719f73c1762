import 'server-only';
import type { Collection, InferSchemaType, Model, Schema } from 'mongoose';
import { compile, ensureCollection } from '../mongo';
import { masterConnection, unopenedMaster } from './connection';

type Definition = { name: string; schema: Schema; collection: string };
const definitions = new Map<string, Definition>();

/** What a model does at the server. Each waits for the connection first: none has to be opened by hand. */
const OPERATIONS = [
  ...(['find', 'findOne', 'findOneAndUpdate', 'findOneAndReplace', 'findOneAndDelete'] as const),
  ...(['countDocuments', 'estimatedDocumentCount', 'distinct', 'replaceOne'] as const),
  ...(['updateOne', 'updateMany', 'deleteOne', 'deleteMany'] as const),
] as const;

async function connected(): Promise<void> {
  await masterConnection();
}

/**
 * Declares a collection of the master database. No patient data lives there. The model can be used at once:
 * its first operation opens the connection, and fails as `masterConnection` does when the server cannot be
 * reached. Its native `collection` does not: open the connection before.
 */
export function defineMasterModel<S extends Schema>(
  name: string,
  collection: string,
  schema: S,
): Model<InferSchemaType<S>> {
  definitions.set(name, { name, schema, collection });
  const hooked: Schema = schema;
  hooked.pre([...OPERATIONS], connected);
  hooked.pre('aggregate', connected);
  hooked.pre('save', connected);
  hooked.pre('insertMany', connected);
  hooked.pre('bulkWrite', connected);
  return compile(unopenedMaster, name, schema, collection) as unknown as Model<InferSchemaType<S>>;
}

type Kind = { unique?: unknown; sparse?: unknown; partialFilterExpression?: unknown };
/** What an index cannot be changed in. */
const kindOf = ({ unique, sparse, partialFilterExpression }: Kind): string =>
  JSON.stringify([Boolean(unique), Boolean(sparse), Boolean(partialFilterExpression)]);

/** What a schema wants of the indexes by their keys: the name, and the kind. */
const wantedIn = (schema: Schema) =>
  new Map(
    schema.indexes().map(([key, options]) => {
      const usual = Object.entries(key)
        .map((part) => part.join('_'))
        .join('_');
      return [JSON.stringify(key), { name: options.name ?? usual, kind: kindOf(options) }];
    }),
  );

/**
 * An index that an earlier version made unique, sparse or partial and this one does not: the server would
 * refuse another one of its name.
 */
async function dropRetiredIndexes(schema: Schema, collection: Collection): Promise<void> {
  const wanted = wantedIn(schema);
  for (const { name, key, ...options } of await collection.indexes()) {
    const now = wanted.get(JSON.stringify(key));
    if (name && now?.name === name && now.kind !== kindOf(options)) await collection.dropIndex(name);
  }
}

/** One that has another name by now goes after the new one was made: what is unique is so at every moment. */
async function dropRenamedIndexes(schema: Schema, collection: Collection): Promise<void> {
  const wanted = wantedIn(schema);
  for (const { name, key } of await collection.indexes()) {
    const now = wanted.get(JSON.stringify(key));
    if (name && now && now.name !== name) await collection.dropIndex(name);
  }
}

/** Creates the master's collections and indexes; run at start, idempotent. */
export async function ensureMasterIndexes(): Promise<void> {
  const connection = await masterConnection();
  const existing = new Set((await connection.listCollections()).map(({ name }) => name));
  for (const definition of definitions.values()) {
    const { schema, collection } = definition;
    const exists = existing.has(collection);
    if (exists) await dropRetiredIndexes(schema, connection.collection(collection));
    await ensureCollection(connection, definition, exists);
    if (exists) await dropRenamedIndexes(schema, connection.collection(collection));
  }
}
