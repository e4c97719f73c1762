import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { TenantContext } from '@/lib/tenancy/context';
import { closeConnections, testOrganization } from '@/tests/support/organization';
import { patientModel } from './model';
import { countRegisteredToday, findDuplicates, findPatients, getPatient, listPatients } from './queries';
import { patientListQuery, registerPatientInput, updatePatientInput } from './schema';
import { registerPatient, updatePatient } from './service';

const typed = { firstName: 'Lakshmi', lastName: 'Iyer', phone: '98450 11111', dateOfBirth: '1958-03-14', sex: 'female' };
const person = (facts: Record<string, string> = {}) => registerPatientInput.parse({ ...typed, allowDuplicate: 'yes', ...facts });

describe('patients', () => {
  let org: Awaited<ReturnType<typeof testOrganization>>;
  let ctx: TenantContext;

  async function register(facts: Record<string, string> = {}) {
    const result = await registerPatient(ctx, person(facts));
    if (result.kind !== 'registered') throw new Error('not registered');
    return result.patient;
  }

  beforeAll(async () => {
    org = await testOrganization();
    ctx = org.ctx('receptionist');
  });
  afterAll(async () => {
    await org.dispose();
    await closeConnections();
  });

  it('gives twenty simultaneous registrations twenty consecutive numbers', async () => {
    const made = await Promise.all(Array.from({ length: 20 }, (_, index) => register({ firstName: `Sim${index}`, phone: `90000 00${100 + index}` })));
    const numbers = made.map(({ number }) => Number(number.slice(2))).sort((a, b) => a - b);
    expect(new Set(numbers).size).toBe(20);
    expect((numbers[19] ?? 0) - (numbers[0] ?? 0)).toBe(19);
  });

  it('finds by beginnings of names, phone and number', async () => {
    const patient = await register({ firstName: 'Zoë', lastName: 'Nuñez', phone: '+91 70000 12345' });
    for (const text of ['zoe', 'nun', 'Zoë Nuñez', 'nunez zo', '70000 12345', '+91 70000-12345', patient.number, patient.number.toLowerCase()]) {
      expect((await findPatients(ctx, text)).map(({ id }) => id), text).toContain(patient.id);
    }
    for (const text of ['{"$ne":null}', '.*', '^', 'oe', '12345']) {
      expect((await findPatients(ctx, text)).map(({ id }) => id), text).not.toContain(patient.id);
    }
  });

  it('warns of the same person once, and lets the receptionist decide', async () => {
    await register({ firstName: 'Anil', lastName: 'Kapoor', phone: '91111 22222', dateOfBirth: '1970-01-01' });
    const again = await registerPatient(ctx, { ...person({ firstName: 'Anil', lastName: 'Kapur', phone: '91111 22222' }), allowDuplicate: false });
    expect(again.kind).toBe('duplicates');
    // A family member on the same phone is not the same person.
    const wife = await findDuplicates(ctx, { firstName: 'Sunita', lastName: 'Kapoor', phone: '91111 22222', dateOfBirth: '1975-05-05' });
    expect(wife).toEqual([]);
  });

  it('refuses a stale edit and keeps the colleague’s', async () => {
    const patient = await register({ firstName: 'Edit', phone: '92222 33333' });
    const edit = (facts: Record<string, string>) =>
      updatePatientInput.parse({ ...typed, patientId: patient.id, version: '0', ...facts });
    await updatePatient(ctx, edit({ firstName: 'First' }));
    await expect(updatePatient(ctx, edit({ firstName: 'Second' }))).rejects.toMatchObject({ code: 'CONFLICT' });
    expect((await getPatient(ctx, patient.id)).firstName).toBe('First');
  });

  it('answers a malformed, a missing and a foreign id alike', async () => {
    for (const id of ['nonsense', '0'.repeat(24), org.organizationId]) {
      await expect(getPatient(ctx, id)).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'We could not find that patient.' });
    }
  });

  it('pages forward and back without losing or repeating anybody', async () => {
    for (const sort of ['-registered', 'registered', 'name', '-name']) {
      const seen: string[] = [];
      let query = patientListQuery.parse({ sort });
      for (;;) {
        const page = await listPatients(ctx, query);
        seen.push(...page.patients.map(({ id }) => id));
        if (!page.after) break;
        query = patientListQuery.parse({ sort, after: page.after });
      }
      expect(seen.length, sort).toBe(await patientModel(ctx).countDocuments());
      expect(new Set(seen).size, sort).toBe(seen.length);
    }
    const first = await listPatients(ctx, patientListQuery.parse({}));
    const second = await listPatients(ctx, patientListQuery.parse({ after: first.after }));
    if (second.before) {
      const back = await listPatients(ctx, patientListQuery.parse({ before: second.before }));
      expect(back.patients.map(({ id }) => id)).toEqual(first.patients.map(({ id }) => id));
    }
    expect((await listPatients(ctx, patientListQuery.parse({ after: 'nonsense' }))).patients).toEqual(first.patients);
  });

  it('counts today’s registrations in the organization’s time zone', async () => {
    expect(await countRegisteredToday(ctx)).toBe(await patientModel(ctx).countDocuments());
    expect(await countRegisteredToday(ctx, new Date('2020-01-01'))).toBe(0);
  });

  it('serves every list from an index, without sorting in memory', async () => {
    const model = patientModel(ctx);
    const plans = await Promise.all([
      model.find({ nameKeys: /^sim/ }).sort({ sortName: 1, _id: 1 }).limit(10).explain('executionStats'),
      model.find({ phoneKey: /^9845/ }).limit(10).explain('executionStats'),
      model.find({}).sort({ createdAt: -1, _id: -1 }).limit(26).explain('executionStats'),
      model.find({}).sort({ sortName: 1, _id: 1 }).limit(26).explain('executionStats'),
    ]);
    for (const plan of plans) expect(JSON.stringify(plan)).not.toContain('COLLSCAN');
    expect(JSON.stringify(plans[2])).not.toContain('"SORT"');
    expect(JSON.stringify(plans[3])).not.toContain('"SORT"');
  });
});
