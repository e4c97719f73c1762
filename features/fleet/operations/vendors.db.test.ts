import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const directory = mkdtempSync(join(tmpdir(), 'chakravue-backups-'));
process.env.BACKUP_DIR = directory;
process.env.PLACEMENT_CACHE_SECONDS = '0';

import type { AtlasEmulator } from '@/dev/atlas/emulator';
import type { DocumentDbEmulator } from '@/dev/aws-documentdb/emulator';
import type { AzureEmulator } from '@/dev/azure-documentdb/emulator';
import { backUp } from '@/features/fleet/operations/service/back-up';
import { BY_SYSTEM } from '@/features/fleet/operations/service/begin';
import { confirmTransfer } from '@/features/fleet/operations/service/confirm';
import { giveUpOperation } from '@/features/fleet/operations/service/give-up';
import { moveOrganization } from '@/features/fleet/operations/service/move';
import { restoreBackup } from '@/features/fleet/operations/service/restore';
import { rotateCredential } from '@/features/fleet/operations/service/rotate';
import { sweepOperations } from '@/features/fleet/operations/service/sweep';
import { testRestore } from '@/features/fleet/operations/service/test-restore';
import { undoTransfer } from '@/features/fleet/operations/service/undo';
import { runOperation } from '@/features/fleet/operations/work';
import { placementNow } from '@/features/fleet/placement/queries';
import { medicineModel } from '@/features/pharmacy/medicines/model';
import { contentsOf, withRawDatabase } from '@/lib/archive/content';
import { backupModel } from '@/lib/master/models/backup';
import { cloudClusterModel, cloudProjectModel } from '@/lib/master/models/cloud';
import { operationModel } from '@/lib/master/models/operation';
import { objectId } from '@/lib/mongo';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import { readConnectionString } from '@/lib/tenancy/placement';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { testAtlas } from '@/tests/emulators/atlas';
import { testDocumentDb } from '@/tests/emulators/aws-documentdb';
import { testAzure } from '@/tests/emulators/azure-documentdb';
import { getLife } from './queries';

const HOW = { isQueued: false };

