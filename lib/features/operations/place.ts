import 'server-only';
import { ConnectionString } from 'mongodb-connection-string-url';
import { z } from 'zod';
import { type RawDatabase, withRawDatabase } from '@/lib/archive/content';
import { openPlatformSecret, randomToken } from '@/lib/crypto/cipher';
import { cellModel } from '@/lib/master/models/cell';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { cellContext } from '@/lib/provisioning/cells';
import { parseExternal } from '@/lib/provisioning/external/address';
import type { TenantTarget } from '@/lib/provisioning/provider';
import { selfHosted } from '@/lib/provisioning/providers/self-hosted';
import { providerOf } from '@/lib/provisioning/registry';
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
    provider: z.enum(['self-hosted', 'external']).default('self-hosted'),
    cellId: z.string(),
    databaseName: z.string(),
    isolation: z.enum(['dedicated-user', 'shared-user']),
    username: z.string(),
    schemaVersion: z.number(),
  })
  // On our cells no other database is ever filled or dropped; on a customer's server the customer names it.
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

/** The next name: `r` for what may become the organization's database, `t` for one on trial. */
export async function nextDatabaseName(organizationId: string, mark: 'r' | 't'): Promise<string> {
  const row = await (await organizationModel())
    .findOneAndUpdate(
      { _id: objectId(organizationId) },
      { $inc: { databaseGeneration: 1 } },
      { returnDocument: 'after', timestamps: false },
    )
    .select('databaseGeneration')
    .orFail()
    .lean();
  return `${databaseNameOf(organizationId)}_${mark}${row.databaseGeneration ?? 1}`;
}

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

export const sealedUri = (organizationId: string, target: TenantTarget): string =>
  sealConnectionString(organizationId, selfHosted.connectionString(target));

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
  if (place.provider !== 'external') return target;
  const { address } = parseExternal(readConnectionString(asPlacement(organizationId, place, sealed)));
  return { ...target, address };
}

/** Removes a database that the organization has left. @param sealed the way into a customer's server. */
export async function removePlace(
  organizationId: string,
  place: Place,
  sealed: string | null | undefined,
): Promise<void> {
  if (place.provider === 'self-hosted') return selfHosted.remove(place);
  if (!sealed) throw new OperationFailed(`The way into ${place.databaseName} is not known any more`);
  const provider = await providerOf(place.provider);
  await provider.remove(targetIn(organizationId, place, sealed));
}

/** Opens a database of the organization outside the factory: its own documents and nothing compiled. */
export const withPlace = <T>(placement: Placement, work: (db: RawDatabase) => Promise<T>): Promise<T> =>
  withRawDatabase(readConnectionString(placement), placement.databaseName, work);
