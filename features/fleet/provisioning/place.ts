import 'server-only';
import { ConnectionString } from 'mongodb-connection-string-url';
import type { ClientSession } from 'mongoose';
import { randomToken } from '@/lib/crypto/cipher';
import { masterTransaction } from '@/lib/master/connection';
import { organizationModel } from '@/lib/master/models/organization';
import type { PlanId, ProviderName } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import { clusterNameOf } from '@/lib/provisioning/atlas/name';
import { ensureCells, takeCell } from '@/lib/provisioning/cells';
import {
  knownAddressOf,
  PENDING_ADDRESS,
  type Provider,
  type TenantTarget,
} from '@/lib/provisioning/provider';
import { providerOf, vendorsAtHand } from '@/lib/provisioning/registry';
import { forgetTenant } from '@/lib/tenancy/factory';
import {
  databaseNameOf,
  getPlacement,
  readConnectionString,
  sealConnectionString,
} from '@/lib/tenancy/placement';
import { onCell, type Placing } from './on-cell';
import { takePrepared } from './pool';

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
  plan === 'enterprise' && vendorsAtHand().includes('atlas') ? 'atlas' : 'self-hosted';

/** What will be written of the place; one that waits ready comes before one that is to be made. */
async function choosePlace(plan: PlanId, organizationId: string, session: ClientSession) {
  const isOwn = providerFor(plan) === 'atlas';
  const prepared = isOwn ? null : await takePrepared(organizationId, session);
  if (prepared) return prepared;
  const { target, ...placing } = isOwn
    ? await onAtlas(organizationId)
    : await onCell(await takeCell(session), organizationId);
  const { databaseName, isolation, username } = target;
  return { ...placing, databaseName, isolation, username, schemaVersion: 0 };
}

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
    const { connectionString, ...placing } = await choosePlace(unplaced.plan, organizationId, session);
    const sealed = sealConnectionString(organizationId, connectionString);
    await organizations.updateOne(
      { _id },
      { $set: { placement: { ...placing, connectionString: sealed } } },
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
  const connectionString = readConnectionString(placement);
  return {
    provider,
    target: {
      organizationId,
      databaseName: placement.databaseName,
      username: placement.username,
      password: decodeURIComponent(new ConnectionString(connectionString).password),
      isolation: placement.isolation,
      cellId: placement.cellId,
      ...(provider.name === 'self-hosted' ? {} : knownAddressOf(connectionString)),
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
