import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { countPrepared } from '@/features/fleet/placement/queries';
import { fillPool } from '@/features/fleet/placement/service/prepare';
import { provisionOrganization } from '@/features/fleet/provisioning/work';
import { organizationModel } from '@/lib/master/models/organization';
import { preparedDatabaseModel } from '@/lib/master/models/prepared-database';
import { provisioningModel } from '@/lib/master/models/provisioning';
import { objectId } from '@/lib/mongo';
import { leaveCell } from '@/lib/provisioning/cells';
import { selfHosted } from '@/lib/provisioning/providers/self-hosted';
import { markerModel } from '@/lib/tenancy/marker';
import { getPlacement, readConnectionString } from '@/lib/tenancy/placement';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { findProvisioning } from './queries';

describe('provisioning', () => {
  let a: Awaited<ReturnType<typeof testOrganization>>;
  let b: Awaited<ReturnType<typeof testOrganization>>;

  beforeAll(async () => {
    a = await testOrganization();
    b = await testOrganization();
  });
  afterAll(async () => {
    await a.dispose();
    await b.dispose();
    await closeConnections();
  });

  it('ends active, with every step in the history', async () => {
    const progress = await findProvisioning(a.organizationId);
    expect(progress).toMatchObject({ step: 'active', isDone: true, hasTrouble: false });
    const organization = await organizationModel.findById(objectId(a.organizationId)).lean();
    expect(organization?.status).toBe('active');
    expect(organization?.placement?.databaseName).toBe(`org_${a.organizationId}`);
  });

  it('keeps the connection string as ciphertext', async () => {
    const placement = await getPlacement(a.organizationId);
    expect(placement.sealedConnectionString).not.toContain('mongodb');
    expect(readConnectionString(placement)).toMatch(/^mongodb:\/\/org_/);
  });

  it('gives a credential that the server refuses in another organization', async () => {
    const client = new mongoose.mongo.MongoClient(readConnectionString(await getPlacement(a.organizationId)));
    await client.connect();
    try {
      await expect(client.db(b.db.name).collection('users').findOne({})).rejects.toMatchObject({ code: 13 });
      await expect(
        client.db(b.db.name).collection('users').insertOne({ canary: true }),
      ).rejects.toMatchObject({ code: 13 });
      await expect(client.db(a.db.name).collection('users').countDocuments({})).resolves.toBe(1);
    } finally {
      await client.close();
    }
  });

  it.each([
    'requested',
    'placed',
    'database_ready',
    'user_ready',
    'connected',
    'migrated',
    'seeded',
    'keys_created',
    'verified',
  ])('goes on after a process that died at "%s", and ends with the same database and user', async (step) => {
    const before = await getPlacement(a.organizationId);
    const id = objectId(a.organizationId);
    await provisioningModel.updateOne({ organizationId: id }, { $set: { step }, $unset: { finishedAt: '' } });
    await provisionOrganization(a.organizationId, randomUUID());
    const after = await getPlacement(a.organizationId);
    expect(readConnectionString(after)).toBe(readConnectionString(before));
    expect(await provisioningModel.countDocuments({ organizationId: id })).toBe(1);
    expect((await findProvisioning(a.organizationId))?.isDone).toBe(true);
  });

  it('does not let an overtaken worker write', async () => {
    const id = objectId(b.organizationId);
    await provisioningModel.updateOne(
      { organizationId: id },
      { $set: { step: 'requested' }, $unset: { finishedAt: '' } },
    );
    const results = await Promise.allSettled([
      provisionOrganization(b.organizationId, 'first'),
      provisionOrganization(b.organizationId, 'second'),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
    expect((await findProvisioning(b.organizationId))?.isDone).toBe(true);
  });
});

describe('a database that waits', () => {
  let hospital: Awaited<ReturnType<typeof testOrganization>> | undefined;
  beforeAll(async () => {
    await preparedDatabaseModel.deleteMany({});
  });
  afterAll(async () => {
    for (const { databaseName, cellId } of await preparedDatabaseModel.find({}).lean()) {
      await selfHosted.remove({ databaseName, cellId });
      await leaveCell(cellId);
    }
    await preparedDatabaseModel.deleteMany({});
    await hospital?.dispose();
    await closeConnections();
  });

  it('is finished after a process that died, and nothing is made twice', async () => {
    await fillPool(2);
    const [first] = await preparedDatabaseModel.find({}).sort({ createdAt: 1 }).lean();
    await preparedDatabaseModel.updateOne(
      { _id: first?._id },
      { $set: { state: 'making', schemaVersion: 0 } },
    );
    await fillPool(2);
    await fillPool(2);
    expect(await countPrepared()).toBe(2);
    expect(await preparedDatabaseModel.countDocuments({})).toBe(2);
  });

  it("becomes the next organization's, with its name in the marker and a credential that reaches no other", async () => {
    const waiting = await preparedDatabaseModel.find({}).sort({ createdAt: 1 }).lean();
    hospital = await testOrganization();
    expect(hospital.db.name).toBe(waiting[0]?.databaseName);
    expect(await countPrepared()).toBe(1);
    const ctx = hospital.ctx('owner');
    expect((await markerModel(ctx).findById('self').lean())?.organizationId).toBe(hospital.organizationId);
    const placement = await getPlacement(hospital.organizationId);
    const client = new mongoose.mongo.MongoClient(readConnectionString(placement));
    await client.connect();
    try {
      const other = client.db(waiting[1]?.databaseName);
      await expect(other.collection('_tenant').findOne({})).rejects.toMatchObject({ code: 13 });
    } finally {
      await client.close();
    }
  });

  it('is given to one of two organizations that come at once', async () => {
    const [x, y] = await Promise.all([testOrganization(), testOrganization()]);
    expect(x.db.name).not.toBe(y.db.name);
    expect(await countPrepared()).toBe(0);
    await x.dispose();
    await y.dispose();
  });
});
