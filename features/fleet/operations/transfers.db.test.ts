import { randomUUID } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { patientRow } from '@/tests/builders/patient';

const directory = mkdtempSync(join(tmpdir(), 'chakravue-backups-'));
process.env.BACKUP_DIR = directory;
process.env.PLACEMENT_CACHE_SECONDS = '0';
process.env.OLD_DATABASE_KEEP_DAYS = '7';
process.env.CELL_URIS = ['cell-2', 'cell-3'].map((id) => `${id}=${process.env.MONGODB_URI}`).join(' ');

import { backUp } from '@/features/fleet/operations/service/back-up';
import { BY_SYSTEM } from '@/features/fleet/operations/service/begin';
import { confirmTransfer } from '@/features/fleet/operations/service/confirm';
import { giveUpOperation } from '@/features/fleet/operations/service/give-up';
import { moveOrganization } from '@/features/fleet/operations/service/move';
import { pruneBackups } from '@/features/fleet/operations/service/prune';
import { restoreBackup } from '@/features/fleet/operations/service/restore';
import { rotateCredential } from '@/features/fleet/operations/service/rotate';
import { sweepOperations } from '@/features/fleet/operations/service/sweep';
import { testRestore } from '@/features/fleet/operations/service/test-restore';
import { undoTransfer } from '@/features/fleet/operations/service/undo';
import { runOperation } from '@/features/fleet/operations/work';
import { placementNow } from '@/features/fleet/placement/queries';
import { fileModel } from '@/features/patients/files/model';
import { contentKey } from '@/features/patients/files/names';
import { openStoredFile } from '@/features/patients/files/queries';
import { uploadFileInput } from '@/features/patients/files/schema';
import { deleteFile, uploadFile } from '@/features/patients/files/service';
import { removeOrphans } from '@/features/patients/files/storage';
import { patientModel } from '@/features/patients/patients/model';
import { contentsOf, withRawDatabase } from '@/lib/archive/content';
import { tenantLedger } from '@/lib/audit/ledger';
import { recordAudit } from '@/lib/audit/record';
import { verifyLedger } from '@/lib/audit/verify';
import { backupModel } from '@/lib/master/models/backup';
import { cellModel } from '@/lib/master/models/cell';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { selfHosted } from '@/lib/provisioning/providers/self-hosted';
import { fileStore } from '@/lib/storage/file-store';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import { readConnectionString } from '@/lib/tenancy/placement';
import { closeConnections, testOrganization } from '@/tests/builders/organization';

const HOW = { isQueued: false };

