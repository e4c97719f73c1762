import 'server-only';
import { ConnectionString } from 'mongodb-connection-string-url';
import { openPlatformSecret, randomToken } from '@/lib/crypto/cipher';
import { env } from '@/lib/env';
import { masterTransaction } from '@/lib/master/connection';
import { organizationModel } from '@/lib/master/models/organization';
import type { PlanId, ProviderName } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import { clusterNameOf } from '@/lib/provisioning/atlas/name';
import { cellContext, ensureCells, takeCell } from '@/lib/provisioning/cells';
import type { Provider, TenantTarget } from '@/lib/provisioning/provider';
import { providerOf } from '@/lib/provisioning/registry';
import { forgetTenant } from '@/lib/tenancy/factory';
import {
  databaseNameOf,
  getPlacement,
  readConnectionString,
  sealConnectionString,
} from '@/lib/tenancy/placement';

/** Stands for the address of a cluster that is not there yet; the name never resolves (RFC 2606). */
export const PENDING_ADDRESS = 'mongodb://pending.invalid/';

type Cell = { _id: string; isolation: TenantTarget['isolation']; password?: string | null };
type Placing = { provider: ProviderName; cellId: string; target: TenantTarget; connectionString: string };

/** What an organization on this cell signs in with: its own user, or the cell's. */
async function onCell(cell: Cell, organizationId: string): Promise<Placing> {
  const databaseName = databaseNameOf(organizationId);
  const common = { organizationId, databaseName, cellId: cell._id };
  let target: TenantTarget = {
    ...common,
    username: databaseName,
    password: randomToken(),
    isolation: 'dedicated-user',
  };
  if (cell.isolation === 'shared-user') {
    if (!cell.password) throw new Error(`Cell ${cell._id} has no password`);
    const password = openPlatformSecret(cellContext(cell._id), cell.password);
    target = { ...common, username: `cell_${cell._id}`, password, isolation: 'shared-user' };
  }
  const provider = await providerOf('self-hosted');
  return {
    provider: 'self-hosted',
    cellId: cell._id,
    target,
    connectionString: provider.connectionString(target),
  };
}

/** A cluster of the organization's own: what it signs in with is chosen now, its address is known when it stands. */
async function onAtlas(organizationId: string): Promise<Placing> {
  const databaseName = databaseNameOf(organizationId);
  const cellId = clusterNameOf(organizationId);
  const target = {
    organizationId,
    databaseName,
    username: databaseName,
    password: randomToken(),
    isolation: 'dedicated-user' as const,
    cellId,
    address: PENDING_ADDRESS,
  };
  const provider = await providerOf('atlas');
  return { provider: 'atlas', cellId, target, connectionString: provider.connectionString(target) };
}

/** The plan chooses: Enterprise gets a cluster of its own where one can be made, all others share cells. */
export const providerFor = (plan: PlanId): ProviderName =>
  plan === 'enterprise' && env().ATLAS_CLIENT_ID ? 'atlas' : 'self-hosted';

/** Decides where the organization's database will live, once: the choice and its credential are stored together. */
export async function placeOrganization(organizationId: string): Promise<void> {
  const organizations = await organizationModel();
  const _id = objectId(organizationId, 'organization');
  await ensureCells();
  await masterTransaction(async (session) => {
    const unplaced = await organizations
      .findOne({ _id, placement: op({ $exists: false }) })
      .select('plan')
      .session(session)
      .lean();
    if (!unplaced) return;
    const placing =
      providerFor(unplaced.plan) === 'atlas'
        ? await onAtlas(organizationId)
        : await onCell(await takeCell(session), organizationId);
    await organizations.updateOne(
      { _id },
      {
        $set: {
          placement: {
            provider: placing.provider,
            cellId: placing.cellId,
            databaseName: placing.target.databaseName,
            isolation: placing.target.isolation,
            username: placing.target.username,
            connectionString: sealConnectionString(organizationId, placing.connectionString),
            schemaVersion: 0,
          },
        },
      },
      { session },
    );
  });
  forgetTenant(organizationId);
}

type Place = { provider: Provider; target: TenantTarget & { cellId: string } };

/** The provider of an organization's place, and what it is asked to make or check. */
export async function placeOf(organizationId: string): Promise<Place> {
  const placement = await getPlacement(organizationId);
  const provider = await providerOf(placement.provider);
  const uri = new ConnectionString(readConnectionString(placement));
  const isPending = uri.hosts.includes('pending.invalid');
  return {
    provider,
    target: {
      organizationId,
      databaseName: placement.databaseName,
      username: placement.username,
      password: decodeURIComponent(uri.password),
      isolation: placement.isolation,
      cellId: placement.cellId,
      ...(isPending || provider.name === 'self-hosted' ? {} : { address: uri.toString() }),
    },
  };
}

/** Where the cluster of an organization of its own has turned out to be. */
export async function writeAddress(organizationId: string, connectionString: string): Promise<void> {
  const placement = await getPlacement(organizationId);
  if (readConnectionString(placement) === connectionString) return;
  await (await organizationModel()).updateOne(
    { _id: objectId(organizationId), 'placement.connectionString': placement.sealedConnectionString },
    { $set: { 'placement.connectionString': sealConnectionString(organizationId, connectionString) } },
  );
  forgetTenant(organizationId);
}
