import 'server-only';
import mongoose from 'mongoose';
import { masterTransaction } from '../../master/connection';
import { cloudClusterModel, cloudProjectModel } from '../../master/models/cloud';
import { op } from '../../mongo';
import {
  assertApplied,
  deleteAtlasUser,
  ensureAccess,
  ensureAtlasUser,
  resetAtlasUser,
} from '../atlas/access';
import { asOutcome } from '../atlas/client';
import { addressWhenReady, deleteCluster, ensureRequested } from '../atlas/clusters';
import { clusterNameOf } from '../atlas/name';
import { ensureIntent, ensureProject } from '../atlas/projects';
import { ensureSnapshot } from '../atlas/snapshots';
import {
  addressOf,
  connected,
  NotReadyYet,
  type Provider,
  type TenantTarget,
  withCredential,
} from '../provider';
import { assertIsolatedBy, ensureMarker } from '../wire';

const AUTHENTICATION_FAILED: readonly unknown[] = [18, 8000];

const connectionString: Provider['connectionString'] = (target) => {
  if (!target.address) throw new Error(`The cluster of ${target.databaseName} has no address yet`);
  return withCredential(target.address, target, 'admin');
};

const nameOf = (target: Pick<TenantTarget, 'cellId' | 'organizationId'>): string =>
  target.cellId ?? clusterNameOf(target.organizationId);

async function outcome<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw asOutcome(error);
  }
}

/** A cluster of the organization's own at MongoDB Atlas, in our projects. */
export const atlasProvider: Provider = {
  name: 'atlas',
  capabilities: {
    transactions: true,
    changeStreams: true,
    collation: true,
    retryWrites: true,
    perDatabaseUsers: true,
    managesUsers: true,
    pointInTimeRestore: true,
    // M10, the smallest dedicated size: 5,000 collections and indexes are what Atlas recommends at most.
    limits: { files: 5_000, connections: 1_500, storageBytes: null },
  },
  clusterOf: clusterNameOf,
  connectionString,

  ensureDatabase: (target) =>
    outcome(async () => {
      const intent = await ensureIntent(nameOf(target), target.organizationId);
      const groupId = await ensureProject(intent.project);
      const found = await ensureRequested(groupId, intent);
      // Both belong to the project and may be made while the cluster is.
      await ensureAtlasUser(groupId, intent, target);
      await ensureAccess(groupId, intent);
      return { address: addressOf(addressWhenReady(found, intent)) };
    }),

  ensureUser: (target) =>
    outcome(async () => {
      const intent = await ensureIntent(nameOf(target), target.organizationId);
      const groupId = await ensureProject(intent.project);
      await ensureAtlasUser(groupId, intent, target);
      await assertApplied(groupId, intent);
      try {
        await connected(connectionString(target), (client) => ensureMarker(client, target));
      } catch (error) {
        const isRefused =
          error instanceof mongoose.mongo.MongoServerError && AUTHENTICATION_FAILED.includes(error.code);
        if (!isRefused) throw error;
        await resetAtlasUser(groupId, intent, target);
        throw new NotReadyYet('Atlas is applying the database user', 5_000);
      }
    }),

  dropUser: ({ organizationId, cellId, username }) =>
    outcome(async () => {
      const intent = await ensureIntent(cellId ?? clusterNameOf(organizationId), organizationId);
      await deleteAtlasUser(await ensureProject(intent.project), username);
    }),

  ensureSnapshot: ({ organizationId, cellId }, snapshot) =>
    outcome(async () => {
      const intent = await ensureIntent(cellId ?? clusterNameOf(organizationId), organizationId);
      return ensureSnapshot(await ensureProject(intent.project), intent, snapshot);
    }),

  assertIsolated: assertIsolatedBy(connectionString),

  remove: ({ databaseName, cellId, username }) =>
    outcome(async () => {
      const name = cellId ?? clusterNameOf(databaseName.replace(/^org_/, ''));
      const intent = await cloudClusterModel.findById(name).lean();
      if (!intent || intent.removedAt) return;
      const groupId = await ensureProject(intent.project);
      await deleteCluster(groupId, { name, tier: intent.tier });
      await deleteAtlasUser(groupId, username ?? databaseName);
      await masterTransaction(async (session) => {
        const removed = await cloudClusterModel.updateOne(
          { _id: name, removedAt: op({ $exists: false }) },
          { $set: { removedAt: new Date() } },
          { session },
        );
        if (removed.modifiedCount === 0) return;
        await cloudProjectModel.updateOne({ _id: intent.project }, { $inc: { clusters: -1 } }, { session });
      });
    }),
};
