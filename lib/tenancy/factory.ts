import 'server-only';
import mongoose, { type Connection } from 'mongoose';
import pLimit from 'p-limit';
import { env } from '../env';
import { AppError } from '../errors';
import { logger } from '../logger';
import { BASE_OPTIONS } from '../mongo';
import { type Lease, LeasedCache } from './leased-cache';
import { markerModel } from './marker';
import { forgetPlacement, getPlacement, type Placement, readConnectionString } from './placement';
import { TenantDatabase } from './tenant-database';

type Handle = { client: Lease<Connection>; database: TenantDatabase };
type Factory = { clients: LeasedCache<Connection>; handles: LeasedCache<Handle>; timer: NodeJS.Timeout };

const KEY = Symbol.for('chakravue.tenancy');
const global = globalThis as { [key: symbol]: Factory | undefined };

// A restart of many processes must not storm a cluster that admits 15 new connections a second.
const connecting = pLimit(4);

function factory(): Factory {
  const known = global[KEY];
  if (known) return known;
  const max = env().TENANT_CLIENTS_MAX;
  const clients = new LeasedCache<Connection>({
    max,
    idleMs: 5 * 60_000,
    negativeMs: 5_000,
    // destroy, never close: close leaves the connection in mongoose's list for ever.
    dispose: (connection) => connection.destroy(),
  });
  const handles = new LeasedCache<Handle>({
    max,
    idleMs: 5 * 60_000,
    negativeMs: 5_000,
    dispose: (handle) => handle.client.release(),
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

/**
 * Borrows the organization's database. Two levels: a client per credential, and on it a handle whose `_tenant`
 * marker has been compared with the organization once.
 * @throws AppError UNAVAILABLE when it cannot be reached (the answer is remembered for five seconds).
 */
export async function acquireTenantDatabase(organizationId: string): Promise<Lease<TenantDatabase>> {
  const { handles } = factory();
  const lease = await handles.acquire(organizationId, () => openHandle(organizationId));
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

async function openHandle(organizationId: string): Promise<Handle> {
  const placement = await getPlacement(organizationId);
  const client = await factory().clients.acquire(`${placement.cellId}/${placement.username}`, () =>
    connect(placement),
  );
  try {
    if (client.value.readyState !== mongoose.ConnectionStates.connected) {
      throw new AppError('UNAVAILABLE', 'The database of your organization cannot be reached right now.');
    }
    // biome-ignore lint/correctness/useHookAtTopLevel: Mongoose's useDb is no React hook
    const child = client.value.useDb(placement.databaseName, { useCache: true });
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
    return { client, database };
  } catch (error) {
    client.release();
    throw error;
  }
}

function connect(placement: Placement): Promise<Connection> {
  return connecting(async () => {
    const uri = readConnectionString(placement);
    try {
      // The base connection carries no models: populate() on a child would otherwise read the parent's database.
      return await mongoose
        .createConnection(uri, {
          ...BASE_OPTIONS,
          maxPoolSize: env().TENANT_POOL_SIZE,
          minPoolSize: 0,
          maxIdleTimeMS: 60_000,
          serverMonitoringMode: 'poll',
          heartbeatFrequencyMS: 30_000,
          appName: `chakravue/org/${placement.organizationId}`,
        })
        .asPromise();
    } catch (cause) {
      throw new AppError('UNAVAILABLE', 'The database of your organization cannot be reached right now.', {
        cause,
      });
    }
  });
}

/** After a move, a new credential or a deletion: the next request opens afresh. */
export function forgetTenant(organizationId: string): void {
  forgetPlacement(organizationId);
  factory().handles.drop(organizationId);
}

export function tenancyMetrics(): { openClients: number; openHandles: number } {
  return { openClients: factory().clients.size, openHandles: factory().handles.size };
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
