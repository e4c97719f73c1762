import { randomUUID } from 'node:crypto';
import mongoose from 'mongoose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { organizationModel } from '@/lib/master/models/organization';
import { provisioningModel } from '@/lib/master/models/provisioning';
import { objectId } from '@/lib/mongo';
import { getPlacement, readConnectionString } from '@/lib/tenancy/placement';
import { closeConnections, testOrganization } from '@/tests/support/organization';
import { findProvisioning } from './queries';
import { provisionOrganization } from './service';

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
    const organization = await (await organizationModel()).findById(objectId(a.organizationId)).lean();
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
    const rows = await provisioningModel();
    const id = objectId(a.organizationId);
    await rows.updateOne({ organizationId: id }, { $set: { step }, $unset: { finishedAt: '' } });
    await provisionOrganization(a.organizationId, randomUUID());
    const after = await getPlacement(a.organizationId);
    expect(readConnectionString(after)).toBe(readConnectionString(before));
    expect(await rows.countDocuments({ organizationId: id })).toBe(1);
    expect((await findProvisioning(a.organizationId))?.isDone).toBe(true);
  });

  it('does not let an overtaken worker write', async () => {
    const rows = await provisioningModel();
    const id = objectId(b.organizationId);
    await rows.updateOne({ organizationId: id }, { $set: { step: 'requested' }, $unset: { finishedAt: '' } });
    const results = await Promise.allSettled([
      provisionOrganization(b.organizationId, 'first'),
      provisionOrganization(b.organizationId, 'second'),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
    expect((await findProvisioning(b.organizationId))?.isDone).toBe(true);
  });
});
