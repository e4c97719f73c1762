import 'server-only';
import { randomBytes } from 'node:crypto';
import { ConnectionString } from 'mongodb-connection-string-url';
import mongoose from 'mongoose';
import { isAppError } from '../../errors';
import { throughGate } from '../../outside/database-gate';
import { tenantDefinitions } from '../../tenancy/define-tenant-model';
import { refusal } from '../external/address';
import { connected, type Provider, type TenantTarget } from '../provider';
import { ensureMarker } from '../wire';

const { MongoServerError } = mongoose.mongo;
type Db = mongoose.mongo.Db;
type Client = InstanceType<typeof mongoose.mongo.MongoClient>;
type Marker = { _id: string; organizationId: string };

const MARKER = '_tenant';
const PROBE = '_probe_';

const connectionString: Provider['connectionString'] = (target) => {
  if (!target.address) throw new Error(`The server of ${target.databaseName} is not known`);
  const uri = new ConnectionString(target.address);
  uri.username = encodeURIComponent(target.username);
  uri.password = encodeURIComponent(target.password);
  uri.pathname = `/${target.databaseName}`;
  return uri.toString();
};

const namesIn = async (db: Db): Promise<string[]> =>
  (await db.listCollections({}, { nameOnly: true, authorizedCollections: true }).toArray())
    .map(({ name }) => name)
    .filter((name) => !name.startsWith('system.') && !name.startsWith(PROBE));

/** @throws AppError unless the database is empty or bears our marker of this organization. */
async function whose(db: Db, organizationId: string): Promise<'empty' | 'ours'> {
  const marker = await db.collection<Marker>(MARKER).findOne({ _id: 'self' });
  if (marker?.organizationId === organizationId) return 'ours';
  if (marker)
    throw refusal('This database belongs to another organization. Make a new, empty database and name that.');
  if ((await namesIn(db)).length > 0)
    throw refusal('This database is not empty. Make a new, empty database and name that.');
  return 'empty';
}

/** Does once, in a collection of its own, whatever the product does. */
async function proveRights(client: Client, databaseName: string): Promise<void> {
  const db = client.db(databaseName);
  const rows = await db.createCollection(`${PROBE}${randomBytes(6).toString('hex')}`);
  try {
    await rows.createIndex({ at: 1 });
    await client.withSession((session) =>
      session.withTransaction(async () => {
        await rows.insertOne({ at: new Date() }, { session });
      }),
    );
    await rows.findOne({});
    await rows.updateOne({}, { $set: { at: new Date() } });
    await rows.deleteOne({});
  } finally {
    await rows.drop();
  }
}

function asRefusal(error: unknown, databaseName: string): unknown {
  if (isAppError(error)) return error;
  if (error instanceof MongoServerError) {
    if (error.code === 18 || error.code === 8000)
      return refusal('The server refused the user name or the password. Check both, and authSource.', error);
    if (error.code === 13)
      return refusal(`Give this user the role readWrite on the database ${databaseName}.`, error);
    if (error.code === 20 || error.code === 263)
      return refusal('This server has no transactions. Use a replica set or a cluster.', error);
  }
  if (error instanceof Error && /ServerSelection|Network|Timeout/.test(error.name))
    return refusal(
      'The server did not answer. Let our addresses through its firewall, and check host, port and TLS.',
      error,
    );
  return error;
}

async function inside<T>(target: TenantTarget, work: (client: Client) => Promise<T>): Promise<T> {
  try {
    return await connected(connectionString(target), work, await throughGate());
  } catch (error) {
    throw asRefusal(error, target.databaseName);
  }
}

/**
 * Looks, before anything is kept: reachable, rights, empty or ours.
 * @throws AppError with what to do next.
 */
export const inspectExternal = (target: TenantTarget): Promise<'empty' | 'ours'> =>
  inside(target, async (client) => {
    const found = await whose(client.db(target.databaseName), target.organizationId);
    await proveRights(client, target.databaseName);
    return found;
  });

async function take(target: TenantTarget): Promise<void> {
  await inside(target, async (client) => {
    await whose(client.db(target.databaseName), target.organizationId);
    await proveRights(client, target.databaseName);
    await ensureMarker(client, target);
  });
}

/** The customer's own server. Its users are the customer's; of the database only our collections are ours. */
export const externalProvider: Provider = {
  name: 'external',
  capabilities: {
    transactions: true,
    changeStreams: true,
    collation: true,
    retryWrites: true,
    // What else their user may reach on their server is theirs to say.
    perDatabaseUsers: false,
    managesUsers: false,
    pointInTimeRestore: false,
    limits: { files: null, connections: null, storageBytes: null },
  },
  connectionString,

  async ensureDatabase(target) {
    await take(target);
    return { address: target.address ?? '' };
  },

  ensureUser: take,

  async assertIsolated(target) {
    await inspectExternal(target);
  },

  async remove({ databaseName, address, username, password, organizationId }) {
    if (!address || !username || !password || !organizationId)
      throw new Error(`There is no way into ${databaseName}`);
    const target = { databaseName, address, username, password, organizationId };
    const empty = async (client: Client) => {
      const db = client.db(databaseName);
      const marker = await db.collection<Marker>(MARKER).findOne({ _id: 'self' });
      if (!marker) return;
      if (marker.organizationId !== organizationId) throw new Error(`${databaseName} is not ours`);
      const ours = new Set(tenantDefinitions().map(({ collection }) => collection));
      for (const name of await namesIn(db))
        if (ours.has(name) && name !== MARKER) await db.dropCollection(name);
      // Last: a killed removal finds it again.
      await db.dropCollection(MARKER);
    };
    const uri = connectionString({ ...target, isolation: 'dedicated-user' });
    await connected(uri, empty, await throughGate());
  },
};
