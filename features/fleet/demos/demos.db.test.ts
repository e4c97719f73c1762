import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { aPatient } from '@/tests/builders/patient';
import { aVisit } from '@/tests/builders/visit';

const directory = mkdtempSync(join(tmpdir(), 'chakravue-backups-'));
process.env.BACKUP_DIR = directory;
process.env.PLACEMENT_CACHE_SECONDS = '0';

import { BY_SYSTEM } from '@/features/fleet/operations/service/begin';
import { movedOn } from '@/features/fleet/operations/service/copy-template';
import { resetToTemplate } from '@/features/fleet/operations/service/reset';
import { undoTransfer } from '@/features/fleet/operations/service/undo';
import { runOperation } from '@/features/fleet/operations/work';
import { placementNow } from '@/features/fleet/placement/queries';
import { provisionOrganization } from '@/features/fleet/provisioning/work';
import { queueEntryModel, visitModel } from '@/features/frontdesk/queue/model';
import { patientModel } from '@/features/patients/patients/model';
import { findPatients } from '@/features/patients/patients/queries';
import { withRawDatabase } from '@/lib/archive/content';
import { tenantLedger } from '@/lib/audit/ledger';
import { recordAudit } from '@/lib/audit/record';
import { verdictOf } from '@/lib/audit/verify';
import { jobModel } from '@/lib/master/models/job';
import { operationModel } from '@/lib/master/models/operation';
import { organizationModel } from '@/lib/master/models/organization';
import { userModel } from '@/lib/master/models/user';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import { readConnectionString } from '@/lib/tenancy/placement';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { today } from '@/lib/time';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { demoInput } from './schema';
import { fillFirst, makeDemo } from './service';

const HOW = { isQueued: false };
const PHONE = '+91 98450 77777';
const LAST_WEEK = new Date(Date.now() - 9 * 24 * 60 * 60_000);

