import 'server-only';
import { createHash } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import mongoose, { type Connection } from 'mongoose';
import pLimit from 'p-limit';
import { countCommands } from '../command-counts';
import { env } from '../env';
import { AppError } from '../errors';
import { logger } from '../logger';
import { BASE_OPTIONS } from '../mongo';
import { gateFor } from '../outside/database-gate';
import { FairShare, shareFairly } from './fair-share';
import { type Lease, LeasedCache } from './leased-cache';
import { markerModel } from './marker';
import { observeAcquire } from './metrics';
import { forgetPlacement, getPlacement, type Placement, readConnectionString } from './placement';
import { TenantDatabase } from './tenant-database';

type Handle = {
  client: Lease<Connection>;
  database: TenantDatabase;
  /** What it was opened from: another placement means another handle. */
  placement: string;
  share: FairShare | null;
};
/** Missing in Mongoose's own types. */
type Removable = Connection & { removeDb: (name: string) => Connection };
type Factory = { clients: LeasedCache<Connection>; handles: LeasedCache<Handle>; timer: NodeJS.Timeout };

const KEY = Symbol.for('chakravue.tenancy');
const global = globalThis as { [key: symbol]: Factory | undefined };

// A restart of many processes must not storm a cluster that admits 15 new connections a second: four at a
// time, and those that had to wait start at slightly different moments.
const connecting = pLimit(4);
const JITTER_MS = 25;
const DRAIN_MS = 30_000;
/** As long as the driver waits for a free connection. */
const SHARE_WAIT_MS = 3_000;

function factory(): Factory {
  const known = global[KEY];
  if (known) return known;
  const { TENANT_CLIENTS_MAX, TENANT_HANDLES_MAX, TENANT_OVERFLOW } = env();
  const bounds = { idleMs: 5 * 60_000, negativeMs: 5_000, drainMs: DRAIN_MS, overflow: TENANT_OVERFLOW };
  const clients = new LeasedCache<Connection>({
    ...bounds,
    max: TENANT_CLIENTS_MAX,
    // destroy, never close: close leaves the connection in mongoose's list for ever.
    dispose: (connection) => connection.destroy(),
  });
  const handles = new LeasedCache<Handle>({
    ...bounds,
    max: TENANT_HANDLES_MAX,
    dispose: ({ client, database }) => {
      giveBackDb(client.value, database.name);
      client.release();
    },
  });
  const timer = setInterval(() => {
    handles.sweep();
    clients.sweep();
  }, 15_000);
  timer.unref();
  const made = { clients, handles, timer };
  global[KEY] = made;
  return made;
}

const users = new WeakMap<Connection, Map<string, number>>();

/** The database on this client; an old handle that drains and its successor share it. */
function takeDb(client: Connection, name: string): Connection {
  const counts = users.get(client) ?? new Map<string, number>();
  users.set(client, counts);
  counts.set(name, (counts.get(name) ?? 0) + 1);
  // biome-ignore lint/correctness/useHookAtTopLevel: Mongoose's useDb is not a React hook
  return client.useDb(name, { useCache: true });
}

/** A shared client outlives its handles, and useDb would keep each of them for ever, models and all. */
function giveBackDb(client: Connection, name: string): void {
  const counts = users.get(client);
  const left = (counts?.get(name) ?? 0) - 1;
  if (left > 0) counts?.set(name, left);
  else if (counts?.delete(name)) (client as Removable).removeDb(name);
}

/**
 * Borrows the organization's database. Two levels: a client per credential, and on it a handle whose
 * `_tenant` marker has been compared with the organization once.
 * @throws AppError UNAVAILABLE when it cannot be reached (the answer is remembered for five seconds).
 */
export async function acquireTenantDatabase(organizationId: string): Promise<Lease<TenantDatabase>> {
  const { handles } = factory();
  const started = performance.now();
  const placement = await getPlacement(organizationId);
  // Moved, migrated, or given a new credential, by this process or another: at most PLACEMENT_CACHE_SECONDS
  // ago.
  const known = handles.peek(organizationId);
  if (known && known.placement !== stampOf(placement)) handles.drop(organizationId);
  const lease = await handles.acquire(organizationId, () => openHandle(placement));
  observeAcquire(known ? 'warm' : 'cold', (performance.now() - started) / 1_000);
  return { value: lease.value.database, release: lease.release };
}

/** Runs `work` with the organization's database and gives it back whatever happens. */
export async function withTenantDatabase<T>(
  organizationId: string,
  work: (db: TenantDatabase) => Promise<T>,
): Promise<T> {
  const lease = await acquireTenantDatabase(organizationId);
  try {
    return await work(lease.value);
  } finally {
    lease.release();
  }
}

const stampOf = ({ sealedConnectionString, schemaVersion }: Placement): string =>
  `${schemaVersion}|${sealedConnectionString}`;

