import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AtlasEmulator } from '@/dev/atlas/emulator';
import { provisionOrganization } from '@/features/fleet/provisioning/work';
import { cloudClusterModel, cloudProjectModel } from '@/lib/master/models/cloud';
import { organizationModel } from '@/lib/master/models/organization';
import { provisioningModel } from '@/lib/master/models/provisioning';
import { objectId } from '@/lib/mongo';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import { getPlacement, readConnectionString } from '@/lib/tenancy/placement';
import { describeProvider, newTarget } from '@/tests/assertions/provider-conformance';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { testAtlas } from '@/tests/emulators/atlas';
import { forgetAtlasToken } from '../atlas/client';
import { clusterNameOf } from '../atlas/name';
import { ATLAS_VERSIONS } from '../atlas/versions';
import { NeedsOperator, NotReadyYet } from '../provider';
import { atlasProvider } from './atlas';

const CREATION_MS = 510_000;
let emulator: AtlasEmulator;

beforeAll(async () => {
  emulator = await testAtlas(CREATION_MS);
});
afterAll(async () => {
  await cloudProjectModel.deleteMany({});
  await closeConnections();
  await emulator.stop();
});

describeProvider('atlas', {
  provider: async () => atlasProvider,
  prepare: async (organizationId) => ({ cellId: clusterNameOf(organizationId) }),
  pass: () => emulator.pass(30_000),
});

const ask = (target: ReturnType<typeof newTarget>) => atlasProvider.ensureDatabase(target);
const CREATE = 'POST /groups/{groupId}/clusters';
const made = () => emulator.world.calls.filter((call) => call === CREATE).length;
const intentOf = async (target: { organizationId: string }) =>
  cloudClusterModel.findById(clusterNameOf(target.organizationId)).orFail().lean();
const cluster = (target: { organizationId: string }) =>
  [...emulator.world.clusters.values()].find(({ name }) => name === clusterNameOf(target.organizationId));

