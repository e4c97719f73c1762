import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openPatient } from '@/features/patients/patients/queries';
import { noteChange } from '@/lib/audit/changes';
import { AuditDraft } from '@/lib/audit/draft';
import { tenantLedger } from '@/lib/audit/ledger';
import { recordAudit } from '@/lib/audit/record';
import { verdictOf } from '@/lib/audit/verify';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { maintainAudit } from './maintain';
import { eachAuditEntry, findAudit, listAudit, listChartOpenings } from './queries';
import { auditQuery } from './schema';

let org: Awaited<ReturnType<typeof testOrganization>>;
let patientId = '';
const list = async (filters: Record<string, string> = {}) =>
  (await listAudit(org.ctx('owner'), auditQuery.parse({ ...filters, after: '0' }))).entries;
const actions = async (filters: Record<string, string>) => (await list(filters)).map(({ action }) => action);

beforeAll(async () => {
  org = await testOrganization();
  patientId = (await aPatient(org.ctx('receptionist'), { firstName: 'Meena', lastName: 'Pillai' })).id;
  await openPatient(org.ctx('doctor'), patientId);
  await openPatient(org.ctx('owner'), patientId);
  await recordAudit(org.ctx('pharmacist'), { action: 'stock.adjust', target: 'batch:1', result: 'refused' });
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

describe('the log', () => {
  it('is found by person, action, result, patient, kind of record and period', async () => {
    expect(await actions({ actor: 'test pharm' })).toEqual(['stock.adjust']);
    expect(await actions({ actor: 'nobody' })).toEqual([]);
    expect(await actions({ action: 'patient.open' })).toEqual(['patient.open', 'patient.open']);
    expect(await actions({ result: 'refused' })).toEqual(['stock.adjust']);
    expect(await actions({ target: 'Meena', actor: 'test doc' })).toEqual(['patient.open']);
    expect(await actions({ target: `patient:${patientId}` })).toHaveLength(2);
    expect(await actions({ target: 'batch' })).toEqual(['stock.adjust']);
    expect(await actions({ from: '2000-01-01', to: '2000-12-31' })).toEqual([]);
    expect((await actions({ from: '2000-01-01', to: '2100-01-01' })).length).toBeGreaterThan(2);
  });

  it('pages without losing or repeating an entry, and writes down the look', async () => {
    const ctx = org.ctx('owner');
    await Promise.all(Array.from({ length: 120 }, () => recordAudit(ctx, { action: 'page.fill' })));
    const all: number[] = [];
    for await (const { seq } of eachAuditEntry(ctx, auditQuery.parse({}))) all.push(seq);
    expect(all).toEqual(Array.from({ length: all.length }, (_, index) => all.length - index));
    const first = await listAudit(ctx, auditQuery.parse({}));
    expect(first.entries[0]).toMatchObject({ action: 'audit.open', actorName: org.owner.name });
    expect(first.newer).toBeNull();
    const second = await listAudit(ctx, auditQuery.parse({ before: String(first.older) }));
    expect(second.entries[0]?.seq).toBe((first.entries.at(-1)?.seq ?? 0) - 1);
    const back = await listAudit(ctx, auditQuery.parse({ after: String(second.newer) }));
    expect(back.entries.map(({ seq }) => seq)).toEqual(first.entries.map(({ seq }) => seq));
  });

  it('says who opened a chart', async () => {
    const openings = await listChartOpenings(org.ctx('owner'), patientId);
    expect(openings.map(({ role }) => role)).toEqual(['owner', 'doctor']);
    expect(await listChartOpenings(org.ctx('owner'), '0'.repeat(24))).toEqual([]);
  });

  it('is read by an index for each filter', async () => {
    const ctx = org.ctx('owner');
    const filters = [{}, { 'actor.id': 'x' }, { action: 'patient.open' }, { targetType: 'patient' }];
    for (const filter of filters) {
      const plan = JSON.stringify(await findAudit(ctx, filter, 1_000).explain('executionStats'));
      expect(plan).toContain('IXSCAN');
      expect(plan).not.toContain('COLLSCAN');
    }
  });

  it('is anchored and kept whole by maintenance, and forgets after the plan’s years only', async () => {
    expect(await maintainAudit(org.db, 'starter')).toBe(0);
    const later = new Date();
    later.setUTCFullYear(later.getUTCFullYear() + 2);
    expect(await maintainAudit(org.db, 'professional', later)).toBe(0);
    expect(await maintainAudit(org.db, 'starter', later)).toBeGreaterThan(100);
    expect(await verdictOf(tenantLedger(org.db))).toMatchObject({ status: 'intact', checked: 1 });
  });
});

it('changes keep what differs, once, and nothing of sensitive fields', () => {
  const audit = new AuditDraft('test.change');
  const before = { city: 'Pune', phone: '111', role: 'doctor', name: 'A' };
  const after = { city: 'Pune', phone: '222', role: 'admin', name: 'A' };
  noteChange({ audit }, before, after, ['city', 'phone', 'role', 'name']);
  noteChange({ audit }, before, after, ['role']);
  expect(audit.changes).toEqual([
    { field: 'phone', isRedacted: true },
    { field: 'role', before: 'doctor', after: 'admin' },
  ]);
  // What a failed attempt of a transaction noted is forgotten by the next.
  audit.begin();
  expect(audit.changes).toEqual([]);
});
