import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { lastNumber, nextNumber } from '@/lib/tenancy/counters';
import { shiftDay, today } from '@/lib/time';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { patientModel } from './model';
import {
  countRegisteredToday,
  eachPatient,
  findDuplicates,
  findNamesakes,
  findPatients,
  getPatient,
  listPatients,
  PATIENT_COUNTER,
} from './queries';
import { patientListQuery, recordDeathInput, registerPatientInput, updatePatientInput } from './schema';
import {
  recordDeath,
  recordLastVisit,
  registerPatient,
  setPatientActive,
  undoDeath,
  updatePatient,
} from './service';
import { contactTokens } from './tokens';

const typed = {
  firstName: 'Lakshmi',
  lastName: 'Iyer',
  phone: '98450 11111',
  dateOfBirth: '1958-03-14',
  sex: 'female',
} as const;
const person = (facts: Record<string, string> = {}) =>
  registerPatientInput.parse({ ...typed, allowDuplicate: 'yes', ...facts });

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: TenantContext;

const register = (facts: Record<string, string> = {}) => aPatient(ctx, { ...typed, ...facts });
const found = async (text: string) => (await findPatients(ctx, text)).map(({ id }) => id);

beforeAll(async () => {
  org = await testOrganization();
  ctx = org.ctx('receptionist');
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

describe('registering', () => {
  it('gives twenty simultaneous registrations twenty consecutive numbers', async () => {
    const made = await Promise.all(
      Array.from({ length: 20 }, (_, index) =>
        register({ firstName: `Sim${index}`, phone: `90000 00${100 + index}` }),
      ),
    );
    const numbers = made.map(({ number }) => number).sort();
    expect(numbers).toEqual(
      Array.from({ length: 20 }, (_, index) => `P-${String(index + 1).padStart(6, '0')}`),
    );
  });

  it('warns of the same person once, and lets the receptionist decide', async () => {
    const facts = { firstName: 'Anil', lastName: 'Kapoor', phone: '91111 22222', dateOfBirth: '1970-01-02' };
    const first = await register(facts);
    const before = await lastNumber(ctx, PATIENT_COUNTER);
    const again = {
      ...person({ ...facts, lastName: 'Kapur', phone: '+91 91111-22222' }),
      allowDuplicate: false,
    };
    const answer = await registerPatient(ctx, again);
    expect(answer).toMatchObject({
      kind: 'duplicates',
      duplicates: [{ id: first.id, reason: 'Same phone, name and birth date', isLikely: true }],
    });
    expect(await lastNumber(ctx, PATIENT_COUNTER)).toBe(before);
    expect(await registerPatient(ctx, { ...again, allowDuplicate: true })).toMatchObject({
      kind: 'registered',
    });
  });

  it('shows who shares the phone without holding up a family', async () => {
    const wife = { firstName: 'Sunita', lastName: 'Rana', phone: '91111 22222', dateOfBirth: '1975-05-05' };
    const shared = await findDuplicates(ctx, wife);
    expect(shared.map(({ reason, isLikely }) => [reason, isLikely])).toEqual([
      ['Same phone', false],
      ['Same phone', false],
    ]);
    expect(await registerPatient(ctx, { ...person(wife), allowDuplicate: false })).toMatchObject({
      kind: 'registered',
    });
  });

  it('finds the same name and birth under another phone', async () => {
    const facts = { firstName: 'Zubin', lastName: 'Mistry', dateOfBirth: '1966-06-06' };
    const { id } = await register({ ...facts, phone: '93333 00001' });
    const same = await findDuplicates(ctx, { ...facts, phone: '93333 99999' });
    expect(same).toMatchObject([{ id, reason: 'Same name and birth date', isLikely: true }]);
    expect(await findDuplicates(ctx, { ...facts, phone: '93333 99999' }, id)).toEqual([]);
    expect(await findDuplicates(ctx, { ...facts, phone: '', dateOfBirth: '1966-06-07' })).toEqual([]);
    expect(await findDuplicates(ctx, { firstName: '', lastName: '', phone: '', dateOfBirth: '' })).toEqual(
      [],
    );
  });

  it('does not stop people of one initial or one family name who are as old as each other', async () => {
    const born = { dateOfBirth: '1981-01-01', isBirthEstimated: 'on' };
    await register({ firstName: 'R', lastName: 'Devi', phone: '98450 25001', ...born });
    await register({ firstName: 'M', lastName: 'Kumar', phone: '98450 25002', ...born });
    for (const [firstName, lastName] of [
      ['R', 'Kumar'],
      ['M', 'Singh'],
      ['S', 'Kumar'],
    ] as const) {
      const answer = await registerPatient(ctx, {
        ...person({ firstName, lastName, phone: `98450 26${firstName.charCodeAt(0)}0`, ...born }),
        allowDuplicate: false,
      });
      expect(answer.kind, `${firstName} ${lastName}`).toBe('registered');
    }
    const again = await findDuplicates(ctx, { firstName: 'R', lastName: 'Devi', phone: '', ...born });
    expect(again).toMatchObject([{ name: 'R Devi', isLikely: true, reason: 'Same name and birth date' }]);
  });

  it('finds the same person among however many of one family name and age', async () => {
    const born = { dateOfBirth: '1982-01-01', isBirthEstimated: 'on' };
    await Promise.all(
      Array.from({ length: 25 }, (_, index) =>
        register({ firstName: `Aa${index}`, lastName: 'Kumar', phone: `98450 27${100 + index}`, ...born }),
      ),
    );
    const { id } = await register({ firstName: 'Zubin', lastName: 'Kumar', phone: '98450 28000', ...born });
    const twice = { firstName: 'Zubin', lastName: 'Kumar', phone: '98450 29000', ...born };
    expect(await findDuplicates(ctx, twice)).toMatchObject([{ id, isLikely: true }]);
  });

  it('knows today in the organization’s time zone', async () => {
    const tomorrow = shiftDay(today(ctx.timeZone), 1);
    const input = { ...person(), dateOfBirth: tomorrow };
    await expect(registerPatient(ctx, input)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'dateOfBirth',
    });
  });
});

describe('search', () => {
  it('finds by beginnings of names in any order, phone in any form, number in any form and birth', async () => {
    const { id, number } = await register({
      firstName: 'Zoë Ana',
      lastName: "Nuñez O'Brien",
      phone: '+91 70000 12345',
      alternatePhone: '044-2345 678',
      email: 'Zoe@Nunez.test',
      dateOfBirth: '1991-07-09',
    });
    const count = String(Number(number.slice(2)));
    const names = [
      'zoe',
      'ZOË',
      'nun',
      'Zoë Nuñez',
      'nunez zo',
      'zo nu',
      '  zoe   ana ',
      'obrien',
      "o'brien",
      'zoe nunez obrien',
      'ana nun zo',
    ];
    const phones = [
      '70000 12345',
      '+91 70000-12345',
      '070000 12345',
      '+91 7000',
      '7000012',
      '0442345678',
      '2345',
      '012345',
      '5678',
    ];
    const numbers = [number, number.toLowerCase(), `p${count}`, `P ${count}`, count, number.slice(0, -1)];
    const births = ['09/07/1991', '9.7.1991', 'zoe 09/07/1991', '1991-07-09'];
    for (const text of [...names, ...phones, ...numbers, ...births, 'zoe@nunez.test'])
      expect(await found(text), text).toContain(id);
    for (const text of [
      '{"$ne":null}',
      '{"$gt":""}',
      '.*',
      '^',
      '.',
      'oe',
      '12345 6',
      'zoe 10/07/1991',
      '$where',
    ])
      expect(await found(text), text).not.toContain(id);
  });

  it('joins and parts names that are written both ways', async () => {
    const { id } = await register({ firstName: 'Ravikumar', lastName: 'Pillai', phone: '94444 00001' });
    expect(await found('ravi kumar')).toContain(id);
  });

  it('finds who is spelled otherwise or in another script, after those who are spelled so', async () => {
    const one = await register({ firstName: 'Lakshmy', lastName: 'Gehlott', phone: '91111 00001' });
    const other = await register({ firstName: 'Laxmi', lastName: 'Gehlot', phone: '91111 00002' });
    const saroj = await register({ firstName: 'सरोज', lastName: 'Devi', phone: '91111 00003' });
    expect(await found('Laxmi Geh')).toEqual([other.id, one.id]);
    expect(await found('lakhsmi gehlot')).toEqual(expect.arrayContaining([one.id, other.id]));
    expect(await found('saroj')).toEqual([saroj.id]);
    expect(await found('Lalita Gehlot')).toEqual([]);
    // Of letters that nobody speaks two consonants are left, which are in half of the names.
    const shaikh = await register({ firstName: 'Shaikh', lastName: 'Gaus', phone: '91111 00009' });
    expect(await found('sheikh')).toEqual([shaikh.id]);
    expect(await found('zzzzqq')).toEqual([]);
    // A beginning of a few letters sounds like half of the town.
    expect(await found('lax')).toEqual([other.id]);
  });

  it('finds by a name and the year of birth', async () => {
    const old = await register({ firstName: 'Yearly', dateOfBirth: '1958-12-31', phone: '91111 00004' });
    const young = await register({ firstName: 'Yearly', dateOfBirth: '1999-01-01', phone: '91111 00005' });
    expect(await found('yearly 1958')).toEqual([old.id]);
    expect(await found('Yearlie 1999')).toEqual([young.id]);
    expect(await found('yearly 1957')).toEqual([]);
  });

  it('finds names in other scripts', async () => {
    const { id } = await register({ firstName: 'लक्ष्मी', lastName: 'अय्यर', phone: '94444 00002' });
    expect(await found('लक्ष्')).toContain(id);
    expect(await found('अय्यर लक्ष्मी')).toContain(id);
  });

  it('puts the patient with that number first', async () => {
    const { number } = await register({ firstName: 'First', phone: '95555 00001' });
    const count = String(Number(number.slice(2)));
    await register({ firstName: 'Aaron', phone: `${count}5555 00001` });
    expect((await findPatients(ctx, count))[0]?.number).toBe(number);
  });

  it('offers no inactive patients, but lists them', async () => {
    const { id } = await register({ firstName: 'Quentin', phone: '95555 00002' });
    await setPatientActive(ctx, id, false);
    expect(await found('quentin')).toEqual([]);
    expect((await listPatients(ctx, patientListQuery.parse({ q: 'quentin' }))).patients).toMatchObject([
      { id, isActive: false },
    ]);
    await setPatientActive(ctx, id, true);
    expect(await found('quentin')).toEqual([id]);
  });
});

describe('one patient', () => {
  it('refuses a stale edit and keeps the colleague’s', async () => {
    const patient = await register({ firstName: 'Edit', phone: '92222 33333', city: 'Pune' });
    const edit = (facts: Record<string, string>) =>
      updatePatientInput.parse({ ...typed, patientId: patient.id, version: '0', ...facts });
    const [one, other] = await Promise.allSettled([
      updatePatient(ctx, edit({ firstName: 'First' })),
      updatePatient(org.ctx('doctor'), edit({ firstName: 'Second' })),
    ]);
    expect([one.status, other.status].sort()).toEqual(['fulfilled', 'rejected']);
    const refused = one.status === 'rejected' ? one : other;
    expect(refused).toMatchObject({
      reason: { code: 'CONFLICT', message: expect.stringMatching(/^Test (doctor|receptionist) has changed/) },
    });
    const saved = await getPatient(ctx, patient.id);
    expect(saved).toMatchObject({ version: 1, city: null });
    expect(await found(saved.firstName)).toContain(patient.id);
    expect(await found('edit')).not.toContain(patient.id);
  });

  it('remembers the last visit without disturbing an edit', async () => {
    const patient = await register({ firstName: 'Visit', phone: '92222 44444' });
    await recordLastVisit(ctx, patient.id, new Date('2026-02-02T10:00:00Z'));
    await recordLastVisit(ctx, patient.id, new Date('2026-01-01T10:00:00Z'));
    expect(await getPatient(ctx, patient.id)).toMatchObject({
      lastVisitAt: '2026-02-02T10:00:00.000Z',
      version: 0,
    });
  });

  it('answers a malformed, a missing and a foreign id alike', async () => {
    const other = await testOrganization();
    const foreign = await registerPatient(other.ctx('receptionist'), person());
    const foreignId = foreign.kind === 'registered' ? foreign.patient.id : '';
    expect(foreignId).toHaveLength(24);
    const answer = { code: 'NOT_FOUND', message: 'We could not find that patient.' };
    for (const id of ['nonsense', '', '0'.repeat(24), org.organizationId, foreignId]) {
      await expect(getPatient(ctx, id)).rejects.toMatchObject(answer);
      await expect(setPatientActive(ctx, id, false)).rejects.toMatchObject(answer);
    }
    const edit = updatePatientInput.parse({ ...typed, patientId: foreignId, version: '0' });
    await expect(updatePatient(ctx, edit)).rejects.toMatchObject(answer);
    await other.dispose();
  });
});

describe('the list', () => {
  it('pages forward and back without losing or repeating anybody', async () => {
    await Promise.all(
      Array.from({ length: 40 }, (_, index) =>
        register({ firstName: 'Same', phone: `96666 00${100 + index}` }),
      ),
    );
    // A number that was taken and never used must not hide anybody.
    for (let gap = 0; gap < 90; gap++) await nextNumber(ctx, PATIENT_COUNTER);
    await register({ firstName: 'After', phone: '96666 99999' });
    for (const sort of ['-registered', 'registered', 'name', '-name']) {
      const pages: string[][] = [];
      let query = patientListQuery.parse({ sort });
      for (;;) {
        const page = await listPatients(ctx, query);
        pages.push(page.patients.map(({ id }) => id));
        if (!page.after) break;
        query = patientListQuery.parse({ sort, after: page.after });
      }
      const seen = pages.flat();
      expect(seen.length, sort).toBe(await patientModel(ctx).countDocuments());
      expect(new Set(seen).size, sort).toBe(seen.length);

      let { before } = await listPatients(ctx, query);
      for (const expected of pages.slice(0, -1).reverse()) {
        const back = await listPatients(ctx, patientListQuery.parse({ sort, before }));
        expect(
          back.patients.map(({ id }) => id),
          sort,
        ).toEqual(expected);
        before = back.before;
      }
      expect(before, sort).toBeNull();
    }
    const first = await listPatients(ctx, patientListQuery.parse({}));
    const wrong = Buffer.from('[{"$gt":0}]').toString('base64url');
    for (const after of ['nonsense', wrong]) {
      expect((await listPatients(ctx, patientListQuery.parse({ after }))).patients).toEqual(first.patients);
    }
  });

  it('exports everybody in the order of registration', async () => {
    const numbers: string[] = [];
    for await (const { number } of eachPatient(ctx)) numbers.push(number);
    expect(numbers.length).toBe(await patientModel(ctx).countDocuments());
    expect(numbers).toEqual([...numbers].sort());
  });

  it('counts today’s registrations in the organization’s time zone', async () => {
    const known = await patientModel(ctx).countDocuments();
    expect(await countRegisteredToday(ctx)).toBe(known);
    // A sample patient is in no figure, as in the reports.
    const { _id: _none, ...one } = await patientModel(ctx).findOne().orFail().lean();
    await patientModel(ctx).create({ ...one, number: 'SAMPLE-9', sequence: -9, createdAt: new Date() });
    expect(await countRegisteredToday(ctx)).toBe(known);
    await patientModel(ctx).deleteOne({ sequence: -9 });
    expect(await countRegisteredToday(ctx, new Date('2020-01-01'))).toBe(0);
  });

  it('serves every query from an index, without sorting in memory or reading more than it shows', async () => {
    const model = patientModel(ctx);
    const last = await lastNumber(ctx, PATIENT_COUNTER);
    const [beginning = '', end = ''] = await contactTokens(ctx.organizationId, ['begins 96666', 'ends 0100']);
    const queries = {
      name: model.find({ nameKeys: /^same iyer/ }).limit(11),
      beginning: model.find({ nameKeys: /^sa/ }).limit(11),
      phone: model.find({ contactTokens: beginning }).limit(11),
      'end of a phone': model.find({ contactTokens: end }).limit(11),
      number: model.find({ number: 'P-000007' }).limit(11),
      birth: model.find({ dateOfBirth: '1958-03-14', nameKeys: /^sim/ }).limit(11),
      sound: model.find({ soundKeys: /^sm ar/ }).limit(11),
      'sound and year': model
        .find({ soundKeys: /^lksm/, dateOfBirth: op({ $gte: '1958-01-01', $lte: '1958-12-31' }) })
        .limit(11),
      newest: model
        .find({ sequence: op({ $lt: last, $gte: 0 }) })
        .sort({ sequence: -1 })
        .limit(26),
      byName: model.find({}).sort({ sortName: 1, _id: 1 }).limit(26),
      today: model.find({ createdAt: op({ $gte: new Date(0) }), sequence: op({ $gt: 0 }) }).limit(5),
    };
    for (const [name, query] of Object.entries(queries)) {
      const plan = JSON.parse(JSON.stringify(await query.explain('executionStats')));
      const { nReturned, totalKeysExamined, totalDocsExamined } = plan.executionStats;
      const text = JSON.stringify(plan.queryPlanner.winningPlan);
      expect(text, name).toContain('IXSCAN');
      expect(text, name).not.toMatch(/COLLSCAN|"SORT"/);
      expect(nReturned, name).toBeGreaterThan(0);
      expect(totalKeysExamined, name).toBeLessThanOrEqual(2 * nReturned + 10);
      expect(totalDocsExamined, name).toBeLessThanOrEqual(2 * nReturned + 10);
    }
  });
});

describe('counters', () => {
  it('give each number once inside simultaneous transactions, from the very first use', async () => {
    const numbers = await Promise.all(
      Array.from({ length: 10 }, () =>
        ctx.db.transaction((session) => nextNumber(ctx, 'test:tokens', session)),
      ),
    );
    expect(numbers.sort((a, b) => a - b)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  });

  it('take a number back when its transaction fails', async () => {
    const failed = ctx.db.transaction(async (session) => {
      await nextNumber(ctx, 'test:rolled-back', session);
      throw new Error('changed my mind');
    });
    await expect(failed).rejects.toThrow('changed my mind');
    expect(await nextNumber(ctx, 'test:rolled-back')).toBe(1);
  });
});

describe('what else is known of a patient', () => {
  const facts = {
    firstName: 'Ponnamma',
    lastName: '',
    phone: '',
    noPhoneReason: 'none',
    otherNumbers: 'OPD/2019-443; REG-2025-000123',
    abhaNumber: '91 1234 5678 9012',
    guardianPhone: '97777 12312',
    guardianRelation: 'Daughter',
    bloodGroup: 'AB-',
    village: 'Kadakkal',
    district: 'Kollam',
    region: 'Kerala',
    postalCode: '691536',
  };

  it('needs no second name and no phone, but then a reason', async () => {
    const parsed = registerPatientInput.safeParse({ ...typed, ...facts, noPhoneReason: '' });
    expect(parsed.error?.issues).toMatchObject([{ path: ['phone'] }]);
    const one = await register(facts);
    expect(one).toMatchObject({
      name: 'Ponnamma',
      phone: '',
      noPhoneReason: 'none',
      abhaNumber: '91-1234-5678-9012',
      village: 'Kadakkal',
      flags: [],
    });
    // Nobody shares "no phone" with anybody.
    expect(await findDuplicates(ctx, { ...facts, phone: '', dateOfBirth: '1931-01-01' })).toEqual([]);
  });

  it('is found by each number in full, however it is written, and by none in part', async () => {
    const { id } = await register({
      ...facts,
      otherNumbers: 'OPD/77-90210, old 5512',
      abhaNumber: '12345678901234',
    });
    for (const text of ['OPD/77-90210', 'opd 7790210', 'OLD5512', '12-3456-7890-1234', '97777 12312'])
      expect(await found(text), text).toContain(id);
    for (const text of ['OPD/77', '12-3456', '5512 x']) expect(await found(text), text).not.toContain(id);
  });

  it('is emptied again, and flags are of the list', async () => {
    const one = await register({ ...facts, otherNumbers: 'X-1' });
    const given = { ...typed, patientId: one.id, version: '0', flags: ['infection', 'only-left-eye'] };
    const kept = await updatePatient(ctx, updatePatientInput.parse(given));
    expect(kept).toMatchObject({
      ...{ phone: typed.phone, noPhoneReason: null, otherNumbers: null, abhaNumber: null, village: null },
      flags: ['only-left-eye', 'infection'],
    });
    expect(await found('X-1')).not.toContain(one.id);
    expect(updatePatientInput.safeParse({ ...given, flags: ['tall'] }).success).toBe(false);
  });

  it('refuses an Aadhaar number and a name without letters', () => {
    const issue = (more: Record<string, string>) =>
      registerPatientInput.safeParse({ ...typed, ...more }).error?.issues[0]?.message;
    expect(issue({ abhaNumber: '1234 5678 9012' })).toMatch(/Aadhaar/);
    expect(issue({ firstName: '.' })).toBe('Write the name in letters.');
  });
});

describe('a death', () => {
  it('makes the record inactive, has a day that can be, and can be taken back', async () => {
    const { id: patientId } = await register({ dateOfBirth: '1950-01-01' });
    const record = (deceasedOn: string) =>
      recordDeath(ctx, recordDeathInput.parse({ patientId, deceasedOn }));
    await expect(record(shiftDay(today(ctx.timeZone), 1))).rejects.toMatchObject({ field: 'deceasedOn' });
    expect(await record('2020-02-02')).toMatchObject({ deceasedOn: '2020-02-02', isActive: false });
    expect(await undoDeath(ctx, { patientId })).toMatchObject({ deceasedOn: null, isActive: true });
    // A form without the day says nothing, least of all that somebody lives.
    expect(recordDeathInput.safeParse({ patientId, deceasedOn: '' }).error?.issues[0]?.message).toBe(
      'Enter a date.',
    );
  });
});

describe('people of the same name', () => {
  it('are found whatever the order of their names, without the patient and without those of one name', async () => {
    const one = await register({ firstName: 'Qamar', lastName: 'Zaidi' });
    const other = await register({ firstName: 'Zaidi', lastName: 'Qamar' });
    expect((await findNamesakes(ctx, one)).map(({ id }) => id)).toEqual([other.id]);
    expect(await findNamesakes(ctx, { ...one, firstName: 'Qamar', lastName: '' })).toEqual([]);
  });
});
