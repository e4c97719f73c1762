import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

process.env.PLACEMENT_CACHE_SECONDS = '0';

import { BY_SYSTEM } from '@/features/fleet/operations/service/begin';
import { confirmTransfer } from '@/features/fleet/operations/service/confirm';
import { connectOwnDatabase, moveToOwnDatabase } from '@/features/fleet/operations/service/connect';
import { rotateCredential } from '@/features/fleet/operations/service/rotate';
import { runOperation } from '@/features/fleet/operations/work';
import { placementNow } from '@/features/fleet/placement/queries';
import { medicineModel } from '@/features/pharmacy/medicines/model';
import { contentsOf, withRawDatabase } from '@/lib/archive/content';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { addressOf, connected } from '@/lib/provisioning/provider';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import { readConnectionString } from '@/lib/tenancy/placement';
import { closeConnections, testOrganization } from '@/tests/builders/organization';

import { getOwnDatabase } from './queries';

const server = process.env.MONGODB_URI ?? '';
const HOW = { isQueued: false };

describe('an organization with a server of its own', () => {
  let a: Awaited<ReturnType<typeof testOrganization>>;
  const databaseName = `hospital_${randomBytes(6).toString('hex')}`;

  async function customerString(name = databaseName): Promise<string> {
    const [username, password] = [
      `u_${randomBytes(4).toString('hex')}`,
      randomBytes(18).toString('base64url'),
    ];
    await connected(server, (client) =>
      client
        .db(name)
        .command({ createUser: username, pwd: password, roles: [{ role: 'readWrite', db: name }] }),
    );
    const uri = new URL(addressOf(server));
    uri.username = username;
    uri.password = password;
    uri.pathname = `/${name}`;
    uri.searchParams.set('authSource', name);
    return uri.toString();
  }
  const content = async () => {
    const placement = await placementNow(a.organizationId);
    return withRawDatabase(readConnectionString(placement), placement.databaseName, contentsOf);
  };
  const organization = async () => organizationModel.findById(objectId(a.organizationId)).orFail().lean();

  beforeAll(async () => {
    a = await testOrganization({ plan: 'enterprise' });
  });
  afterAll(async () => {
    await a.dispose();
    await connected(server, async (client) => {
      await client.db(databaseName).command({ dropAllUsersFromDatabase: 1 });
      await client.db(databaseName).dropDatabase();
    });
    await closeConnections();
  });

  it('is moved there whole, works there, and gets another credential for it', async () => {
    const before = await content();
    const secret = await customerString();
    const id = await connectOwnDatabase(BY_SYSTEM, a.organizationId, secret, HOW);
    if (!id) throw new Error('It was not moved');
    const stored = await operationModel.findById(objectId(id)).orFail().lean();
    expect(JSON.stringify(stored)).not.toContain(new URL(secret).password);
    expect((await getOwnDatabase(a.ctx())).move).toMatchObject({ step: 'Requested' });
    await runOperation(id, randomUUID());
    expect((await organization()).placement).toMatchObject({ provider: 'external', databaseName });
    expect(await content()).toEqual(before);
    const count = await withTenantDatabase(a.organizationId, (db) =>
      medicineModel({ db }).countDocuments({}),
    );
    expect(count).toBe(before.find(({ name }) => name === 'medicines')?.count ?? 0);

    const shown = await getOwnDatabase(a.ctx());
    expect(shown).toMatchObject({ own: { databaseName }, move: null });
    expect(JSON.stringify(shown)).not.toContain(new URL(secret).username);
    await expect(rotateCredential(BY_SYSTEM, a.organizationId, HOW)).rejects.toMatchObject({
      code: 'CONFLICT',
    });

    const next = await customerString();
    expect(await connectOwnDatabase(BY_SYSTEM, a.organizationId, next, HOW)).toBeNull();
    expect((await placementNow(a.organizationId)).username).toBe(new URL(next).username);
    expect(await content()).toEqual(before);
    // Confirmed: the database that it left on our cell goes, the customer's stays.
    await confirmTransfer(BY_SYSTEM, id);
    expect(await content()).toEqual(before);
  });

  it('is refused a database of another organization, a name of ours, and the whole of it without the plan', async () => {
    const other = await testOrganization();
    await expect(
      connectOwnDatabase(BY_SYSTEM, other.organizationId, await customerString(), HOW),
    ).rejects.toThrow('another organization');
    const ours = (await customerString()).replace(`/${databaseName}`, `/org_${a.organizationId}`);
    await expect(connectOwnDatabase(BY_SYSTEM, other.organizationId, ours, HOW)).rejects.toThrow('are ours');
    await expect(moveToOwnDatabase(other.ctx(), 'mongodb://u:p@db.test/x')).rejects.toMatchObject({
      code: 'PAYMENT_REQUIRED',
    });
    expect((await placementNow(other.organizationId)).provider).toBe('self-hosted');
    await other.dispose();
  });
});
