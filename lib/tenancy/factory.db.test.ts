import { randomUUID } from 'node:crypto';
import mongoose, { Schema } from 'mongoose';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { env } from '@/lib/env';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId, op } from '@/lib/mongo';
import { FIRST_CELL, selfHosted } from '@/lib/provisioning/providers/self-hosted';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { defineTenantModel } from './define-tenant-model';
import {
  acquireTenantDatabase,
  drainTenants,
  forgetTenant,
  tenancyMetrics,
  withTenantDatabase,
} from './factory';
import { markerModel } from './marker';
import { exposition } from './metrics';
import { databaseNameOf, forgetPlacement, sealConnectionString } from './placement';
import type { TenantDatabase } from './tenant-database';

/** What Mongoose keeps and its types do not say. */
type Base = mongoose.Connection & { otherDbs: mongoose.Connection[] };
type Organization = Awaited<ReturnType<typeof testOrganization>>;

const thingModel = defineTenantModel(
  'FactoryThing',
  'factory_things',
  new Schema({ name: { type: String, required: true }, count: { type: Number, default: 0 } }),
);

const cell = `cell-${randomUUID().slice(0, 8)}`;
const password = randomUUID();

/** A place on a cell whose organizations share one database user. */
function onSharedCell(organizationId: string) {
  const target = {
    organizationId,
    databaseName: databaseNameOf(organizationId),
    username: `user_${cell}`,
    password,
    isolation: 'shared-user' as const,
  };
  return {
    provider: 'self-hosted',
    cellId: FIRST_CELL,
    databaseName: target.databaseName,
    isolation: target.isolation,
    username: target.username,
    connectionString: sealConnectionString(organizationId, selfHosted.connectionString(target)),
    schemaVersion: 0,
  };
}

let own: [Organization, Organization];
let shared: [Organization, Organization];

beforeAll(async () => {
  own = [await testOrganization(), await testOrganization()];
  shared = [
    await testOrganization({ placement: onSharedCell }),
    await testOrganization({ placement: onSharedCell }),
  ];
  // What the builders hold open is not to be counted.
  drainTenants();
});
afterAll(async () => {
  for (const organization of [...own, ...shared]) await organization.dispose();
  await closeConnections();
});
afterEach(() => drainTenants());

const names = async (db: TenantDatabase) => (await thingModel({ db }).find().lean()).map(({ name }) => name);

