import 'server-only';
import { ConnectionString } from 'mongodb-connection-string-url';
import { type RawDatabase, withRawDatabase } from '@/lib/archive/content';
import { preparedDatabaseModel } from '@/lib/master/models/prepared-database';
import { op } from '@/lib/mongo';
import { parseExternal } from '@/lib/provisioning/external/address';
import { knownAddressOf, type TenantTarget } from '@/lib/provisioning/provider';
import {
  forgetPlacement,
  getPlacement,
  type Place,
  type Placement,
  readConnectionString,
} from '@/lib/tenancy/placement';
import { placeSchema } from './schema';

/**
 * Where the organization's database is now, past any cache.
 * @throws AppError UNAVAILABLE while it has none.
 */
export async function placementNow(organizationId: string): Promise<Placement> {
  forgetPlacement(organizationId);
  return getPlacement(organizationId);
}

/** The same without the way in. */
export const placeNow = async (organizationId: string): Promise<Place> =>
  placeSchema.parse(await placementNow(organizationId));

/** What a provider is asked for: the credential in the clear, and the address where it is known. */
export function targetOf(placement: Placement): TenantTarget {
  const { organizationId, provider, databaseName, username, isolation, cellId } = placement;
  const uri = readConnectionString(placement);
  const password = decodeURIComponent(new ConnectionString(uri).password);
  const target = { organizationId, databaseName, username, password, isolation, cellId };
  if (provider === 'self-hosted') return target;
  if (provider === 'external') return { ...target, address: parseExternal(uri).address };
  return { ...target, ...knownAddressOf(uri) };
}

/** Opens a database of the organization outside the factory: its own documents and nothing compiled. */
export const withDatabaseAt = <T>(placement: Placement, work: (db: RawDatabase) => Promise<T>): Promise<T> =>
  withRawDatabase(readConnectionString(placement), placement.databaseName, work);

/** Prepared databases that no organization has taken yet; at most a hundred. */
export const listWaiting = async () =>
  preparedDatabaseModel
    .find({ state: op({ $in: ['making', 'ready'] as const }) })
    .limit(100)
    .select('cellId state')
    .lean();

/** How many prepared databases are ready to be taken. */
export const countPrepared = async (): Promise<number> =>
  preparedDatabaseModel.countDocuments({ state: 'ready' });
