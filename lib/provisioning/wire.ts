import 'server-only';
import mongoose from 'mongoose';
import type { Provider, TenantTarget } from './provider';
import { connected } from './provider';

const { MongoServerError } = mongoose.mongo;
type Client = InstanceType<typeof mongoose.mongo.MongoClient>;

/** Unauthorized, in the server's own words; Atlas's proxies say 8000. */
const UNAUTHORIZED: readonly unknown[] = [13, 8000];
const USER_EXISTS = 51003;
const USER_NOT_FOUND = 11;

/** Writes the marker that says whose database this is. @throws when it is another's. */
export async function ensureMarker(client: Client, target: TenantTarget): Promise<void> {
  const markers = client
    .db(target.databaseName)
    .collection<{ _id: string; organizationId: string }>('_tenant');
  const found = await markers.findOneAndUpdate(
    { _id: 'self' },
    {
      $setOnInsert: {
        organizationId: target.organizationId,
        schemaVersion: 0,
        createdAt: new Date(),
      },
    },
    { upsert: true, returnDocument: 'after' },
  );
  if (found?.organizationId !== target.organizationId) {
    throw new Error(`Database ${target.databaseName} belongs to another organization`);
  }
}

/** A database that waited gets its organization's name. @throws when it bears a third one. */
export async function handMarkerOver(
  client: Client,
  databaseName: string,
  { from, to }: { from: string; to: string },
): Promise<void> {
  const markers = client.db(databaseName).collection<{ _id: string; organizationId: string }>('_tenant');
  await markers.updateOne({ _id: 'self', organizationId: from }, { $set: { organizationId: to } });
  const marker = await markers.findOne({ _id: 'self' });
  if (marker?.organizationId !== to)
    throw new Error(`Database ${databaseName} belongs to another organization`);
}

const canSignIn = (uri: string, target: TenantTarget): Promise<boolean> =>
  connected(uri, (client) => client.db(target.databaseName).command({ ping: 1 })).then(
    () => true,
    () => false,
  );

type Home = {
  database: string;
  mechanisms?: readonly string[];
  /** Where a vendor's roles are not by database. */
  roles?: { role: string; db: string }[];
};

/** Makes the database user over the wire; an existing one gets this password unless it has it. */
export async function ensureWireUser(
  admin: Client,
  target: TenantTarget,
  uri: string,
  home: Home,
): Promise<void> {
  const db = admin.db(home.database);
  const roles = home.roles ?? [{ role: 'readWrite', db: target.databaseName }];
  const user = { pwd: target.password, ...(home.mechanisms ? { mechanisms: home.mechanisms } : {}) };
  try {
    await db.command({ createUser: target.username, ...user, roles });
    return;
  } catch (error) {
    if (!(error instanceof MongoServerError) || error.code !== USER_EXISTS) throw error;
  }
  if (target.isolation === 'shared-user') await db.command({ grantRolesToUser: target.username, roles });
  // Setting the same password again would break sign-ins that are under way.
  if (await canSignIn(uri, target)) return;
  await db.command({
    updateUser: target.username,
    ...user,
    ...(target.isolation === 'dedicated-user' ? { roles } : {}),
  });
}

/** Removes a user that lives outside the database that goes. */
export async function dropWireUser(admin: Client, database: string, username: string): Promise<void> {
  try {
    await admin.db(database).command({ dropUser: username });
  } catch (error) {
    if (!(error instanceof MongoServerError) || error.code !== USER_NOT_FOUND) throw error;
  }
}

async function isRefused(attempt: Promise<unknown>): Promise<boolean> {
  try {
    await attempt;
    return false;
  } catch (error) {
    if (error instanceof MongoServerError && UNAUTHORIZED.includes(error.code)) return true;
    throw error;
  }
}

/** The proof by which each provisioning ends: own database works, every other is refused by the server. */
export const assertIsolatedBy =
  (connectionString: Provider['connectionString']): Provider['assertIsolated'] =>
  (target, otherDatabases) =>
    connected(connectionString(target), async (client) => {
      const own = client.db(target.databaseName).collection('_probe');
      await own.insertOne({ at: new Date() });
      await own.drop();
      for (const name of otherDatabases) {
        const other = client.db(name).collection('_probe');
        const isReadRefused = await isRefused(other.findOne({}));
        const isWriteRefused = await isRefused(other.insertOne({ at: new Date() }));
        if (!isReadRefused || !isWriteRefused)
          throw new Error(`The credential of ${target.databaseName} reaches ${name}`);
      }
    });
