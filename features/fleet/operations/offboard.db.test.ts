import { randomUUID } from 'node:crypto';
import { cpSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import mongoose from 'mongoose';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { fromBuffer } from 'yauzl';
import { aTicket } from '@/tests/builders/ticket';

const directory = mkdtempSync(join(tmpdir(), 'chakravue-offboard-'));
process.env.BACKUP_DIR = directory;
process.env.PLACEMENT_CACHE_SECONDS = '0';

import { backUp } from '@/features/fleet/operations/service/back-up';
import { BY_SYSTEM, beginOperation } from '@/features/fleet/operations/service/begin';
import { closeAccount } from '@/features/fleet/operations/service/close';
import { exportOrganization } from '@/features/fleet/operations/service/export';
import { goOnRenewing, keepAccount } from '@/features/fleet/operations/service/keep';
import { sweepOperations } from '@/features/fleet/operations/service/sweep';
import { readExport } from '@/features/fleet/operations/service/write-export';
import { runOperation } from '@/features/fleet/operations/work';
import { contentKey } from '@/features/patients/files/names';
import { uploadFileInput } from '@/features/patients/files/schema';
import { uploadFile } from '@/features/patients/files/service';
import { syncSubscription } from '@/features/subscription/billing/sync';
import { keepAttachment } from '@/features/support/tickets/attachments';
import { ticketAttachmentModel } from '@/features/support/tickets/model';
import { readManifest } from '@/lib/archive/backup-folder';
import { withFieldCipher } from '@/lib/crypto/field-cipher';
import { backupModel } from '@/lib/master/models/backup';
import { customRoleModel } from '@/lib/master/models/custom-role';
import { membershipModel } from '@/lib/master/models/membership';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import { organizationKeyModel } from '@/lib/master/models/organization-key';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import { fileStore } from '@/lib/storage/file-store';
import { stripe } from '@/lib/stripe/client';
import { payAtStripe } from '@/tests/builders/billed-organization';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { startStripe } from '@/tests/emulators/stripe';
import { closingFacts } from './schema';

const HOW = { isQueued: false };

async function filesOf(zip: Buffer): Promise<Map<string, string>> {
  return new Promise((resolve, reject) => {
    const files = new Map<string, string>();
    fromBuffer(zip, { lazyEntries: true }, (error, archive) => {
      if (error) return reject(error);
      archive.on('error', reject);
      archive.on('end', () => resolve(files));
      archive.on('entry', (entry: { fileName: string }) => {
        archive.openReadStream(entry as never, async (failure, stream) => {
          if (failure) return reject(failure);
          const parts: Buffer[] = [];
          for await (const part of stream) parts.push(part as Buffer);
          files.set(entry.fileName, Buffer.concat(parts).toString());
          archive.readEntry();
        });
      });
      archive.readEntry();
    });
  });
}

describe('the end of an organization', () => {
  let a: Awaited<ReturnType<typeof testOrganization>>;
  let billing: Awaited<ReturnType<typeof startStripe>>;
  let admin: InstanceType<typeof mongoose.mongo.MongoClient>;
  const run = (id: string) => runOperation(id, randomUUID());
  const operation = async (id: string) => operationModel.findById(objectId(id)).orFail().lean();
  const organization = async () => organizationModel.findById(objectId(a.organizationId)).orFail().lean();
  const databases = async () =>
    (await admin.db().admin().listDatabases({ nameOnly: true })).databases.filter(({ name }) =>
      name.startsWith(`org_${a.organizationId}`),
    );
  const endRetention = async (id: string) => {
    await operationModel.updateOne({ _id: objectId(id) }, { $set: { 'data.retentionEndsAt': new Date(0) } });
  };

  const upload = (patientId: string, content: Buffer) => {
    const facts = { name: 'left:right.pdf', claimedType: 'application/pdf', sizeBytes: content.length };
    return uploadFile(
      a.ctx(),
      uploadFileInput.parse({ patientId, ...facts }),
      (async function* () {
        yield content;
      })(),
    );
  };

  beforeAll(async () => {
    billing = await startStripe();
    admin = await new mongoose.mongo.MongoClient(process.env.MONGODB_URI ?? '').connect();
  });
  beforeEach(async () => {
    a = await testOrganization({ name: `Leaving ${randomUUID()}` });
    return () => a.dispose();
  });
  afterAll(async () => {
    await admin.close();
    await billing.stop();
    await closeConnections();
    rmSync(directory, { recursive: true, force: true });
  });

  it('exports everything as JSON Lines and tables, opened, with counts and hashes', async () => {
    const patient = {
      _id: new mongoose.mongo.ObjectId(),
      number: 'P1',
      firstName: 'Asha',
      lastName: '=1+1',
      createdAt: new Date(),
    };
    const notes = await withFieldCipher(a.organizationId, (cipher) =>
      cipher.seal(
        { collection: 'patients', path: 'notes', id: patient._id.toString() },
        'Glaucoma in the family',
      ),
    );
    await admin
      .db(a.db.name)
      .collection('patients')
      .insertOne({ ...patient, notes });
    const content = Buffer.from('%PDF-1.7\n%%EOF\n');
    const file = await upload(patient._id.toString(), content);
    const lost = await upload(patient._id.toString(), content);
    await (await fileStore()).delete(contentKey(a.organizationId, lost.id));
    const id = await exportOrganization(BY_SYSTEM, a.organizationId, HOW);
    await run(id);
    const parts: Buffer[] = [];
    for await (const part of readExport(a.organizationId, id)) parts.push(part);
    const files = await filesOf(Buffer.concat(parts));
    expect(files.get('data/patients.jsonl')).toContain('Glaucoma in the family');
    expect(files.get('tables/patients.csv')).toMatch(/^Number,Title,First name.*\r\nP1,,Asha,'=1\+1/);
    expect(JSON.parse(files.get('manifest.json') ?? '')).toMatchObject({
      files: expect.arrayContaining([expect.objectContaining({ file: 'data/patients.jsonl', count: 1 })]),
      unreadable: {},
      missing: [lost.id],
    });
    expect(files.get(`files/${file.id}-left_right.pdf`)).toBe(content.toString());
    expect([...files.keys()]).not.toContain('data/_tenant.jsonl');
    expect((await operation(id)).outcome).toBe('done');

    await sweepOperations(new Date(Date.now() + 8 * 24 * 3_600_000));
    await expect(readExport(a.organizationId, id).next()).rejects.toThrow(/ENOENT/);
  });

  it('waits for its retention, and can be kept until then', async () => {
    const id = await closeAccount(BY_SYSTEM, a.organizationId, HOW);
    const end = await run(id);
    expect(await operation(id)).toMatchObject({ step: 'renewal_stopped', outcome: 'running' });
    const { wakeAt, data } = await operation(id);
    expect(wakeAt).toEqual(closingFacts.parse(data).retentionEndsAt);
    expect(end).toMatchObject({ outcome: 'again', at: wakeAt });
    expect((await organization()).status).toBe('offboarding');
    await expect(closeAccount(BY_SYSTEM, a.organizationId, HOW)).rejects.toMatchObject({ code: 'CONFLICT' });
    await keepAccount(BY_SYSTEM, a.organizationId);
    expect(await organization()).toMatchObject({ status: 'active' });
    expect((await organization()).hold).toBeUndefined();
    await endRetention(id);
    await run(id);
    expect(await databases()).toHaveLength(1);
  });

  it('is not charged while it leaves; kept, it renews again, and at the end the subscription is over', async () => {
    const { customerId, subscriptionId } = await payAtStripe(billing, a.organizationId);
    await syncSubscription(customerId);
    const subscription = () => stripe().subscriptions.retrieve(subscriptionId);
    const first = await closeAccount(BY_SYSTEM, a.organizationId, HOW);
    await run(first);
    expect((await subscription()).cancel_at_period_end).toBe(true);
    await keepAccount(BY_SYSTEM, a.organizationId);
    expect(await subscription()).toMatchObject({ status: 'active', cancel_at_period_end: false });
    expect(await organization()).toMatchObject({
      status: 'active',
      subscription: { status: 'active', cancelAtPeriodEnd: false },
    });

    // What the owner has stopped before stays stopped.
    await stripe().subscriptions.update(subscriptionId, { cancel_at_period_end: true });
    await run(await closeAccount(BY_SYSTEM, a.organizationId, HOW));
    await keepAccount(BY_SYSTEM, a.organizationId);
    expect((await subscription()).cancel_at_period_end).toBe(true);

    // A period that ended while the account was being closed: it is kept as what it is now.
    await run(await closeAccount(BY_SYSTEM, a.organizationId, HOW));
    await stripe().subscriptions.cancel(subscriptionId);
    await keepAccount(BY_SYSTEM, a.organizationId);
    expect(await organization()).toMatchObject({ status: 'canceled' });
  });

  it('stays open, and renews, when it is kept while the worker is at the next step', async () => {
    const { customerId, subscriptionId } = await payAtStripe(billing, a.organizationId);
    await syncSubscription(customerId);
    const subscription = () => stripe().subscriptions.retrieve(subscriptionId);
    /** The worker is about to take the step when the account is kept, and takes it. */
    const keepJustBefore = async (taken: string) => {
      const id = await closeAccount(BY_SYSTEM, a.organizationId, HOW);
      const overtaken = runOperation(id, randomUUID(), async ({ step, at }) => {
        if (step === taken && at === 'before') await keepAccount(BY_SYSTEM, a.organizationId);
      });
      await expect(overtaken).rejects.toThrow('Another worker has taken over');
      return id;
    };
    await keepJustBefore('read_only');
    expect(await organization()).toMatchObject({ status: 'active' });

    const stopped = await keepJustBefore('renewal_stopped');
    expect(await organization()).toMatchObject({ status: 'active' });
    // It was stopped after it went on again; the work looks once more when that can be no more.
    expect((await subscription()).cancel_at_period_end).toBe(true);
    const end = await goOnRenewing(stopped);
    expect((await subscription()).cancel_at_period_end).toBe(false);
    expect(end).toMatchObject({ outcome: 'again' });
    await operationModel.updateOne({ _id: objectId(stopped) }, { $set: { finishedAt: new Date(0) } });
    await stripe().subscriptions.update(subscriptionId, {
      cancel_at_period_end: true,
      metadata: { closing: stopped },
    });
    expect(await goOnRenewing(stopped)).toEqual({ outcome: 'done' });
    expect((await subscription()).cancel_at_period_end).toBe(false);

    // Closed again before anybody has looked: what is stopped is the new closing's, and stays stopped.
    await stripe().subscriptions.update(subscriptionId, {
      cancel_at_period_end: true,
      metadata: { closing: stopped },
    });
    const again = await closeAccount(BY_SYSTEM, a.organizationId, HOW);
    await run(again);
    await goOnRenewing(stopped);
    expect(await subscription()).toMatchObject({ cancel_at_period_end: true, metadata: { closing: again } });
    await keepAccount(BY_SYSTEM, a.organizationId);
    expect((await subscription()).cancel_at_period_end).toBe(false);
  });

  it('ends its subscription with itself, and owes nothing', async () => {
    const { customerId, subscriptionId } = await payAtStripe(billing, a.organizationId);
    await syncSubscription(customerId);
    const id = await closeAccount(BY_SYSTEM, a.organizationId, HOW);
    await endRetention(id);
    await run(id);
    expect(closingFacts.parse((await operation(id)).data)).toMatchObject({
      subscriptionEndedAt: expect.any(Date),
      report: { subscriptionEndedAt: expect.any(String) },
    });
    expect((await stripe().subscriptions.retrieve(subscriptionId)).status).toBe('canceled');
    expect((await stripe().invoices.list({ customer: customerId, status: 'open' })).data).toEqual([]);
    await syncSubscription(customerId);
    expect((await organization()).status).toBe('deleted');
  });

  it('ends with keys destroyed, everything dropped, a report, and backups that nobody can read', async () => {
    const patientId = new mongoose.mongo.ObjectId();
    await admin
      .db(a.db.name)
      .collection('patients')
      .insertOne({ _id: patientId, number: 'P1', createdAt: new Date() });
    await upload(patientId.toString(), Buffer.from('%PDF-1.7\n%%EOF\n'));
    const store = await fileStore();
    expect(await store.list(a.organizationId)).toHaveLength(1);
    const uploader = { organizationId: a.organizationId, userId: a.owner.id, by: 'customer' as const };
    const log = { name: 'printer.log', claimedType: '', content: Buffer.from('out of paper') };
    const { id: attachmentId } = await keepAttachment(uploader, log);
    await aTicket(a.ctx(), {
      subject: 'The printer',
      message: 'See the log.',
      attachmentIds: [attachmentId],
    });
    const attachments = `tickets/${a.organizationId}`;
    expect(await store.list(attachments)).toHaveLength(1);
    const backupId = await backUp(BY_SYSTEM, a.organizationId, HOW);
    await run(backupId);
    const backup = await backupModel.findById(objectId(backupId)).orFail().lean();
    // Somebody has kept a copy of the folder elsewhere.
    const stolen = `stolen-${randomUUID()}`;
    cpSync(join(directory, backup.folder), join(directory, stolen), { recursive: true });
    await expect(readManifest(a.organizationId, backupId, stolen)).resolves.toMatchObject({ backupId });

    await customRoleModel.create({
      organizationId: objectId(a.organizationId),
      name: 'Front desk lead',
      nameKey: 'front desk lead',
      baseRole: 'receptionist',
      permissions: ['today:read'],
    });
    const id = await closeAccount(BY_SYSTEM, a.organizationId, HOW);
    await endRetention(id);
    await run(id);
    expect(await operation(id)).toMatchObject({ step: 'reported', outcome: 'done' });
    await expect(readManifest(a.organizationId, backupId, stolen)).rejects.toThrow();
    const export_ = await operation(closingFacts.parse((await operation(id)).data).exportId);
    expect(export_).toMatchObject({ outcome: 'failed', lastError: 'The account was closed' });
    expect(await databases()).toEqual([]);
    expect(await store.list(a.organizationId)).toEqual([]);
    expect(await store.list(attachments)).toEqual([]);
    expect(await ticketAttachmentModel.findById(objectId(attachmentId)).lean()).toBeNull();
    expect(existsSync(join(directory, a.organizationId))).toBe(false);
    expect(await backupModel.countDocuments({ organizationId: objectId(a.organizationId) })).toBe(0);
    expect(await membershipModel.countDocuments({ organizationId: objectId(a.organizationId) })).toBe(0);
    expect(await customRoleModel.countDocuments({ organizationId: objectId(a.organizationId) })).toBe(0);
    expect(await userModel.findById(objectId(a.owner.id)).lean()).toBeNull();
    const keys = await organizationKeyModel.find({ organizationId: objectId(a.organizationId) }).lean();
    expect(keys.length).toBeGreaterThan(0);
    expect(keys.every(({ wrapped }) => wrapped === 'destroyed')).toBe(true);
    const row = await organization();
    expect(row.status).toBe('deleted');
    expect(row.placement).toBeUndefined();
    const { report } = closingFacts.parse((await operation(id)).data);
    expect(report).toMatchObject({
      files: 1,
      attachments: 1,
      backups: 1,
      accounts: 1,
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/),
    });
    await expect(keepAccount(BY_SYSTEM, a.organizationId)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(
      beginOperation({ by: BY_SYSTEM, organizationId: a.organizationId, kind: 'backup' }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