describe('an organization between databases', () => {
  let a: Awaited<ReturnType<typeof testOrganization>>;
  let admin: InstanceType<typeof mongoose.mongo.MongoClient>;
  let count = 0;

  const run = (id: string) => runOperation(id, randomUUID());
  const content = async () => {
    const placement = await placementNow(a.organizationId);
    return withRawDatabase(readConnectionString(placement), placement.databaseName, contentsOf);
  };
  const withoutLog = (all: Awaited<ReturnType<typeof content>>) =>
    all.filter(({ name }) => !name.startsWith('audit_'));
  const addPatient = (db = a.db) =>
    patientModel({ db }).create(patientRow({ sequence: ++count, lastName: 'Canary' }));
  const patients = () =>
    withTenantDatabase(a.organizationId, (db) => patientModel({ db }).countDocuments({}));
  const takeBackup = async () => {
    const id = await backUp(BY_SYSTEM, a.organizationId, HOW);
    await run(id);
    return id;
  };
  const databases = async () =>
    (await admin.db().admin().listDatabases({ nameOnly: true })).databases
      .map(({ name }) => name)
      .filter((name) => name.startsWith(`org_${a.organizationId}`))
      .sort();
  const organization = async () => organizationModel.findById(objectId(a.organizationId)).orFail().lean();
  const operation = async (id: string) => operationModel.findById(objectId(id)).orFail().lean();

  beforeAll(async () => {
    admin = await new mongoose.mongo.MongoClient(process.env.MONGODB_URI ?? '').connect();
  });
  beforeEach(async () => {
    a = await testOrganization();
    await addPatient();
    await addPatient();
    return async () => {
      await a.dispose();
      for (const databaseName of await databases())
        await selfHosted.remove({ databaseName, cellId: 'cell-1' });
    };
  });
  afterAll(async () => {
    await admin.close();
    await closeConnections();
    rmSync(directory, { recursive: true, force: true });
  });

  it('is backed up so that no word of it can be read on the disk, and comes back after its loss', async () => {
    const before = await content();
    const backupId = await takeBackup();
    const row = await backupModel.findById(objectId(backupId)).orFail().lean();
    expect(row).toMatchObject({ collections: before.length, testError: null });
    const folder = join(directory, row.folder);
    const files = readdirSync(folder);
    expect(files).toHaveLength(before.length + 1);
    for (const file of files) expect(readFileSync(join(folder, file)).includes('Canary')).toBe(false);

    await patientModel({ db: a.db }).deleteMany({});
    const restoreId = await restoreBackup(BY_SYSTEM, a.organizationId, backupId, HOW);
    await run(restoreId);
    expect(await operation(restoreId)).toMatchObject({ outcome: 'done', step: 'opened' });
    expect(withoutLog(await content())).toEqual(withoutLog(before));
    expect(await patients()).toBe(2);
    expect((await organization()).hold).toBeUndefined();
    expect((await operation(restoreId)).data).toMatchObject({ toConnectionString: null });

    // The one from before is kept, nobody can write into it, and undo brings it back as it was.
    expect(await databases()).toHaveLength(2);
    await expect(addPatient()).rejects.toMatchObject({ code: 13 });
    const undoId = await undoTransfer(BY_SYSTEM, restoreId, HOW);
    await run(undoId);
    expect(await patients()).toBe(0);
    expect((await operation(restoreId)).outcome).toBe('undone');
    await withTenantDatabase(a.organizationId, (db) => addPatient(db));

    await sweepOperations(new Date(Date.now() + 8 * 24 * 3_600_000));
    expect(await databases()).toEqual([`org_${a.organizationId}`]);
    expect(await patients()).toBe(1);
  });

  it('gets its documents back with a restore, each copied once, and the old copies go with the last backup', async () => {
    const upload = async (text: string) => {
      const patient = await patientModel({ db: a.db }).findOne({}).orFail().lean();
      const content = Buffer.from(`%PDF-1.7\n${text}\n%%EOF\n`);
      const facts = { name: `${text}.pdf`, claimedType: 'application/pdf', sizeBytes: content.length };
      const input = uploadFileInput.parse({ patientId: patient._id.toString(), ...facts });
      return uploadFile(
        a.ctx(),
        input,
        (async function* () {
          yield content;
        })(),
      );
    };
    const pool = join(directory, a.organizationId, 'files');
    const used = async () => (await organization()).usage?.storageBytes;
    const [kept, changed] = [await upload('kept canary'), await upload('altered canary')];
    const before = await used();
    const first = await takeBackup();
    const copied = readdirSync(pool);
    expect(copied).toHaveLength(2);
    for (const name of copied) expect(readFileSync(join(pool, name)).includes('canary')).toBe(false);
    const second = await takeBackup();
    expect(readdirSync(pool)).toEqual(copied);

    // One is deleted, one is altered in the store, one comes after the backup.
    await deleteFile(a.ctx(), kept.id);
    const store = await fileStore();
    await store.put(contentKey(a.organizationId, changed.id), Buffer.from('noise'));
    const later = await upload('later');
    const restoreId = await restoreBackup(BY_SYSTEM, a.organizationId, second, HOW);
    await run(restoreId);
    expect(await operation(restoreId)).toMatchObject({ outcome: 'done', data: { documentsLost: 0 } });
    await withTenantDatabase(a.organizationId, async (db) => {
      const ctx = { ...a.ctx(), db };
      const textOf = async (id: string) => {
        const { source } = await openStoredFile(ctx, id);
        return (await source.read(0, source.sizeBytes)).toString();
      };
      expect(await textOf(kept.id)).toContain('kept canary');
      expect(await textOf(changed.id)).toContain('altered canary');
      await expect(openStoredFile(ctx, later.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
      expect(await used()).toBe(before);
      // What the restore has left without a file goes when the database from before is given up.
      expect(await removeOrphans(db)).toBe(0);
      await confirmTransfer(BY_SYSTEM, restoreId);
      expect(await removeOrphans(db)).toBe(1);
    });

    // A copy that was altered is named by the trial, and does not keep the rest from coming back.
    writeFileSync(join(pool, copied[0] ?? ''), 'noise');
    expect(await testRestore(a.organizationId, first)).toBe('1 documents are lost or altered');
    rmSync(join(pool, copied[0] ?? ''));
    await backupModel.updateMany(
      { organizationId: objectId(a.organizationId) },
      { $set: { takenAt: new Date(0) } },
    );
    await withTenantDatabase(a.organizationId, (db) => fileModel({ db }).deleteMany({}));
    await takeBackup();
    await pruneBackups();
    expect(readdirSync(pool)).toEqual([]);
  });

  it('keeps its log through a restore: what was done stays written, and verifies', async () => {
    const backupId = await takeBackup();
    await recordAudit(a.ctx(), { action: 'patient.open', target: 'patient:after-the-backup' });
    await run(await restoreBackup(BY_SYSTEM, a.organizationId, backupId, HOW));
    await withTenantDatabase(a.organizationId, async (db) => {
      const verdicts = [];
      for await (const one of verifyLedger(tenantLedger(db))) verdicts.push(one);
      expect(verdicts.at(-1)).toMatchObject({ status: 'intact' });
    });
    expect((await content()).find(({ name }) => name === 'audit_log')?.count).toBe(1);
  });

  it('does not take a backup that was altered, and goes on where it was', async () => {
    const backupId = await takeBackup();
    const row = await backupModel.findById(objectId(backupId)).orFail().lean();
    const file = join(directory, row.folder, 'patients.bson.gz.sealed');
    const bytes = readFileSync(file);
    bytes[60] = (bytes[60] ?? 0) ^ 1;
    writeFileSync(file, bytes);
    expect(await testRestore(a.organizationId, backupId)).not.toBeNull();
    const id = await restoreBackup(BY_SYSTEM, a.organizationId, backupId, HOW);
    await expect(run(id)).rejects.toThrow();
    await expect(moveOrganization(BY_SYSTEM, a.organizationId, 'cell-1', HOW)).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect((await organization()).hold?.mode).toBe('read_only');
    await giveUpOperation(BY_SYSTEM, id);
    expect((await organization()).hold).toBeUndefined();
    expect(await databases()).toEqual([`org_${a.organizationId}`]);
    await addPatient();
    expect(await patients()).toBe(3);
  });

  it('is tried out by a restore that leaves nothing behind; old backups go, the newest stays', async () => {
    const first = await takeBackup();
    const second = await takeBackup();
    expect(await testRestore(a.organizationId, second)).toBeNull();
    expect(await databases()).toEqual([`org_${a.organizationId}`]);
    expect((await backupModel.findById(objectId(second)).orFail().lean()).testedAt).toBeInstanceOf(Date);
    expect(await pruneBackups(new Date(Date.now() + 31 * 24 * 3_600_000))).toBeGreaterThanOrEqual(1);
    expect(await backupModel.exists({ _id: objectId(first) })).toBeNull();
    expect(await backupModel.exists({ _id: objectId(second) })).not.toBeNull();
  });

  it.each([
    ['dedicated-user', 'cell-2'],
    ['shared-user', 'cell-3'],
  ] as const)('moves with %s to %s, and back with what was written meanwhile', async (isolation, cellId) => {
    await cellModel.updateOne({ _id: cellId }, { $set: { isolation } });
    const before = await content();
    const moveId = await moveOrganization(BY_SYSTEM, a.organizationId, cellId, HOW);
    await run(moveId);
    expect(await content()).toEqual(before);
    expect((await organization()).placement).toMatchObject({ cellId, isolation });
    expect((await cellModel.findById(cellId).lean())?.organizations).toBe(1);

    await withTenantDatabase(a.organizationId, (db) => addPatient(db));
    await run(await undoTransfer(BY_SYSTEM, moveId, HOW));
    expect((await organization()).placement).toMatchObject({
      cellId: 'cell-1',
      databaseName: `org_${a.organizationId}`,
    });
    expect(await patients()).toBe(3);
    await withTenantDatabase(a.organizationId, (db) => addPatient(db));
  });

  it('loses nothing that was acknowledged while it moved', async () => {
    const acknowledged: string[] = [];
    let isMoving = true;
    const writer = (async () => {
      while (isMoving) {
        try {
          const made = await withTenantDatabase(a.organizationId, (db) => addPatient(db));
          acknowledged.push(made._id.toString());
        } catch {
          // Refused by the server during the switch: not acknowledged.
        }
        await new Promise((resolve) => setImmediate(resolve));
      }
    })();
    const id = await moveOrganization(BY_SYSTEM, a.organizationId, 'cell-1', HOW);
    await run(id);
    isMoving = false;
    await writer;
    expect(acknowledged.length).toBeGreaterThan(0);
    await withTenantDatabase(a.organizationId, async (db) => {
      const found = new Set(
        (await patientModel({ db }).find().select('_id').lean()).map(({ _id }) => _id.toString()),
      );
      expect(acknowledged.filter((one) => !found.has(one))).toEqual([]);
    });
    await confirmTransfer(BY_SYSTEM, id);
    expect(await databases()).toHaveLength(1);
    await expect(undoTransfer(BY_SYSTEM, id, HOW)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('gets a new database credential while work goes on; the old one is refused', async () => {
    const old = readConnectionString(await placementNow(a.organizationId));
    await run(await rotateCredential(BY_SYSTEM, a.organizationId, HOW));
    expect(await patients()).toBe(2);
    await withTenantDatabase(a.organizationId, (db) => addPatient(db));
    await expect(withRawDatabase(old, `org_${a.organizationId}`, contentsOf)).rejects.toThrow();
    expect((await organization()).hold).toBeUndefined();
  });
});
