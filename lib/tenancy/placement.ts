import 'server-only';
import { LRUCache } from 'lru-cache';
import { openPlatformSecret, sealPlatformSecret } from '../crypto/cipher';
import { env } from '../env';
import { AppError } from '../errors';
import { organizationModel } from '../master/models/organization';
import type { ProviderName } from '../master/vocabulary';
import { objectId } from '../mongo';

/** Where a database is, without the way in. */
export type Place = {
  provider: ProviderName;
  /** The cell, or the cluster of the organization's own. */
  cellId: string;
  databaseName: string;
  /**
   * `dedicated-user`: a database user of its own, with rights on its one database. `shared-user`: the cell's
   * user, which has rights on each database of the cell; then the server separates cells, and the product
   * separates organizations.
   */
  isolation: 'dedicated-user' | 'shared-user';
  username: string;
  schemaVersion: number;
};

/** A place of an organization's database, with the way in. */
export type Placement = Place & {
  organizationId: string;
  /** Ciphertext; `readConnectionString` opens it. */
  sealedConnectionString: string;
};

type Holder = { cache?: LRUCache<string, Placement> };
const KEY = Symbol.for('chakravue.placements');
const global = globalThis as { [key: symbol]: Holder | undefined };
global[KEY] ??= {};
const holder: Holder = global[KEY];
const cache = () => {
  holder.cache ??= new LRUCache({ max: 10_000, ttl: Math.max(1, env().PLACEMENT_CACHE_SECONDS * 1_000) });
  return holder.cache;
};

/** Every organization's database name: fits each provider's limit and sorts by age. */
export const databaseNameOf = (organizationId: string): string => `org_${organizationId}`;

const sealContext = (organizationId: string): string =>
  `${organizationId}|organizations|placement.connectionString`;

export const sealConnectionString = (organizationId: string, connectionString: string): string =>
  sealPlatformSecret(sealContext(organizationId), connectionString);

export const openConnectionString = (organizationId: string, sealed: string): string =>
  openPlatformSecret(sealContext(organizationId), sealed);

export const readConnectionString = (placement: Placement): string =>
  openConnectionString(placement.organizationId, placement.sealedConnectionString);

/**
 * Where an organization's database lives; kept for at most PLACEMENT_CACHE_SECONDS.
 * @throws AppError UNAVAILABLE while it has none yet.
 */
export async function getPlacement(organizationId: string): Promise<Placement> {
  const known = cache().get(organizationId);
  if (known) return known;
  const row = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('placement')
    .lean();
  if (!row?.placement)
    throw new AppError('UNAVAILABLE', 'Your database is still being made. Please try again in a moment.');
  const placement: Placement = {
    organizationId,
    provider: row.placement.provider,
    cellId: row.placement.cellId,
    databaseName: row.placement.databaseName,
    isolation: row.placement.isolation,
    username: row.placement.username,
    schemaVersion: row.placement.schemaVersion,
    sealedConnectionString: row.placement.connectionString,
  };
  cache().set(organizationId, placement);
  return placement;
}

export const forgetPlacement = (organizationId: string): void => {
  cache().delete(organizationId);
};
