import 'server-only';
import { createHash } from 'node:crypto';
import mongoose from 'mongoose';
import { gateFor } from '../outside/database-gate';

const { MongoClient, BSON } = mongoose.mongo;
export type RawDatabase = ReturnType<InstanceType<typeof MongoClient>['db']>;
type RawIndex = { key: Record<string, unknown>; name: string } & Record<string, unknown>;

/** What a collection holds: `sha256` is over its documents in order of `_id`, so that two copies compare. */
export type CollectionContent = { name: string; count: number; sha256: string; indexes: RawIndex[] };

/** Without this a whole number that was a double would come back as an integer. */
const EXACT = { promoteValues: false, promoteLongs: false, promoteBuffers: false, bsonRegExp: true } as const;
const BATCH = { documents: 500, bytes: 4 * 1024 * 1024 };

/**
 * Opens a database with a connection string of its own and closes it whatever happens. No models, no cache.
 */
export async function withRawDatabase<T>(
  uri: string,
  databaseName: string,
  work: (db: RawDatabase) => Promise<T>,
): Promise<T> {
  const client = new MongoClient(uri, {
    maxPoolSize: 2,
    serverSelectionTimeoutMS: 4_000,
    appName: 'chakravue/archive',
    ...(await gateFor(databaseName)),
  });
  try {
    await client.connect();
    return await work(client.db(databaseName));
  } finally {
    await client.close();
  }
}

/** The collections of a database that hold our documents, in order of name. */
export async function collectionNames(db: RawDatabase): Promise<string[]> {
  const all = await db.listCollections({}, { nameOnly: true }).toArray();
  return all
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.') && name !== '_probe')
    .sort();
}

/** Each document in order of `_id`, as BSON. */
export async function* readDocuments(db: RawDatabase, name: string): AsyncGenerator<Buffer> {
  const cursor = db.collection(name).find({}, { raw: true, sort: { _id: 1 }, batchSize: BATCH.documents });
  // Written once more: what goes through an object once more comes out the same, whatever the order of its
  // keys was.
  for await (const raw of cursor) {
    yield Buffer.from(BSON.serialize(BSON.deserialize(raw as unknown as Buffer, EXACT)));
  }
}

export async function readIndexes(db: RawDatabase, name: string): Promise<RawIndex[]> {
  const indexes = await db.collection(name).indexes();
  return indexes
    .filter(({ name: index }) => index !== '_id_')
    .map(({ v: _version, ns: _namespace, ...index }) => index as RawIndex)
    .sort((a, b) => a.name.localeCompare(b.name));
}

/** Counts and hashes what passes through. */
export class Tally {
  count = 0;
  readonly #hash = createHash('sha256');

  async *pass(documents: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const document of documents) {
      this.count++;
      this.#hash.update(document);
      yield document;
    }
  }

  /** Once, at the end. */
  digest(): string {
    return this.#hash.digest('hex');
  }
}

/** What one collection holds now. */
export async function contentOf(db: RawDatabase, name: string): Promise<CollectionContent> {
  const tally = new Tally();
  for await (const _ of tally.pass(readDocuments(db, name)));
  return { name, count: tally.count, sha256: tally.digest(), indexes: await readIndexes(db, name) };
}

export async function contentsOf(db: RawDatabase): Promise<CollectionContent[]> {
  const contents: CollectionContent[] = [];
  for (const name of await collectionNames(db)) contents.push(await contentOf(db, name));
  return contents;
}

/** Makes the collection again with exactly these documents and indexes. */
export async function writeCollection(
  db: RawDatabase,
  name: string,
  documents: AsyncIterable<Buffer>,
  indexes: readonly RawIndex[],
): Promise<void> {
  if ((await db.listCollections({ name }, { nameOnly: true }).toArray()).length > 0)
    await db.dropCollection(name);
  await db.createCollection(name);
  const collection = db.collection(name);
  let [batch, bytes]: [Record<string, unknown>[], number] = [[], 0];
  const flush = async () => {
    if (batch.length > 0) await collection.insertMany(batch, { ordered: true });
    [batch, bytes] = [[], 0];
  };
  for await (const document of documents) {
    batch.push(BSON.deserialize(document, EXACT));
    bytes += document.length;
    if (batch.length >= BATCH.documents || bytes >= BATCH.bytes) await flush();
  }
  await flush();
  for (const { key, ...options } of indexes) {
    await collection.createIndex(key as Record<string, 1 | -1>, options);
  }
}

/** Cuts a stream of BSON into its documents. @throws Error when it ends inside one. */
export async function* splitDocuments(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let rest: Buffer = Buffer.alloc(0);
  for await (const chunk of chunks) {
    rest = rest.length === 0 ? chunk : Buffer.concat([rest, chunk]);
    while (rest.length >= 4) {
      const size = rest.readInt32LE(0);
      if (rest.length < size) break;
      yield rest.subarray(0, size);
      rest = rest.subarray(size);
    }
  }
  if (rest.length > 0) throw new Error('The archive ends inside a document');
}

/** The collections in which two databases differ, or which only one of them has. */
export function differences(a: readonly CollectionContent[], b: readonly CollectionContent[]): string[] {
  const textOf = (one: CollectionContent) =>
    `${one.count} ${one.sha256} ${one.indexes.map(({ name, key }) => `${name}${JSON.stringify(key)}`).join()}`;
  const [left, right] = [a, b].map((all) => new Map(all.map((one) => [one.name, textOf(one)])));
  const names = new Set([...a, ...b].map(({ name }) => name));
  return [...names].filter((name) => left?.get(name) !== right?.get(name)).sort();
}