describe('clusters at Atlas', () => {
  beforeEach(() => {
    emulator.world.calls.length = 0;
    emulator.world.faults.length = 0;
  });

  it('are made as an Enterprise customer needs them, with a user of one database and one cluster', async () => {
    const target = newTarget();
    await expect(ask(target)).rejects.toMatchObject({ name: 'NotReadyYet' });
    expect(cluster(target)?.request).toMatchObject({
      backupEnabled: true,
      terminationProtectionEnabled: true,
    });
    const user = [...emulator.world.users.values()].find(({ username }) => username === target.username);
    expect(user?.roles).toEqual([{ roleName: 'readWrite', databaseName: target.databaseName }]);
    expect(user?.scopes).toEqual([{ name: clusterNameOf(target.organizationId), type: 'CLUSTER' }]);
    await atlasProvider.remove(target);
  });

  it('are made once when the reply to their request is lost', async () => {
    const target = newTarget();
    emulator.fail({ operation: CREATE, times: 1, lostReply: true });
    await expect(ask(target)).rejects.toThrow('UNREACHABLE');
    emulator.fail({
      operation: 'GET /groups/{groupId}/clusters/{clusterName}',
      times: 1,
      status: 404,
      code: 'CLUSTER_NOT_FOUND',
    });
    // The second request meets the first one's cluster, and it is ours.
    await expect(ask(target)).rejects.toBeInstanceOf(NotReadyYet);
    expect(made()).toBe(2);
    expect(
      emulator.world
        .clustersOf(cluster(target)?.groupId ?? '')
        .filter(({ name }) => name === clusterNameOf(target.organizationId)),
    ).toHaveLength(1);
    await atlasProvider.remove(target);
  });

  it('are left alone when they are not ours', async () => {
    const target = newTarget();
    await expect(ask(target)).rejects.toBeInstanceOf(NotReadyYet);
    const found = cluster(target);
    if (found) found.tags = [{ key: 'team', value: 'somebody else' }];
    await expect(ask(target)).rejects.toBeInstanceOf(NeedsOperator);
    await expect(ask(target)).rejects.toThrow('is not ours');
  });

  it('go to the next region when one has no capacity, and to a person after the last', async () => {
    const target = newTarget();
    emulator.fail({ operation: CREATE, times: 2, status: 409, code: 'OUT_OF_CAPACITY' });
    await expect(ask(target)).rejects.toBeInstanceOf(NotReadyYet);
    expect(await intentOf(target)).toMatchObject({ region: 1 });
    await expect(ask(target)).rejects.toBeInstanceOf(NotReadyYet);
    await expect(ask(target)).rejects.toThrow('None of the regions');
  });

  it('go to the next project when one is full', async () => {
    const target = newTarget();
    emulator.fail({ operation: CREATE, times: 1, status: 403, code: 'GROUP_USERS_LIMIT_EXCEEDED' });
    await expect(ask(target)).rejects.toThrow('The project is full');
    const before = emulator.world.projects.size;
    await expect(ask(target)).rejects.toBeInstanceOf(NotReadyYet);
    expect(emulator.world.projects.size).toBe(before + 1);
    expect((await intentOf(target)).project).toMatch(/-2$/);
    await atlasProvider.remove(target);
  });

  it('wait as long as a rate limit asks, and need a person when nobody pays', async () => {
    const target = newTarget();
    emulator.fail({ operation: CREATE, times: 1, status: 429, code: 'RATE_LIMITED', retryAfter: 17 });
    await expect(ask(target)).rejects.toMatchObject({ name: 'NotReadyYet', retryAfterMs: 17_000 });
    emulator.fail({ operation: CREATE, times: 1, status: 402, code: 'NO_PAYMENT_INFORMATION_FOUND' });
    await expect(ask(target)).rejects.toBeInstanceOf(NeedsOperator);
  });

  it('are refused by the emulator with a body that the specification does not know', async ({ skip }) => {
    skip(!emulator.isValidating, 'the specification is not here');
    const accept = `application/vnd.atlas.${ATLAS_VERSIONS['POST /api/atlas/v2/groups/{groupId}/clusters']}+json`;
    forgetAtlasToken();
    await expect(ask(newTarget())).rejects.toBeInstanceOf(NotReadyYet);
    const [token] = [...emulator.world.tokens.keys()].slice(-1);
    const [project] = [...emulator.world.projects.keys()];
    const answer = await fetch(`${emulator.url}/api/atlas/v2/groups/${project}/clusters`, {
      method: 'POST',
      headers: { authorization: `Bearer ${token}`, accept, 'content-type': accept },
      body: JSON.stringify({ name: 'c-1', clusterType: 'NONSENSE', replicationSpecs: 'none' }),
    });
    expect([answer.status, (await answer.json()).errorCode]).toEqual([400, 'VALIDATION_ERROR']);
  });

  it('are asked for with one token, however many ask at once', async () => {
    forgetAtlasToken();
    const before = emulator.world.tokens.size;
    const targets = Array.from({ length: 6 }, newTarget);
    await Promise.all(targets.map((target) => expect(ask(target)).rejects.toBeInstanceOf(Error)));
    expect(emulator.world.tokens.size).toBe(before + 1);
    forgetAtlasToken();
    emulator.world.tokens.clear();
  });
});

describe('an Enterprise organization', () => {
  it('waits for its own cluster without holding a worker, and then works there', async () => {
    forgetAtlasToken();
    const starter = await testOrganization();
    const id = objectId(starter.organizationId);
    await organizationModel.updateOne(
      { _id: id },
      { $set: { plan: 'enterprise', status: 'provisioning' }, $unset: { placement: '' } },
    );
    await provisioningModel.deleteOne({ organizationId: id });
    const run = () => provisionOrganization(starter.organizationId, randomUUID());
    expect(await run()).toMatchObject({ outcome: 'again' });
    const row = await provisioningModel.findOne({ organizationId: id }).orFail().lean();
    expect(row).toMatchObject({ step: 'placed', attempts: 0 });
    expect(row.waitingFor).toBeTruthy();
    expect(row.lastError).toBeUndefined();
    for (let turn = 0; turn < 40; turn++) {
      emulator.pass(30_000);
      const end = await run();
      if (end.outcome === 'done') break;
      expect(end.outcome).toBe('again');
    }
    const placement = await getPlacement(starter.organizationId);
    expect(placement).toMatchObject({ provider: 'atlas', cellId: clusterNameOf(starter.organizationId) });
    expect(readConnectionString(placement)).not.toContain('pending.invalid');
    expect((await organizationModel.findById(id).lean())?.status).toBe('active');
    // It works there through the app, and its credential opens nothing else.
    const neighbour = await testOrganization();
    await withTenantDatabase(starter.organizationId, (db) => db.stats());
    const client = await new mongoose.mongo.MongoClient(readConnectionString(placement)).connect();
    await expect(client.db(neighbour.db.name).collection('_tenant').findOne({})).rejects.toMatchObject({
      code: 13,
    });
    await client.close();
    await neighbour.dispose();
    await starter.dispose();
  });
});
