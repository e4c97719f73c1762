import 'server-only';
import { ConnectionString } from 'mongodb-connection-string-url';
import mongoose from 'mongoose';
import { env } from '../../env';
import type { Provider, TenantTarget } from './provider';

const { MongoClient, MongoServerError } = mongoose.mongo;
const KEY = Symbol.for('chakravue.provisioner');
const global = globalThis as { [key: symbol]: Promise<InstanceType<typeof MongoClient>> | undefined };

const adminUri = (): string => env().PROVISIONER_MONGODB_URI ?? env().MONGODB_URI;

function admin(): Promise<InstanceType<typeof MongoClient>> {
  global[KEY] ??= new MongoClient(adminUri(), {
    maxPoolSize: 5,
    appName: 'chakravue/provisioner',
    serverSelectionTimeoutMS: 4_000,
  })
    .connect()
    .catch((error: unknown) => {
      global[KEY] = undefined;
      throw error;
    });
  return global[KEY];
}

/** Unauthorized, in the server's own words. */
const UNAUTHORIZED = 13;
const USER_EXISTS = 51003;

/** An organization's own user lives in its database, so that it goes when the database goes; a cell's user outlives them. */
const homeOf = (target: TenantTarget): string =>
  target.isolation === 'shared-user' ? 'admin' : target.databaseName;

const marker = (target: TenantTarget) => ({ organizationId: target.organizationId });

async function withCredential<T>(
  target: TenantTarget,
  work: (client: InstanceType<typeof MongoClient>) => Promise<T>,
): Promise<T> {
  const client = new MongoClient(selfHosted.connectionString(target), {
    maxPoolSize: 1,
    serverSelectionTimeoutMS: 4_000,
  });
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.close();
  }
}

const canSignIn = (target: TenantTarget): Promise<boolean> =>
  withCredential(target, (client) => client.db(target.databaseName).command({ ping: 1 })).then(
    () => true,
    () => false,
  );

async function refused(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt;
    return false;
  } catch (error) {
    if (error instanceof MongoServerError && error.code === UNAUTHORIZED) return true;
    throw error;
  }
}

/** A replica set that we run: a database and a database user for each organization. */
export const selfHosted: Provider = {
  name: 'self-hosted',
  capabilities: { transactions: true, changeStreams: true, retryWrites: true, perDatabaseUsers: true },

  connectionString(target) {
    const uri = new ConnectionString(adminUri());
    uri.username = encodeURIComponent(target.username);
    uri.password = encodeURIComponent(target.password);
    uri.pathname = `/${target.databaseName}`;
    uri.searchParams.set('authSource', homeOf(target));
    return uri.toString();
  },

  async ensureDatabase(target) {
    const markers = (await admin())
      .db(target.databaseName)
      .collection<{ _id: string; organizationId: string }>('_tenant');
    const found = await markers.findOneAndUpdate(
      { _id: 'self' },
      { $setOnInsert: { ...marker(target), schemaVersion: 0, createdAt: new Date() } },
      { upsert: true, returnDocument: 'after' },
    );
    if (found?.organizationId !== target.organizationId) {
      throw new Error(`Database ${target.databaseName} belongs to another organization`);
    }
  },

  async ensureUser(target) {
    const db = (await admin()).db(homeOf(target));
    const roles = [{ role: 'readWrite', db: target.databaseName }];
    const user = { pwd: target.password, mechanisms: ['SCRAM-SHA-256'] };
    try {
      await db.command({ createUser: target.username, ...user, roles });
      return;
    } catch (error) {
      if (!(error instanceof MongoServerError) || error.code !== USER_EXISTS) throw error;
    }
    if (target.isolation === 'shared-user') await db.command({ grantRolesToUser: target.username, roles });
    // Setting the same password anew would break sign-ins that are under way.
    if (await canSignIn(target)) return;
    await db.command({
      updateUser: target.username,
      ...user,
      ...(target.isolation === 'dedicated-user' ? { roles } : {}),
    });
  },

  async assertIsolated(target, otherDatabases) {
    await withCredential(target, async (client) => {
      const own = client.db(target.databaseName).collection('_probe');
      await own.insertOne({ at: new Date() });
      await own.drop();
      for (const name of otherDatabases) {
        const other = client.db(name).collection('_probe');
        const isReadRefused = await refused(other.findOne({}));
        const isWriteRefused = await refused(other.insertOne({ at: new Date() }));
        if (!isReadRefused || !isWriteRefused)
          throw new Error(`The credential of ${target.databaseName} reaches ${name}`);
      }
    });
  },

  async remove(target) {
    const db = (await admin()).db(target.databaseName);
    await db.command({ dropAllUsersFromDatabase: 1 });
    await db.dropDatabase();
  },
};

export async function closeProvisioner(): Promise<void> {
  const open = global[KEY];
  global[KEY] = undefined;
  await (await open)?.close();
}