describe('a copy of a template', () => {
  let template: Awaited<ReturnType<typeof testOrganization>>;
  let customer: Awaited<ReturnType<typeof testOrganization>>;
  let demoId: string;
  const tag = randomUUID().slice(0, 8);
  const inDemo = <T>(work: (db: TenantDatabase) => Promise<T>) => withTenantDatabase(demoId, work);
  const asDemo = (db: TenantDatabase) =>
    ({ ...template.ctx('owner'), organizationId: demoId, db }) as unknown as TenantContext;
  const patients = () => inDemo((db) => patientModel({ db }).find({}).sort({ sequence: 1 }).lean());
  const ask = (facts: Record<string, unknown>) =>
    demoInput.parse({
      purpose: 'demo',
      templateId: template.organizationId,
      organizationName: `Show hospital ${tag}`,
      ownerName: 'Meera Show',
      ownerEmail: `meera-${tag}@show.test`,
      ...facts,
    });
  const run = async (id: string) => {
    await runOperation(id, randomUUID());
    const row = await operationModel.findById(objectId(id)).orFail().lean();
    expect([row.outcome, row.lastError]).toEqual(['done', undefined]);
  };

  beforeAll(async () => {
    template = await testOrganization({ purpose: 'template', plan: 'professional' });
    customer = await testOrganization();
    const ctx = template.ctx('owner');
    const { id: patientId } = await aPatient(ctx, {
      firstName: 'Invented',
      lastName: 'Person',
      phone: PHONE,
      dateOfBirth: '1980-02-29',
    });
    await aVisit(ctx, { patientId, priority: 'normal' }, LAST_WEEK);
  });
  afterAll(async () => {
    await template.dispose();
    await customer.dispose();
    await closeConnections();
    rmSync(directory, { recursive: true, force: true });
  });

  it('is made for a person without an account, provisioned, and filled as if it were worked in today', async () => {
    demoId = await makeDemo(null, ask({}));
    const owner = await userModel
      .findOne({ claimedEmailKey: `meera-${tag}@show.test` })
      .orFail()
      .lean();
    expect(owner.name).toBe('Meera Show');
    const asked = async (kind: 'account.reset-password' | 'organization.fill', key: string) =>
      jobModel.countDocuments({ kind, key });
    expect(await asked('account.reset-password', owner.email.toLowerCase())).toBe(1);
    await provisionOrganization(demoId, randomUUID());
    expect(await asked('organization.fill', demoId)).toBe(1);
    await fillFirst(demoId);
    await fillFirst(demoId);
    await run(demoId);
    expect(await operationModel.countDocuments({ organizationId: objectId(demoId) })).toBe(1);

    const [patient, ...others] = await patients();
    expect(others).toEqual([]);
    expect(patient).toMatchObject({ phone: PHONE, dateOfBirth: '1980-02-29' });
    const day = today('Asia/Kolkata');
    const [visits, entries] = await inDemo((db) =>
      Promise.all([
        visitModel({ db }).find({}).lean(),
        queueEntryModel({ db }).find({ isOpen: true }).lean(),
      ]),
    );
    expect(visits.map((visit) => visit.day)).toEqual([day]);
    expect(entries.map((entry) => entry.day)).toEqual([day]);
    // The next token of today goes on from the copied counter.
    const found = await inDemo((db) => findPatients(asDemo(db), '98450 77777'));
    expect(found.map(({ name }) => name)).toEqual(['Invented Person']);
  });

  it('keeps its secrets under its own key, and writes its own log', async () => {
    const raw = async (organizationId: string) => {
      const placement = await placementNow(organizationId);
      return withRawDatabase(readConnectionString(placement), placement.databaseName, (db) =>
        db.collection<{ phone: string; contactTokens: string[] }>('patients').findOne({}),
      );
    };
    const [theirs, ours] = [await raw(template.organizationId), await raw(demoId)];
    expect(ours?.phone).not.toContain('98450');
    expect(ours?.phone).not.toBe(theirs?.phone);
    expect(ours?.contactTokens).toHaveLength(theirs?.contactTokens.length ?? 0);
    expect(ours?.contactTokens.some((token) => theirs?.contactTokens.includes(token))).toBe(false);
    const log = await inDemo(async (db) => {
      await recordAudit(asDemo(db), { action: 'demo.look' });
      return verdictOf(tenantLedger(db));
    });
    expect(log).toMatchObject({ status: 'intact' });
  });

  it('is reset with one call, which can be taken back', async () => {
    await inDemo((db) => patientModel({ db }).deleteMany({}));
    const id = await resetToTemplate(BY_SYSTEM, demoId, HOW);
    await run(id);
    expect(await patients()).toHaveLength(1);
    await run(await undoTransfer(BY_SYSTEM, id, HOW));
    expect(await patients()).toHaveLength(0);
  });

  it('is made of templates alone, and never of or into a customer', async () => {
    await expect(makeDemo(null, ask({ templateId: customer.organizationId }))).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await expect(makeDemo(null, ask({ templateId: demoId }))).rejects.toMatchObject({ code: 'NOT_FOUND' });
    for (const id of [customer.organizationId, template.organizationId])
      await expect(resetToTemplate(BY_SYSTEM, id, HOW)).rejects.toThrow('Only a demo or a sandbox');
    // What an organization is for is said once.
    await organizationModel.updateOne(
      { _id: objectId(customer.organizationId) },
      { $set: { purpose: 'template' } },
    );
    expect(await organizationModel.findById(objectId(customer.organizationId)).lean()).not.toMatchObject({
      purpose: 'template',
    });
    await expect(makeDemo(null, ask({}))).rejects.toMatchObject({
      code: 'CONFLICT',
      field: 'organizationName',
    });
    expect(demoInput.safeParse({ ...ask({}), templateId: '' }).success).toBe(false);
  });
});

it('moves instants by the clock of the place and days by the calendar, and nobody’s birthday', () => {
  const clock = { days: 30, timeZone: 'Europe/Berlin' };
  const row = {
    _id: 'queue:2026-03-10',
    day: '2026-03-10',
    at: new Date('2026-03-10T08:00:00Z'),
    patient: { dateOfBirth: '1980-02-29' },
    note: 'Since 2026-03-10 it hurts',
  };
  expect(movedOn(row, clock)).toEqual({
    _id: 'queue:2026-04-09',
    day: '2026-04-09',
    at: new Date('2026-04-09T07:00:00Z'),
    patient: { dateOfBirth: '1980-02-29' },
    note: 'Since 2026-03-10 it hurts',
  });
});