describe('an organization that is moved to a cluster of its own at a vendor', () => {
  let atlas: AtlasEmulator;
  let aws: DocumentDbEmulator;
  let azure: AzureEmulator;
  let a: Awaited<ReturnType<typeof testOrganization>>;
  const operation = async (id: string) => operationModel.findById(objectId(id)).orFail().lean();
  /** As the sweep does, with the vendor's clock going on. */
  async function run(id: string) {
    for (let round = 0; round < 40; round++) {
      await runOperation(id, randomUUID());
      const row = await operation(id);
      if (row.outcome !== 'running') return row.outcome;
      expect(row.wakeAt).toBeInstanceOf(Date);
      atlas.pass(30_000);
      aws.pass(30_000);
      azure.pass(30_000);
    }
    throw new Error('It did not come to an end');
  }
  async function sweepLater(): Promise<void> {
    for (const vendor of [aws, azure]) vendor.pass(60_000);
    await sweepOperations();
  }
  const content = async () => {
    const placement = await placementNow(a.organizationId);
    const all = await withRawDatabase(readConnectionString(placement), placement.databaseName, contentsOf);
    return all.filter(({ name }) => !name.startsWith('audit_'));
  };
  const add = (name: string) =>
    withTenantDatabase(a.organizationId, (db) =>
      medicineModel({ db }).collection.insertOne({ name, identity: name }),
    );
  const clusters = async () =>
    [...atlas.world.clusters.values()].filter(({ deletedAt }) => deletedAt === null).map(({ name }) => name);

  beforeAll(async () => {
    atlas = await testAtlas(60_000);
    aws = await testDocumentDb(60_000);
    azure = await testAzure(60_000);
    a = await testOrganization();
  });
  afterAll(async () => {
    const placement = await placementNow(a.organizationId);
    await a.dispose();
    await cloudClusterModel.deleteMany({ organizationId: objectId(a.organizationId) });
    await cloudProjectModel.deleteMany({});
    expect(placement.provider).toBe('self-hosted');
    await closeConnections();
    await atlas.stop();
    await aws.stop();
    await azure.stop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('waits for the vendor, works there, is restored, gets another credential, and comes back', async () => {
    await add('Before the move');
    const before = await content();
    expect((await getLife(a.organizationId)).vendors).toEqual([
      'atlas',
      'aws-documentdb',
      'azure-documentdb',
    ]);
    await expect(moveOrganization(BY_SYSTEM, a.organizationId, 'nowhere', HOW)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });

    const moveId = await moveOrganization(BY_SYSTEM, a.organizationId, 'atlas', HOW);
    await runOperation(moveId, randomUUID());
    const waiting = await operation(moveId);
    expect(waiting).toMatchObject({ outcome: 'running', step: 'requested' });
    expect(waiting.progress?.label).toMatch(/^Atlas is /);
    expect((await placementNow(a.organizationId)).provider).toBe('self-hosted');
    expect(await run(moveId)).toBe('done');
    const placed = await placementNow(a.organizationId);
    expect(placed.provider).toBe('atlas');
    expect(await clusters()).toEqual([placed.cellId]);
    expect(await content()).toEqual(before);

    // The reply to the snapshot's request is lost: it is found again by its name.
    atlas.fail({
      operation: 'POST /groups/{groupId}/clusters/{clusterName}/backup/snapshots',
      times: 1,
      lostReply: true,
    });
    const backupId = await backUp(BY_SYSTEM, a.organizationId, HOW);
    await expect(run(backupId)).rejects.toThrow('UNREACHABLE');
    // Our own copy does not wait for the vendor's.
    expect((await getLife(a.organizationId)).backups).toMatchObject([{ id: backupId, snapshotId: null }]);
    expect(await run(backupId)).toBe('done');
    const [snapshot, ...others] = [...atlas.world.clusters.values()].flatMap(({ snapshots }) => snapshots);
    expect(others).toEqual([]);
    expect((await getLife(a.organizationId)).backups).toMatchObject([{ snapshotId: snapshot?.id }]);
    const atBackup = await content();
    expect(await testRestore(a.organizationId, backupId)).toBeNull();
    expect(await backupModel.findById(objectId(backupId)).lean()).toMatchObject({
      testError: null,
      isRestored: false,
    });
    await add('After the backup');
    const restoreId = await restoreBackup(BY_SYSTEM, a.organizationId, backupId, HOW);
    expect(await run(restoreId)).toBe('done');
    expect(await content()).toEqual(atBackup);
    expect((await placementNow(a.organizationId)).cellId).not.toBe(placed.cellId);
    expect(await clusters()).toHaveLength(2);

    const rotateId = await rotateCredential(BY_SYSTEM, a.organizationId, HOW);
    expect(await run(rotateId)).toBe('done');
    const { username, cellId } = await placementNow(a.organizationId);
    expect(
      [...atlas.world.users.values()].filter(({ scopes }) => scopes.some(({ name }) => name === cellId)),
    ).toMatchObject([{ username }]);
    expect(await content()).toEqual(atBackup);

    // The cluster from before the restore goes when it is confirmed; the other one stays.
    await confirmTransfer(BY_SYSTEM, restoreId);
    expect(await clusters()).toEqual([cellId]);
    const home = await moveOrganization(BY_SYSTEM, a.organizationId, 'cell-1', HOW);
    expect(await run(home)).toBe('done');
    expect(await content()).toEqual(atBackup);
    await confirmTransfer(BY_SYSTEM, home);
    expect(await clusters()).toEqual([]);
  });

  it('goes back with what was written meanwhile, and leaves nothing when the move is given up', async () => {
    const moveId = await moveOrganization(BY_SYSTEM, a.organizationId, 'atlas', HOW);
    expect(await run(moveId)).toBe('done');
    await add('Written at the vendor');
    const there = await content();
    const undoId = await undoTransfer(BY_SYSTEM, moveId, HOW);
    expect(await run(undoId)).toBe('done');
    expect((await placementNow(a.organizationId)).provider).toBe('self-hosted');
    expect(await content()).toEqual(there);

    const second = await moveOrganization(BY_SYSTEM, a.organizationId, 'atlas', HOW);
    await runOperation(second, randomUUID());
    await giveUpOperation(BY_SYSTEM, second);
    expect(await operation(second)).toMatchObject({ outcome: 'failed' });
    // Only the one that the undone move left behind, for some days.
    expect(await clusters()).toHaveLength(1);
    await add('And goes on');
  });

  it.each(['aws-documentdb', 'azure-documentdb'])('works the same at %s', async (vendor) => {
    await add(`Before ${vendor}`);
    const before = await content();
    const moveId = await moveOrganization(BY_SYSTEM, a.organizationId, vendor, HOW);
    expect(await run(moveId)).toBe('done');
    expect(await placementNow(a.organizationId)).toMatchObject({ provider: vendor });
    expect(await content()).toEqual(before);
    expect(await run(await rotateCredential(BY_SYSTEM, a.organizationId, HOW))).toBe('done');
    await add(`At ${vendor}`);
    const there = await content();
    const backupId = await backUp(BY_SYSTEM, a.organizationId, HOW);
    expect(await run(backupId)).toBe('done');
    const restoreId = await restoreBackup(BY_SYSTEM, a.organizationId, backupId, HOW);
    expect(await run(restoreId)).toBe('done');
    expect(await content()).toEqual(there);
    await confirmTransfer(BY_SYSTEM, restoreId);
    const home = await moveOrganization(BY_SYSTEM, a.organizationId, 'cell-1', HOW);
    expect(await run(home)).toBe('done');
    expect(await content()).toEqual(there);
    await confirmTransfer(BY_SYSTEM, home);
    // Vendors remove in their own time: the sweep goes on.
    await sweepLater();
    expect([...aws.clusters.keys(), ...azure.clusters.keys()]).toEqual([]);

    const second = await moveOrganization(BY_SYSTEM, a.organizationId, vendor, HOW);
    await runOperation(second, randomUUID());
    await giveUpOperation(BY_SYSTEM, second);
    expect(await operation(second)).toMatchObject({ outcome: 'failed' });
    await sweepLater();
    expect([...aws.clusters.keys(), ...azure.clusters.keys()]).toEqual([]);
  });
});
