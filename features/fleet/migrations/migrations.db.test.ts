import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { GET as unavailable } from '@/app/unavailable/route';
import { patientModel } from '@/features/patients/patients/model';
import { findDuplicates, findPatients, getPatient } from '@/features/patients/patients/queries';
import { registerPatientInput } from '@/features/patients/patients/schema';
import { registerPatient, updatePatient } from '@/features/patients/patients/service';
import { isSealed } from '@/lib/crypto/field-cipher';
import { organizationModel } from '@/lib/master/models/organization';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { mintTenantContext } from '@/lib/tenancy/context';
import { nextNumber } from '@/lib/tenancy/counters';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import { acquireTenantDatabase, forgetTenant } from '@/lib/tenancy/factory';
import { markerModel } from '@/lib/tenancy/marker';
import { SCHEMA_VERSION } from '@/lib/tenancy/schema-version';
import { migrateTenants, showFleet } from '@/server/commands/migrate';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { migrationModel } from './ledger';
import { MIGRATIONS, type Migration } from './migrations';
import { organizationMigrationModel } from './model';
import { migrateOrganization } from './service/migrate';
import { migrateFleet } from './service/migrate-fleet';
import { BATCH_SIZE } from './walk';

let org: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  org = await testOrganization({ name: 'Fleet One' });
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

async function printed(run: () => Promise<number>): Promise<{ code: number; text: string }> {
  const write = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
  try {
    const code = await run();
    return { code, text: write.mock.calls.map(([chunk]) => String(chunk)).join('') };
  } finally {
    write.mockRestore();
  }
}

describe('the status table', () => {
  const lineOf = (text: string) => text.split('\n').find((line) => line.startsWith(org.organizationId));

  it('shows a new organization at the newest version, and a failed migration with its error and a code', async () => {
    const before = await printed(showFleet);
    expect(before.code).toBe(0);
    expect(lineOf(before.text)).toMatch(new RegExp(`Fleet One +active +${SCHEMA_VERSION} +as provisioned`));
    const row = {
      from: 1,
      target: SCHEMA_VERSION,
      state: 'failed' as const,
      attempts: 3,
      lastError: 'disk is full',
    };
    await organizationMigrationModel.create({ _id: objectId(org.organizationId), ...row });
    const after = await printed(showFleet);
    expect(after.code).toBe(1);
    expect(lineOf(after.text)).toMatch(/failed +3 +disk is full/);
    await organizationMigrationModel.deleteOne({ _id: objectId(org.organizationId) });
  });
});

type Org = Awaited<ReturnType<typeof testOrganization>>;

/** As an organization of version 2 was: records in the clear, digits in an index, no tokens. */
async function makeOld(one: Org, count: number): Promise<string[]> {
  const rows = patientModel({ db: one.db }).collection;
  await rows.dropIndex('contactTokens_1');
  await rows.createIndex({ phoneKeys: 1 });
  const patients = Array.from({ length: count }, (_, index) => ({
    _id: newObjectId(),
    number: `P-${String(index + 1).padStart(6, '0')}`,
    sequence: index + 1,
    firstName: 'Old',
    lastName: `Record${index}`,
    sex: 'female',
    dateOfBirth: '1950-05-05',
    isBirthEstimated: false,
    phone: `98111 ${10_000 + index}`,
    notes: `told in the clear ${index}`,
    nameKeys: [`old record${index}`, `record${index} old`],
    sortName: `old record${index}`,
    phoneKeys: [`98111${10_000 + index}`],
    isActive: true,
    createdById: 'system',
    createdByName: 'Import',
    version: 0,
    createdAt: new Date(),
    updatedAt: new Date(),
  }));
  await rows.insertMany(patients);
  for (let number = 0; number < count; number++) await nextNumber({ db: one.db }, 'patients');
  await setVersion(one, 2);
  return patients.map(({ _id }) => _id.toString());
}

async function setVersion(one: Org, version: number): Promise<void> {
  await markerModel({ db: one.db }).updateOne({ _id: 'self' }, { $set: { schemaVersion: version } });
  const set = { $set: { 'placement.schemaVersion': version } };
  await organizationModel.updateOne({ _id: objectId(one.organizationId) }, set);
  forgetTenant(one.organizationId);
}

