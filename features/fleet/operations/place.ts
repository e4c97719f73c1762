import 'server-only';
import { ConnectionString } from 'mongodb-connection-string-url';
import { z } from 'zod';
import { type RawDatabase, withRawDatabase } from '@/lib/archive/content';
import { openPlatformSecret, randomToken } from '@/lib/crypto/cipher';
import { AppError, notFoundError } from '@/lib/errors';
import { cellModel } from '@/lib/master/models/cell';
import { organizationModel } from '@/lib/master/models/organization';
import { PROVIDERS, type ProviderName } from '@/lib/master/vocabulary';
import { objectId } from '@/lib/mongo';
import { cellContext } from '@/lib/provisioning/cells';
import { parseExternal } from '@/lib/provisioning/external/address';
import { knownAddressOf, PENDING_ADDRESS, type TenantTarget } from '@/lib/provisioning/provider';
import { providerOf, vendorsAtHand } from '@/lib/provisioning/registry';
import {
  databaseNameOf,
  forgetPlacement,
  getPlacement,
  type Placement,
  readConnectionString,
  sealConnectionString,
} from '@/lib/tenancy/placement';
import { OperationFailed } from './run';

/** A database of the organization, without the way into it. */
export const placeSchema = z
  .object({
    provider: z.enum(PROVIDERS).default('self-hosted'),
    cellId: z.string(),
    databaseName: z.string(),
    isolation: z.enum(['dedicated-user', 'shared-user']),
    username: z.string(),
    schemaVersion: z.number(),
  })
  // Where the servers are ours no other database is ever filled or dropped; on a customer's server the customer names it.
  .refine(
    ({ provider, databaseName }) =>
      provider === 'external' || /^org_[0-9a-f]{24}(_[rt]\d{1,6})?$/.test(databaseName),
  );
export type Place = z.output<typeof placeSchema>;

/** Where the organization's database is now, past any cache. */
export async function placementNow(organizationId: string): Promise<Placement> {
  forgetPlacement(organizationId);
  return getPlacement(organizationId);
}

export const placeOf = (placement: Placement): Place => placeSchema.parse(placement);

/** The next of the organization's databases by its number; numbers are not given twice. */
async function nextGeneration(organizationId: string): Promise<number> {
  const row = await (await organizationModel())
    .findOneAndUpdate(
      { _id: objectId(organizationId) },
      { $inc: { databaseGeneration: 1 } },
      { returnDocument: 'after', timestamps: false },
    )
    .select('databaseGeneration')
    .orFail()
    .lean();
  return row.databaseGeneration ?? 1;
}

/** `r` is what may become the organization's database, `t` one on trial. */
const nameOf = (organizationId: string, mark: 'r' | 't', generation: number): string =>
  `${databaseNameOf(organizationId)}_${mark}${generation}`;

/** A database user that takes the place of the present one. */
export const nextUsername = async (organizationId: string): Promise<string> =>
  `${nameOf(organizationId, 'r', await nextGeneration(organizationId))}_user`;

/** A cell of ours by its id, or the name of a vendor that makes a cluster for this organization alone. */
export async function newPlace(
  organizationId: string,
  destination: string,
  schemaVersion: number,
  mark: 'r' | 't' = 'r',
): Promise<{ place: Place; password: string }> {
  const vendor = vendorsAtHand().find((one) => one === destination);
  if (!vendor && !(await (await cellModel()).exists({ _id: destination }))) throw notFoundError('cell');
  const generation = await nextGeneration(organizationId);
  const databaseName = nameOf(organizationId, mark, generation);
  if (!vendor) return placeOn(destination, databaseName, schemaVersion);
  const { clusterOf } = await providerOf(vendor);
  if (!clusterOf) throw new AppError('CONFLICT', 'No cluster can be made there.');
  const cellId = clusterOf(organizationId, generation);
  return {
    place: {
      provider: vendor,
      cellId,
      databaseName,
      isolation: 'dedicated-user',
      username: databaseName,
      schemaVersion,
    },
    password: randomToken(),
  };
}

/** Where a database would be made that takes the place of this one: on the same cell, or at the same vendor. */
export const besideOf = (place: Place): string =>
  place.provider === 'self-hosted' ? place.cellId : place.provider;

/** A database on this cell, and how to sign in to it: with a user of its own, or the cell's. */
export async function placeOn(
  cellId: string,
  databaseName: string,
  schemaVersion: number,
): Promise<{ place: Place; password: string }> {
  const cell = await (await cellModel()).findById(cellId).lean();
  if (!cell) throw new OperationFailed(`There is no cell ${cellId}`);
  const common = { provider: 'self-hosted' as const, cellId, databaseName, schemaVersion };
  if (cell.isolation === 'dedicated-user') {
    return {
      place: { ...common, isolation: 'dedicated-user', username: databaseName },
      password: randomToken(),
    };
  }
  if (!cell.password) throw new OperationFailed(`Cell ${cellId} has no password`);
  return {
    place: { ...common, isolation: 'shared-user', username: `cell_${cellId}` },
    password: openPlatformSecret(cellContext(cellId), cell.password),
  };
}

export const targetOf = (organizationId: string, place: Place, password: string): TenantTarget => ({
  organizationId,
  databaseName: place.databaseName,
  username: place.username,
  password,
  isolation: place.isolation,
  cellId: place.cellId,
});

/** The way into a place, sealed; a cluster that is still to be made has a name in it that never resolves. */
export async function sealedUri(
  organizationId: string,
  provider: ProviderName,
  target: TenantTarget,
): Promise<string> {
  const { connectionString, clusterOf } = await providerOf(provider);
  const address = clusterOf ? { address: PENDING_ADDRESS } : {};
  return sealConnectionString(organizationId, connectionString({ ...address, ...target }));
}

/** The password inside a sealed connection string of this organization. */
export function passwordIn(organizationId: string, place: Place, sealed: string): string {
  const uri = readConnectionString(asPlacement(organizationId, place, sealed));
  return decodeURIComponent(new ConnectionString(uri).password);
}

export const asPlacement = (organizationId: string, place: Place, sealed: string): Placement => ({
  organizationId,
  ...place,
  sealedConnectionString: sealed,
});

/** What a provider is asked for, out of a sealed connection string. */
export function targetIn(organizationId: string, place: Place, sealed: string): TenantTarget {
  const target = targetOf(organizationId, place, passwordIn(organizationId, place, sealed));
  if (place.provider === 'self-hosted') return target;
  const uri = readConnectionString(asPlacement(organizationId, place, sealed));
  if (place.provider === 'external') return { ...target, address: parseExternal(uri).address };
  return { ...target, ...knownAddressOf(uri) };
}

/** Removes a database that the organization has left. @param sealed the way into a customer's server. */
export async function removePlace(
  organizationId: string,
  place: Place,
  sealed: string | null | undefined,
): Promise<void> {
  const provider = await providerOf(place.provider);
  const { databaseName, cellId, username } = place;
  if (place.provider !== 'external')
    return provider.remove({ organizationId, databaseName, cellId, username });
  if (!sealed) throw new OperationFailed(`The way into ${databaseName} is not known any more`);
  await provider.remove(targetIn(organizationId, place, sealed));
}

/** Opens a database of the organization outside the factory: its own documents and nothing compiled. */
export const withPlace = <T>(placement: Placement, work: (db: RawDatabase) => Promise<T>): Promise<T> =>
  withRawDatabase(readConnectionString(placement), placement.databaseName, work);