/**
 * The key of level one: organizations that share a credential share a client; a new password is a new client.
 */
function clientKeyOf(placement: Placement, uri: string): string {
  const credential = createHash('sha256')
    .update(uri.slice(0, uri.lastIndexOf('@')))
    .digest('base64url');
  return `${placement.cellId}/${placement.username}/${credential}`;
}

/**
 * A handle keeps the client that it stands on, also while nobody uses it: where each organization has a
 * client of its own, those of the least used organizations are given back first, or the bound of clients
 * would be that of handles. A handle on a shared client frees nothing.
 */
function makeRoomFor(key: string): void {
  const { clients, handles } = factory();
  if (clients.peek(key)) return;
  while (clients.isFull && !clients.hasIdle && handles.evictIdle(({ share }) => share === null));
}

async function openHandle(placement: Placement): Promise<Handle> {
  const { organizationId } = placement;
  const uri = readConnectionString(placement);
  const key = clientKeyOf(placement, uri);
  makeRoomFor(key);
  const client = await factory().clients.acquire(key, () => connect(placement, uri));
  let isTaken = false;
  try {
    if (client.value.readyState !== mongoose.ConnectionStates.connected) {
      throw new AppError('UNAVAILABLE', 'The database of your organization cannot be reached right now.');
    }
    const child = takeDb(client.value, placement.databaseName);
    isTaken = true;
    const share =
      placement.isolation === 'shared-user' ? new FairShare(env().TENANT_CONCURRENCY, SHARE_WAIT_MS) : null;
    if (share) shareFairly(child, share);
    const database = new TenantDatabase(organizationId, child);
    const marker = await markerModel({ db: database }).findById('self').lean();
    if (marker?.organizationId !== organizationId) {
      // A wrong connection string or a bad restore: refusing is the only safe answer.
      logger.fatal({ organizationId, databaseName: placement.databaseName }, 'tenant marker does not match');
      throw new AppError(
        'UNAVAILABLE',
        'The database of your organization cannot be opened. Our team has been told.',
      );
    }
    database.schemaVersion = marker.schemaVersion;
    return { client, database, placement: stampOf(placement), share };
  } catch (error) {
    if (isTaken) giveBackDb(client.value, placement.databaseName);
    client.release();
    throw error;
  }
}

function connect(placement: Placement, uri: string): Promise<Connection> {
  const hasToWait = connecting.activeCount >= connecting.concurrency;
  return connecting(async () => {
    if (hasToWait) await delay(Math.random() * JITTER_MS);
    const isShared = placement.isolation === 'shared-user';
    const { TENANT_POOL_SIZE, CELL_POOL_SIZE } = env();
    try {
      // The base connection carries no models: populate() on a child would otherwise read the parent's
      // database.
      const connection = await mongoose
        .createConnection(uri, {
          ...BASE_OPTIONS,
          maxPoolSize: isShared ? CELL_POOL_SIZE : TENANT_POOL_SIZE,
          minPoolSize: 0,
          maxIdleTimeMS: isShared ? 120_000 : 60_000,
          serverMonitoringMode: 'poll',
          heartbeatFrequencyMS: 30_000,
          appName: isShared
            ? `chakravue/cell/${placement.cellId}`
            : `chakravue/org/${placement.organizationId}`,
          ...(await gateFor(placement.databaseName)),
        })
        .asPromise();
      return countCommands(connection, 'tenant');
    } catch (cause) {
      throw new AppError('UNAVAILABLE', 'The database of your organization cannot be reached right now.', {
        cause,
      });
    }
  });
}

/**
 * After a move, a new credential or a deletion: the next request opens afresh; those at work get the drain
 * time.
 */
export function forgetTenant(organizationId: string): void {
  forgetPlacement(organizationId);
  factory().handles.drop(organizationId);
}

/** What is open in this process, and what has happened since it started. */
export function tenancyMetrics() {
  const { clients, handles } = factory();
  let [waiting, shareRefusals] = [0, 0];
  for (const { share } of handles.values()) {
    waiting += share?.waiting ?? 0;
    shareRefusals += share?.refused ?? 0;
  }
  const of = (cache: LeasedCache<Connection> | LeasedCache<Handle>) => ({
    open: cache.size,
    max: cache.max,
    leases: cache.leases,
    ...cache.counts,
  });
  return {
    clients: of(clients),
    handles: of(handles),
    connecting: connecting.activeCount,
    waiting,
    shareRefusals,
  };
}

/** Closes every idle connection; those in use close when given back. */
export function drainTenants(): void {
  const known = global[KEY];
  if (!known) return;
  clearInterval(known.timer);
  known.handles.clear();
  known.clients.clear();
  global[KEY] = undefined;
}