describe.each([
  ['dedicated-user', () => own, 2],
  ['shared-user', () => shared, 1],
] as const)('%s', (isolation, pair, clients) => {
  it('gives each organization its own data, and opens as many clients as there are credentials', async () => {
    const [a, b] = pair();
    const [inA, inB] = [
      await acquireTenantDatabase(a.organizationId),
      await acquireTenantDatabase(b.organizationId),
    ];
    await thingModel({ db: inA.value }).create({ name: 'a' });
    await thingModel({ db: inB.value }).create({ name: 'b' });
    expect(await names(inA.value)).toEqual(['a']);
    expect(await names(inB.value)).toEqual(['b']);
    expect(tenancyMetrics()).toMatchObject({ clients: { open: clients }, handles: { open: 2, leases: 2 } });
    inA.release();
    inB.release();
    expect(tenancyMetrics().handles.leases).toBe(0);
  });

  it('opens once for fifty requests at the same moment', async () => {
    const [a] = pair();
    const leases = await Promise.all(
      Array.from({ length: 50 }, () => acquireTenantDatabase(a.organizationId)),
    );
    expect(tenancyMetrics()).toMatchObject({ clients: { opened: 1 }, handles: { opened: 1, leases: 50 } });
    for (const lease of leases) lease.release();
  });

  it('is refused by the server in the master database, whatever the code would do', async () => {
    const [a] = pair();
    const row = await organizationModel.findById(objectId(a.organizationId)).lean();
    expect(row?.placement?.isolation).toBe(isolation);
    await withTenantDatabase(a.organizationId, async (db) => {
      const model = thingModel({ db });
      const master = model.db.getClient().db(env().MASTER_DATABASE);
      await expect(master.collection('users').findOne({})).rejects.toMatchObject({ code: 13 });
    });
  });

  it('leaves neither handle nor model behind on the client (traps 1 and 8)', async () => {
    const [a] = pair();
    const lease = await acquireTenantDatabase(a.organizationId);
    const child = thingModel({ db: lease.value }).db as mongoose.Connection;
    const base = (mongoose.connections as Base[]).find(({ otherDbs }) => otherDbs.includes(child));
    expect(Object.keys(base?.models ?? { missing: true })).toEqual([]);
    forgetTenant(a.organizationId);
    const successor = await acquireTenantDatabase(a.organizationId);
    lease.release();
    // The old handle is gone and the new one works, although both were the same database of the same client.
    expect(await names(successor.value)).toEqual(['a']);
    forgetTenant(a.organizationId);
    successor.release();
    expect(base?.otherDbs).toEqual([]);
  });

  it('goes to the new place once the placement has changed, also when another process changed it', async () => {
    const [a] = pair();
    const _id = objectId(a.organizationId);
    const before = await acquireTenantDatabase(a.organizationId);
    const row = await organizationModel.findById(_id).select('placement.connectionString').orFail().lean();
    await organizationModel.updateOne(
      { _id },
      {
        $set: {
          'placement.connectionString': sealConnectionString(
            a.organizationId,
            'mongodb://user:wrong@127.0.0.1:1/org?serverSelectionTimeoutMS=200',
          ),
          'placement.username': 'moved',
        },
      },
    );
    // What the end of the cache time does.
    forgetPlacement(a.organizationId);
    await expect(acquireTenantDatabase(a.organizationId)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    expect(await names(before.value)).toEqual(['a']);
    before.release();
    await organizationModel.updateOne(
      { _id },
      {
        $set: {
          'placement.connectionString': row.placement?.connectionString,
          'placement.username':
            isolation === 'shared-user' ? `user_${cell}` : databaseNameOf(a.organizationId),
        },
      },
    );
    forgetTenant(a.organizationId);
    expect(await withTenantDatabase(a.organizationId, names)).toEqual(['a']);
  });
});

describe('a database that is not what it should be', () => {
  it('is refused when its marker names another organization, and remembered so for a few seconds', async () => {
    const [a] = own;
    const mark = (organizationId: string) =>
      withTenantDatabase(a.organizationId, (db) =>
        markerModel({ db }).updateOne({ _id: 'self' }, { $set: { organizationId } }),
      );
    const lease = await acquireTenantDatabase(a.organizationId);
    await mark('f'.repeat(24));
    forgetTenant(a.organizationId);
    await expect(acquireTenantDatabase(a.organizationId)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    await markerModel({ db: lease.value }).updateOne(
      { _id: 'self' },
      { $set: { organizationId: a.organizationId } },
    );
    await expect(acquireTenantDatabase(a.organizationId)).rejects.toMatchObject({ code: 'UNAVAILABLE' });
    forgetTenant(a.organizationId);
    expect(await withTenantDatabase(a.organizationId, names)).toEqual(['a']);
    lease.release();
  });
});

describe('the fair share of a pool', () => {
  it('stands before find, aggregate, save and insertMany on a shared client, and before nothing on an own one', async () => {
    const limit = env().TENANT_CONCURRENCY;
    const busy = async (organization: Organization) => {
      let seen = 0;
      await withTenantDatabase(organization.organizationId, async (db) => {
        const model = thingModel({ db });
        const work = Array.from({ length: limit * 4 }, (_, index) => {
          if (index % 4 === 0) return model.find({ name: 'a' }).lean().exec();
          if (index % 4 === 1) return model.aggregate([{ $match: { name: 'a' } }]).exec();
          if (index % 4 === 2) return model.insertMany([{ name: 'many' }]);
          return new model({ name: 'saved' }).save();
        });
        seen = tenancyMetrics().waiting;
        await Promise.all(work);
        await model.deleteMany({ name: op({ $in: ['many', 'saved'] }) });
      });
      return seen;
    };
    expect(await busy(shared[0])).toBe(limit * 3);
    expect(tenancyMetrics().waiting).toBe(0);
    expect(await busy(own[0])).toBe(0);
  });

  it('lets a transaction through, so that nobody waits behind what it has locked', async () => {
    const limit = env().TENANT_CONCURRENCY;
    await withTenantDatabase(shared[0].organizationId, async (db) => {
      const model = thingModel({ db });
      const made = await model.create({ name: 'counter' });
      await Promise.all(
        Array.from({ length: limit * 2 }, () =>
          db.transaction(async (session) => {
            const row = await model.findById(made._id).session(session).orFail().lean();
            await model.updateOne({ _id: made._id }, { $set: { count: (row.count ?? 0) + 1 } }, { session });
          }),
        ),
      );
      expect((await model.findById(made._id).lean())?.count).toBe(limit * 2);
      await model.deleteOne({ _id: made._id });
    });
  });

  it('runs each of many that raise the same row once, in turn, and goes on after one that fails', async () => {
    await withTenantDatabase(shared[0].organizationId, async (db) => {
      const model = thingModel({ db });
      const made = await model.create({ name: 'turns' });
      let begun = 0;
      const raise = (index: number) =>
        db.transactionInTurn('queue', async (session) => {
          begun++;
          await model.updateOne({ _id: made._id }, { $inc: { count: 1 } }, { session });
          if (index === 3) throw new Error('The fourth fails');
        });
      const ended = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => raise(index)));
      expect(ended.filter(({ status }) => status === 'rejected')).toHaveLength(1);
      expect(begun).toBe(20);
      expect((await model.findById(made._id).lean())?.count).toBe(19);
      await model.deleteOne({ _id: made._id });
    });
  });
});

describe('metrics', () => {
  it('are written in the text format of Prometheus', async () => {
    await withTenantDatabase(own[0].organizationId, names);
    const { body, contentType } = await exposition(tenancyMetrics);
    expect(contentType).toContain('text/plain');
    expect(body).toContain('chakravue_tenant_open{level="client"} 1');
    expect(body).toMatch(/chakravue_tenant_opened_total\{level="handle"\} \d+/);
    expect(body).toMatch(/chakravue_tenant_acquire_seconds_count\{kind="cold"\} \d+/);
    expect(body).toContain('nodejs_heap_size_used_bytes');
  });
});
