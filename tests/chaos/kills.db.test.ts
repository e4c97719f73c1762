import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'chakravue-chaos-'));
process.env.BACKUP_DIR = directory;
process.env.PLACEMENT_CACHE_SECONDS = '0';

import { OPERATION_STEPS } from '@/features/fleet/operations/policy';
import { backUp } from '@/features/fleet/operations/service/back-up';
import { BY_SYSTEM } from '@/features/fleet/operations/service/begin';
import { closeAccount } from '@/features/fleet/operations/service/close';
import { exportOrganization } from '@/features/fleet/operations/service/export';
import { moveOrganization } from '@/features/fleet/operations/service/move';
import { restoreBackup } from '@/features/fleet/operations/service/restore';
import { rotateCredential } from '@/features/fleet/operations/service/rotate';
import { runOperation } from '@/features/fleet/operations/work';
import { placementNow } from '@/features/fleet/placement/queries';
import { contentsOf, withRawDatabase } from '@/lib/archive/content';
import { auditEventModel } from '@/lib/audit/ledger';
import { isDatabaseUnavailable } from '@/lib/errors';
import { backupModel } from '@/lib/master/models/backup';
import { membershipModel } from '@/lib/master/models/membership';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import type { OperationKind } from '@/lib/master/vocabulary';
import { objectId } from '@/lib/mongo';
import { forgetTenant, withTenantDatabase } from '@/lib/tenancy/factory';
import { readConnectionString, sealConnectionString } from '@/lib/tenancy/placement';
import { closeConnections, testOrganization } from '@/tests/builders/organization';

const HOW = { isQueued: false };

let admin: InstanceType<typeof mongoose.mongo.MongoClient>;
let a: Awaited<ReturnType<typeof testOrganization>>;

const databases = async () =>
  (await admin.db().admin().listDatabases({ nameOnly: true })).databases
    .map(({ name }) => name)
    .filter((name) => name.startsWith(`org_${a.organizationId}`));
const usersOf = async (name: string) => (await admin.db(name).command({ usersInfo: 1 })).users.length;
const content = async () => {
  const placement = await placementNow(a.organizationId);
  const all = await withRawDatabase(readConnectionString(placement), placement.databaseName, contentsOf);
  return all.filter(({ name }) => !name.startsWith('audit_'));
};
const organization = async () => organizationModel.findById(objectId(a.organizationId)).orFail().lean();
const outcome = async (id: string) => (await operationModel.findById(objectId(id)).orFail().lean()).outcome;

/**
 * Kills the worker when a step has been done and not yet noted, starts another, kills that one at the next,
 * and so on.
 */
async function runWithKills(kind: OperationKind, id: string): Promise<void> {
  for (const step of OPERATION_STEPS[kind]) {
    const killed = runOperation(id, randomUUID(), (where) => {
      if (where.step === step && where.at === 'done') throw new Error(`killed at ${step}`);
    });
    await expect(killed).rejects.toThrow(`killed at ${step}`);
    // And one that dies right after it has noted the step.
    if (step !== OPERATION_STEPS[kind].at(-1)) {
      await expect(
        runOperation(id, randomUUID(), (where) => {
          if (where.step === step && where.at === 'recorded') throw new Error('killed');
        }),
      ).rejects.toThrow('killed');
    }
  }
  await runOperation(id, randomUUID());
}

beforeAll(async () => {
  admin = await new mongoose.mongo.MongoClient(process.env.MONGODB_URI ?? '').connect();
});
beforeEach(async () => {
  a = await testOrganization();
});
afterEach(async () => {
  await a.dispose();
  for (const name of await databases()) {
    await admin.db(name).command({ dropAllUsersFromDatabase: 1 });
    await admin.db(name).dropDatabase();
  }
});
afterAll(async () => {
  await admin.close();
  await closeConnections();
  rmSync(directory, { recursive: true, force: true });
});

describe('a worker that is killed at every step and started again', () => {
  it.each(['restore', 'move'] as const)(
    'ends a %s with one new database, one user in each, nothing lost',
    async (kind) => {
      const before = await content();
      const backupId = await backUp(BY_SYSTEM, a.organizationId, HOW);
      await runWithKills('backup', backupId);
      expect(await backupModel.countDocuments({ organizationId: objectId(a.organizationId) })).toBe(1);
      const id =
        kind === 'restore'
          ? await restoreBackup(BY_SYSTEM, a.organizationId, backupId, HOW)
          : await moveOrganization(BY_SYSTEM, a.organizationId, 'cell-1', HOW);
      await runWithKills(kind, id);
      expect(await outcome(id)).toBe('done');
      expect(await content()).toEqual(before);
      const names = await databases();
      expect(names).toHaveLength(2);
      for (const name of names) expect(await usersOf(name)).toBe(1);
      expect((await organization()).hold).toBeUndefined();
    },
  );

  it('ends a new credential with one user and an export with one archive', async () => {
    const rotation = await rotateCredential(BY_SYSTEM, a.organizationId, HOW);
    await runWithKills('rotate', rotation);
    expect(await outcome(rotation)).toBe('done');
    expect(await usersOf(`org_${a.organizationId}`)).toBe(1);
    const id = await exportOrganization(BY_SYSTEM, a.organizationId, HOW);
    await runWithKills('export', id);
    expect(await outcome(id)).toBe('done');
  });

  it('ends an offboarding with nothing left and one report', async () => {
    const id = await closeAccount(BY_SYSTEM, a.organizationId, HOW);
    await operationModel.updateOne({ _id: objectId(id) }, { $set: { 'data.retentionEndsAt': new Date(0) } });
    await runWithKills('offboard', id);
    const row = await operationModel.findById(objectId(id)).orFail().lean();
    expect(row.outcome).toBe('done');
    expect(row.data).toMatchObject({ report: { databases: 1, sha256: expect.any(String) } });
    expect(await databases()).toEqual([]);
    expect(await membershipModel.countDocuments({ organizationId: objectId(a.organizationId) })).toBe(0);
    const exports = await operationModel.countDocuments({
      organizationId: objectId(a.organizationId),
      kind: 'export',
    });
    expect(exports).toBe(1);
    expect((await organization()).status).toBe('deleted');
  });
});

describe('a fault of one database', () => {
  const asked = (organizationId: string) =>
    withTenantDatabase(organizationId, (db) => auditEventModel({ db }).countDocuments({}));

  it.each(['a wrong marker', 'a revoked credential', 'an unreachable cluster'])(
    '%s is a clear answer to its organization and nothing to the others',
    async (fault) => {
      const other = await testOrganization();
      try {
        if (fault === 'a wrong marker') {
          await admin
            .db(a.db.name)
            .collection<{ _id: string }>('_tenant')
            .updateOne({ _id: 'self' }, { $set: { organizationId: other.organizationId } });
        } else if (fault === 'a revoked credential') {
          await admin.db(a.db.name).command({ dropAllUsersFromDatabase: 1 });
        } else {
          const nowhere = 'mongodb://user:password@127.0.0.1:1/x?serverSelectionTimeoutMS=200';
          await organizationModel.updateOne(
            { _id: objectId(a.organizationId) },
            { $set: { 'placement.connectionString': sealConnectionString(a.organizationId, nowhere) } },
          );
        }
        forgetTenant(a.organizationId);
        const answer = await asked(a.organizationId).catch((error: unknown) => error);
        // What leads pages to "We cannot reach our database right now".
        expect(isDatabaseUnavailable(answer)).toBe(true);
        expect(await asked(other.organizationId)).toBe(0);
      } finally {
        await other.dispose();
      }
    },
  );
});
