import 'server-only';
import type { ClientSession } from 'mongoose';
import { masterTransaction } from '@/lib/master/connection';
import { organizationModel } from '@/lib/master/models/organization';
import { quoteModel } from '@/lib/master/models/quote';
import type { PlanId, ProviderName } from '@/lib/master/vocabulary';
import { objectId, op } from '@/lib/mongo';
import { type Answer, answerOf } from '@/lib/provisioning/answer';
import { clusterNameOf } from '@/lib/provisioning/atlas/name';
import { ensureCells, takeCell } from '@/lib/provisioning/cells';
import { vendorsAtHand } from '@/lib/provisioning/registry';
import { forgetTenant } from '@/lib/tenancy/factory';
import {
  databaseNameOf,
  getPlacement,
  type Placement,
  readConnectionString,
  sealConnectionString,
} from '@/lib/tenancy/placement';
import { needsOperator } from '@/lib/work/outcome';
import { placeAtVendor, placeOnCell } from '../policy';
import { openWay } from './open-way';
import { takePrepared } from './take-prepared';

/** The plan chooses: Enterprise gets a cluster of its own where one can be made, all others share cells. */
const providerFor = (plan: PlanId): ProviderName =>
  plan === 'enterprise' && vendorsAtHand().includes('atlas') ? 'atlas' : 'self-hosted';

/** Whether a cluster of its own was sold to an organization that has no database yet. */
async function isOwnClusterPromised(organizationId: string): Promise<boolean> {
  const paid = await quoteModel
    .findOne({ organizationId: objectId(organizationId), state: 'paid' })
    .sort({ createdAt: -1 })
    .select('place')
    .lean();
  return paid?.place === 'dedicated';
}

/** A database that waits ready comes before one that is to be made. */
async function choosePlacement(
  plan: PlanId,
  organizationId: string,
  session: ClientSession,
): Promise<Placement> {
  const database = { databaseName: databaseNameOf(organizationId), schemaVersion: 0 };
  if (providerFor(plan) === 'atlas')
    return openWay(organizationId, placeAtVendor('atlas', clusterNameOf(organizationId), database));
  const prepared = await takePrepared(organizationId, session);
  if (prepared) return prepared;
  return openWay(organizationId, placeOnCell(await takeCell(session), database));
}

/**
 * Decides where the organization's database will live, once: the choice and its credential are stored
 * together.
 */
export async function placeOrganization(organizationId: string): Promise<Answer<void>> {
  const _id = objectId(organizationId, 'organization');
  await ensureCells();
  const waiting = await organizationModel
    .findOne({ _id, placement: op({ $exists: false }) })
    .select('plan')
    .lean();
  // What was sold is what is made: a person says yes to a shared cluster first.
  if (waiting && providerFor(waiting.plan) === 'self-hosted' && (await isOwnClusterPromised(organizationId)))
    return needsOperator(
      'A cluster of its own was promised and none can be made here. Say yes to a shared one on the page of the organization, or set Atlas up.',
    );
  const placed = await answerOf(() =>
    masterTransaction(async (session) => {
      const unplaced = await organizationModel
        .findOne({ _id, placement: op({ $exists: false }) })
        .select('plan')
        .session(session)
        .lean();
      if (!unplaced) return;
      const chosen = await choosePlacement(unplaced.plan, organizationId, session);
      const { organizationId: _, sealedConnectionString: connectionString, ...place } = chosen;
      await organizationModel.updateOne(
        { _id },
        { $set: { placement: { ...place, connectionString } } },
        { session },
      );
    }),
  );
  forgetTenant(organizationId);
  return placed;
}

/** Stores where a cluster of the organization's own has turned out to be. */
export async function writeAddress(organizationId: string, connectionString: string): Promise<void> {
  const placement = await getPlacement(organizationId);
  if (readConnectionString(placement) === connectionString) return;
  await organizationModel.updateOne(
    { _id: objectId(organizationId), 'placement.connectionString': placement.sealedConnectionString },
    { $set: { 'placement.connectionString': sealConnectionString(organizationId, connectionString) } },
  );
  forgetTenant(organizationId);
}