/** A context over a database that was opened now. */
async function freshCtx(one: Org): Promise<{ ctx: TenantContext; release: () => void }> {
  const lease = await acquireTenantDatabase(one.organizationId);
  return { ctx: mintTenantContext({ ...one.ctx(), db: lease.value }), release: lease.release };
}

const masterVersion = async (one: Org) =>
  (await organizationModel.findById(objectId(one.organizationId)).lean())?.placement?.schemaVersion;
const plainOf = async (one: Org) =>
  (await patientModel({ db: one.db }).collection.find({}).toArray()).filter(
    (row) => !isSealed(row.phone) || !isSealed(row.notes) || row.phoneKeys || !row.contactTokens,
  ).length;

describe('migrating to sealed fields', () => {
  const COUNT = BATCH_SIZE + 20;
  let old: Org;
  let ids: string[];
  beforeAll(async () => {
    old = await testOrganization();
    ids = await makeOld(old, COUNT);
  });
  afterAll(() => old.dispose());

  it('has to happen to none of it before people can work: plain records read, are found and are sealed when written', async () => {
    const { ctx, release } = await freshCtx(old);
    const [first = '', second = ''] = ids;
    expect(await getPatient(ctx, first)).toMatchObject({
      phone: '98111 10000',
      notes: 'told in the clear 0',
    });
    expect((await findPatients(ctx, '98111 10000')).map(({ id }) => id)).toEqual([first]);
    const person = { firstName: 'New', lastName: 'Record', phone: '98111 10001', dateOfBirth: '1950-05-05' };
    expect(await findDuplicates(ctx, person)).toMatchObject(
      [{ id: second, reason: /phone/ }].map(({ id }) => ({ id })),
    );
    const input = registerPatientInput.parse({
      ...person,
      sex: 'male',
      notes: 'sealed',
      allowDuplicate: 'yes',
    });
    const made = await registerPatient(ctx, input);
    const { allowDuplicate: _, ...facts } = input;
    await updatePatient(ctx, { ...facts, patientId: first, version: 0 });
    expect(await plainOf(old)).toBe(COUNT - 1);
    expect((await findPatients(ctx, '98111 10001')).length).toBe(3);
    expect(made.kind).toBe('registered');
    release();
  });

  it('goes on where a killed run stopped, and ends with every record sealed', async () => {
    const seal = MIGRATIONS.find(({ version }) => version === 3);
    if (!seal) throw new Error('no such migration');
    let batches = 0;
    const killed: Migration = {
      ...seal,
      run: (db, progress) =>
        seal.run(db, {
          ...progress,
          done: async (position, changed) => {
            await progress.done(position, changed);
            if (++batches === 3) throw new Error('killed');
          },
        }),
    };
    await expect(migrateOrganization(old.organizationId, [killed])).rejects.toThrow('killed');
    expect(await masterVersion(old)).toBe(2);
    const stopped = await migrationModel({ db: old.db }).findById(seal.name).lean();
    expect(stopped?.position?.pass).toMatch(/^seal /);
    expect(stopped?.appliedAt).toBeUndefined();
    const half = await plainOf(old);
    expect(half).toBeGreaterThan(0);
    expect(half).toBeLessThan(COUNT);

    expect(await migrateOrganization(old.organizationId)).toMatchObject({ from: 2, to: SCHEMA_VERSION });
    expect(await plainOf(old)).toBe(0);
    expect(await masterVersion(old)).toBe(SCHEMA_VERSION);
    const done = await migrationModel({ db: old.db }).findById(seal.name).lean();
    expect(done?.appliedAt).toBeInstanceOf(Date);
    const indexes = await patientModel({ db: old.db }).collection.indexes();
    expect(indexes.map(({ name }) => name)).toContain('contactTokens_1');
    expect(indexes.map(({ name }) => name)).not.toContain('phoneKeys_1');

    const { ctx, release } = await freshCtx(old);
    const last = ids.at(-1) ?? '';
    expect(await getPatient(ctx, last)).toMatchObject({
      notes: `told in the clear ${COUNT - 1}`,
      version: 0,
    });
    expect((await findPatients(ctx, String(10_000 + COUNT - 1))).map(({ id }) => id)).toEqual([last]);
    release();
  });

  it('changes nothing the second time', async () => {
    await setVersion(old, 2);
    expect(await migrateOrganization(old.organizationId)).toMatchObject({ changed: 0 });
  });
});

