import { expect, it } from 'vitest';
import { tenantDefinitionOf } from '@/lib/tenancy/define-tenant-model';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { listByBranch } from './key-by-branch';

it('lists of a branch keep the index that begins with it, and lose the one of before', async () => {
  const organization = await testOrganization();
  const { db } = organization.ctx();
  const BEFORE = {
    orders: [
      { status: 1, kind: 1, rank: 1, at: 1, _id: 1 },
      { status: 1, doneAt: -1, _id: -1 },
    ],
    prescriptions: [{ dispenseStatus: 1, signedAt: 1, _id: 1 }],
  } as const;
  for (const [name, indexes] of Object.entries(BEFORE)) {
    const definition = tenantDefinitionOf(name);
    const { collection } = db.model(definition);
    const named = async () => (await collection.indexes()).map((one) => one.name).sort();
    const wanted = await named();
    for (const index of indexes) await collection.createIndex(index);
    expect(await named()).toHaveLength(wanted.length + indexes.length);
    await listByBranch(db);
    await listByBranch(db);
    expect(await named()).toEqual(wanted);
  }
  await organization.dispose();
  await closeConnections();
});
