import 'server-only';
import mongoose from 'mongoose';
import { env } from '../../env';
import { addressOf, type Provider, type TenantTarget, withCredential } from '../provider';
import { assertIsolatedBy, dropWireUser, ensureMarker, ensureWireUser } from '../wire';

const { MongoClient } = mongoose.mongo;
type Client = InstanceType<typeof MongoClient>;
const KEY = Symbol.for('chakravue.provisioner');
const global = globalThis as { [key: symbol]: Map<string, Promise<Client>> | undefined };

export const FIRST_CELL = 'cell-1';

/**
 * The cells of this installation: the first is the server of the master database unless a provisioner's is
 * given.
 */
export function cellUris(): ReadonlyMap<string, string> {
  const { PROVISIONER_MONGODB_URI, MONGODB_URI, CELL_URIS, WORKER } = env();
  const cells = new Map([[FIRST_CELL, PROVISIONER_MONGODB_URI ?? MONGODB_URI], ...CELL_URIS]);
  if (WORKER !== 'off') return cells;
  // The web knows where the cells are, not how to get into them.
  return new Map([...cells].map(([id, uri]) => [id, addressOf(uri)]));
}

/** @throws for a cell that this process has no credential of. */
function adminUri(cellId: string | undefined): string {
  const uris = cellUris();
  const uri = uris.get(cellId ?? FIRST_CELL);
  if (!uri) throw new Error(`CELL_URIS names no ${cellId}`);
  return uri;
}

/** The provisioner's own connection to a cell; one per process and cell. */
export function cellAdmin(cellId: string | undefined): Promise<Client> {
  if (env().WORKER === 'off') throw new Error('A process with WORKER=off provisions nothing');
  global[KEY] ??= new Map();
  const clients = global[KEY];
  const uri = adminUri(cellId);
  const known = clients.get(uri);
  if (known) return known;
  const opening = new MongoClient(uri, {
    maxPoolSize: 5,
    appName: 'chakravue/provisioner',
    serverSelectionTimeoutMS: 4_000,
  })
    .connect()
    .catch((error: unknown) => {
      clients.delete(uri);
      throw error;
    });
  clients.set(uri, opening);
  return opening;
}

/**
 * An organization's own user lives in its database, so that it goes when the database goes; a cell's user
 * outlives them.
 */
const homeOf = (target: TenantTarget): string =>
  target.isolation === 'shared-user' ? 'admin' : target.databaseName;

const connectionString: Provider['connectionString'] = (target) =>
  withCredential(target.address ?? addressOf(adminUri(target.cellId)), target, homeOf(target));

/** Replica sets that we run: a database and a database user for each organization. */
export const selfHosted: Provider = {
  name: 'self-hosted',
  capabilities: {
    transactions: true,
    changeStreams: true,
    collation: true,
    retryWrites: true,
    perDatabaseUsers: true,
    managesUsers: true,
    pointInTimeRestore: false,
    // The manual's edge of one replica set; each cell may have its own (CELL_MAX_FILES and its row).
    limits: { files: 100_000, connections: null, storageBytes: null },
  },
  connectionString,

  async ensureDatabase(target) {
    await ensureMarker(await cellAdmin(target.cellId), target);
    return { address: addressOf(adminUri(target.cellId)) };
  },

  async ensureUser(target) {
    await ensureWireUser(await cellAdmin(target.cellId), target, connectionString(target), {
      database: homeOf(target),
      mechanisms: ['SCRAM-SHA-256'],
    });
  },

  async dropUser({ databaseName, cellId, username }) {
    await dropWireUser(await cellAdmin(cellId), databaseName, username);
  },

  assertIsolated: assertIsolatedBy(connectionString),

  async remove({ databaseName, cellId }) {
    const db = (await cellAdmin(cellId)).db(databaseName);
    await db.command({ dropAllUsersFromDatabase: 1 });
    await db.dropDatabase();
  },
};

export async function closeProvisioner(): Promise<void> {
  const open = global[KEY];
  global[KEY] = undefined;
  for (const client of open?.values() ?? []) await (await client).close();
}

type DatabaseUser = Pick<TenantTarget, 'databaseName' | 'username' | 'isolation' | 'cellId'>;

/**
 * Lets the server itself refuse writes with the credential that works in this database, or allow them again.
 * In force with the next command, also on open connections: nothing that still runs elsewhere can write past
 * it.
 */
export async function setAccess(user: DatabaseUser, access: 'read' | 'readWrite'): Promise<void> {
  const isShared = user.isolation === 'shared-user';
  const db = (await cellAdmin(user.cellId)).db(isShared ? 'admin' : user.databaseName);
  const roles = [{ role: access, db: user.databaseName }];
  if (!isShared) {
    await db.command({ updateUser: user.username, roles });
    return;
  }
  const other = access === 'read' ? 'readWrite' : 'read';
  await db.command({ grantRolesToUser: user.username, roles });
  await db.command({
    revokeRolesFromUser: user.username,
    roles: [{ role: other, db: user.databaseName }],
  });
}