describe('the fleet', () => {
  const fleet: Org[] = [];
  const tried: string[] = [];
  const id = (index: number): string => fleet[index]?.organizationId ?? '';
  const broken = new Set<string>();
  const migration: Migration = {
    version: SCHEMA_VERSION + 1,
    name: 'test-fleet',
    run: async ({ organizationId }) => {
      tried.push(organizationId);
      if (broken.has(organizationId)) throw new Error('disk is full');
    },
  };
  const go = (canary?: string) =>
    migrateFleet({
      organizationIds: fleet.map((each) => each.organizationId),
      canary,
      migrations: [migration],
    });

  beforeAll(async () => {
    for (let index = 0; index < 3; index++) fleet.push(await testOrganization());
  });
  afterAll(async () => {
    for (const one of fleet) await one.dispose();
  });

  it('stops at a canary that fails', async () => {
    broken.add(id(1));
    expect(await go(id(1))).toEqual([{ organizationId: id(1), error: 'disk is full' }]);
    expect(tried).toEqual([id(1)]);
  });

  it('goes past a failure behind the canary, and the next run does what is left', async () => {
    tried.length = 0;
    const results = await go(id(0));
    expect(results.map(({ error }) => error).sort()).toEqual(['disk is full', null, null].sort());
    expect(tried[0]).toBe(id(0));
    const status = await printed(showFleet);
    expect(status.code).toBe(1);
    expect(status.text).toMatch(new RegExp(`${id(1)}.*failed +2 +disk is full`));
    broken.clear();
    tried.length = 0;
    expect((await go()).every(({ error }) => error === null)).toBe(true);
    expect(tried).toEqual([id(1)]);
  });

  it('lets one process at a time work on an organization', async () => {
    const slow: Migration = {
      version: SCHEMA_VERSION + 2,
      name: 'test-slow',
      run: async () => {
        await expect(migrateOrganization(id(2), [slow])).rejects.toMatchObject({ code: 'CONFLICT' });
      },
    };
    await migrateOrganization(id(2), [slow]);
    expect(await masterVersion(fleet[2] as Org)).toBe(SCHEMA_VERSION + 2);
  });

  it('is moved by a command that refuses a wrong use and ends with 1 after a failure', async () => {
    for (const args of [
      [],
      ['--all', '--organization', id(0)],
      ['--organization', 'x'],
      ['--all', '--parallel', '9'],
      ['--no'],
    ])
      await expect(migrateTenants(args), args.join(' ')).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    const one = await printed(() => migrateTenants(['--organization', id(0)]));
    expect(one).toEqual({ code: 0, text: `${id(0)}  done\n1 migrated, 0 failed.\n` });
    const missing = await printed(() => migrateTenants(['--organization', '0'.repeat(24)]));
    expect(missing.code).toBe(1);
  });
});

describe('an organization below the oldest version that this code serves', () => {
  it('gets no context but the maintenance page, with 503 and Retry-After', async () => {
    await setVersion(org, 1);
    await expect(freshCtx(org)).rejects.toMatchObject({ code: 'MAINTENANCE', retryAfterSeconds: 120 });
    const answer = await (unavailable as (request: Request) => Response)(
      new Request('http://x/unavailable?why=maintenance'),
    );
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([503, '120']);
    expect(await answer.text()).toContain('being brought up to date');
    await migrateOrganization(org.organizationId);
    const { release } = await freshCtx(org);
    release();
  });
});

it('new organizations have every declared collection and the ledger, at the newest version', async () => {
  expect(tenantDefinitions().map(({ collection }) => collection)).toContain('_migrations');
  expect(await masterVersion(org)).toBe(SCHEMA_VERSION);
});
