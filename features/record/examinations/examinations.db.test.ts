import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { growExaminations } from '@/features/fleet/migrations/grow-examinations';
import { findRecalls, listRecalls } from '@/features/frontdesk/recalls/queries';
import { recallQuery } from '@/features/frontdesk/recalls/schema';
import { dayChangeModel } from '@/features/patients/notes/model';
import { patientModel } from '@/features/patients/patients/model';
import { isSealed } from '@/lib/crypto/field-cipher';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { instantAt } from '@/lib/wall-clock';
import { expectIndexed } from '@/tests/assertions/explain';
import { anExamination } from '@/tests/builders/examination';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { aVisit } from '@/tests/builders/visit';
import { changesSince } from './eye-record';
import { examinationModel, examinationVersionModel, eyeRecordModel } from './model';
import {
  findExamination,
  findExaminationsOfPatient,
  findEyeRecord,
  listExaminationsOfPatient,
  listExaminationVersions,
} from './queries';
import { assessInput, measureInput, resolveProblemInput, signInput } from './schema';
import { assess, measure, resolveProblem, signExamination } from './service';

const ZONE = 'Asia/Kathmandu';
type Organization = Awaited<ReturnType<typeof testOrganization>>;
let a: Organization;
let b: Organization;
let optometrist: TenantContext;
let doctor: TenantContext;
const present = today(ZONE);
beforeAll(async () => {
  a = await testOrganization({ timeZone: ZONE });
  b = await testOrganization({ timeZone: ZONE });
  optometrist = a.ctx('optometrist');
  doctor = a.ctx('doctor');
});
afterAll(async () => {
  await a.dispose();
  await b.dispose();
  await closeConnections();
});

const patient = async (): Promise<string> => (await aPatient(doctor)).id;
const visit = async (patientId: string, daysAgo = 0): Promise<string> =>
  (await aVisit(doctor, { patientId }, instantAt(shiftDay(present, -daysAgo), '10:00', ZONE))).id;

const measured = (visitId: string, fields: Record<string, unknown>, version = 0) =>
  measure(optometrist, measureInput.parse({ visitId, version, ...fields }));
const assessed = (visitId: string, fields: Record<string, unknown>, version = 0) =>
  assess(doctor, assessInput.parse({ visitId, version, ...fields }));
const notes = async () => (await dayChangeModel(doctor).find().lean()).map(({ day }) => day).sort();

describe('an examination', () => {
  it('is nothing until something is written, and opening it writes nothing', async () => {
    const id = await visit(await patient());
    expect(await findExamination(doctor, id)).toBeNull();
    expect(await examinationModel(doctor).countDocuments({})).toBe(0);
  });

  it('is written by optometry and by the doctor at once without either losing a word', async () => {
    const patientId = await patient();
    const id = await visit(patientId);
    await measured(id, { 'right-unaided': '6/24' });
    await Promise.all([
      measured(id, { 'right-unaided': '6/12', 'pressure1-left': '24', 'pressure1-method': 'nct' }, 1),
      assessed(id, { diagnoses: ['H25.1:both'], plan: 'Surgery of the right eye' }),
    ]);
    const found = await findExamination(doctor, id);
    expect(found).toMatchObject({
      visitId: id,
      patientId,
      day: present,
      measurements: {
        right: { acuity: { unaided: { base: 95 } } },
        pressures: [{ left: { mmHg: 24 }, method: 'nct' }],
      },
      measured: { name: optometrist.actor.name },
      measurementsVersion: 2,
      assessment: { diagnoses: [{ code: 'H25.1', side: 'both' }], plan: 'Surgery of the right eye' },
      assessed: { name: doctor.actor.name },
      assessmentVersion: 1,
      signed: null,
    });
    expect(await examinationVersionModel(doctor).countDocuments({})).toBe(0);
  });

  it('is begun by both at the same moment, and both are in it', async () => {
    const patientId = await patient();
    for (let round = 0; round < 8; round++) {
      const id = await visit(patientId, 60 - round);
      await Promise.all([
        measured(id, { 'right-unaided': '6/12' }),
        assessed(id, { diagnoses: ['H52.1:both'] }),
      ]);
      expect(await findExamination(doctor, id)).toMatchObject({
        measurementsVersion: 1,
        assessmentVersion: 1,
        assessment: { diagnoses: [{ code: 'H52.1' }] },
      });
    }
  });

  it('keeps what the first has saved when two begin from the same', async () => {
    const id = await visit(await patient());
    const results = await Promise.allSettled([
      measured(id, { 'right-unaided': '6/24' }),
      measured(id, { 'right-unaided': '6/12' }),
      measured(id, { 'right-unaided': '6/6' }),
    ]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const one of results)
      if (one.status === 'rejected') expect(one.reason).toMatchObject({ code: 'CONFLICT' });
    await expect(measured(id, { 'right-unaided': '6/60' })).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining(optometrist.actor.name),
    });
    expect((await findExamination(doctor, id))?.measurementsVersion).toBe(1);
  });

  it('says nothing readable in the database', async () => {
    await anExamination(doctor, { assessed: { complaint: 'Sees double', diagnoses: ['H36.0:left'] } });
    const raw = await examinationModel(doctor).collection.findOne({
      day: present,
      assessment: { $exists: true },
    });
    expect(isSealed(String(raw?.measurements)) && isSealed(String(raw?.assessment))).toBe(true);
    expect(JSON.stringify(await examinationModel(doctor).collection.find({}).toArray())).not.toMatch(
      /Sees double|H36/,
    );
  });
});

describe('signing', () => {
  it('needs a diagnosis, is once, and afterwards a change needs a reason and keeps what was said', async () => {
    const id = await visit(await patient());
    await expect(signExamination(doctor, signInput.parse({ visitId: id, version: 0 }))).rejects.toMatchObject(
      {
        code: 'NOT_FOUND',
      },
    );
    await assessed(id, { complaint: 'Blurred' });
    await expect(signExamination(doctor, signInput.parse({ visitId: id, version: 1 }))).rejects.toMatchObject(
      {
        code: 'INVALID_INPUT',
      },
    );
    await assessed(id, { complaint: 'Blurred', diagnoses: ['H52.1:both'] }, 1);
    await expect(signExamination(doctor, signInput.parse({ visitId: id, version: 1 }))).rejects.toMatchObject(
      {
        code: 'CONFLICT',
      },
    );
    expect((await signExamination(doctor, signInput.parse({ visitId: id, version: 2 }))).signed?.name).toBe(
      doctor.actor.name,
    );
    await expect(signExamination(doctor, signInput.parse({ visitId: id, version: 2 }))).rejects.toMatchObject(
      {
        code: 'CONFLICT',
      },
    );
    await expect(assessed(id, { diagnoses: ['H52.0:both'] }, 2)).rejects.toMatchObject({
      code: 'INVALID_INPUT',
      field: 'reason',
    });
    expect((await findExamination(doctor, id))?.assessment.diagnoses[0]?.code).toBe('H52.1');
    const changed = await assessed(id, { diagnoses: ['H52.0:both'], reason: 'Wrong sign' }, 2);
    expect(changed).toMatchObject({
      amended: { name: doctor.actor.name },
      signed: { name: doctor.actor.name },
      assessmentVersion: 3,
    });
    expect(await listExaminationVersions(doctor, id)).toMatchObject([
      {
        section: 'assessment',
        assessment: { complaint: 'Blurred' },
        measurements: null,
        reason: 'Wrong sign',
      },
    ]);
  });
});

describe('what an earlier examination has read', () => {
  const beforeOf = async (id: string) => (await findExamination(doctor, id))?.before;

  it('follows late entries and corrections, and the days it changes are noted', async () => {
    const patientId = await patient();
    const [first, second, third] = [
      await visit(patientId, 40),
      await visit(patientId, 20),
      await visit(patientId, 5),
    ];
    await dayChangeModel(doctor).deleteMany({});
    await measured(third, { 'right-unaided': '6/9', 'left-unaided': '6/9' });
    expect(await notes()).toEqual([shiftDay(present, -5)]);
    expect(await beforeOf(third)).toEqual({});
    await dayChangeModel(doctor).deleteMany({});
    await measured(first, { 'right-unaided': '6/60', 'left-unaided': '6/36' });
    expect(await beforeOf(third)).toEqual({ right: 60, left: 71 });
    expect(await notes()).toEqual([shiftDay(present, -40), shiftDay(present, -5)].sort());
    // Only one eye: of the other the first is still the last known.
    await measured(second, { 'right-pinhole': '6/12' });
    expect(await beforeOf(second)).toEqual({ right: 60, left: 71 });
    expect(await beforeOf(third)).toEqual({ right: 95, left: 71 });
    await dayChangeModel(doctor).deleteMany({});
    await measured(first, { 'right-unaided': '6/60' }, 1);
    expect(await beforeOf(third)).toEqual({ right: 95 });
    expect(await notes()).toEqual([40, 20, 5].map((ago) => shiftDay(present, -ago)).sort());
    // A change that no later examination sees notes its own day alone.
    await dayChangeModel(doctor).deleteMany({});
    await measured(third, { 'right-unaided': '6/6' }, 1);
    expect(await notes()).toEqual([shiftDay(present, -5)]);
    expect(await patientModel(doctor).countDocuments({ _id: patientId, examinationRevision: 5 })).toBe(1);
  });

  it('comes out right when two visits of a patient are written at once', async () => {
    const patientId = await patient();
    const visits = [await visit(patientId, 9), await visit(patientId, 6), await visit(patientId, 3)];
    await Promise.all(
      visits.map((id, index) => measured(id, { 'right-unaided': ['6/60', '6/24', '6/6'][index] })),
    );
    expect(await Promise.all(visits.map(beforeOf))).toEqual([{}, { right: 60 }, { right: 80 }]);
  });
});

describe('reading', () => {
  it('answers a patient’s examinations by an index alone', async () => {
    const patientId = await patient();
    await Promise.all(
      [3, 2, 1].map(async (ago) => measured(await visit(patientId, ago), { 'pressure1-left': '15' })),
    );
    expect((await listExaminationsOfPatient(doctor, patientId)).map(({ day }) => day)).toEqual(
      [1, 2, 3].map((ago) => shiftDay(present, -ago)),
    );
    expectIndexed(await findExaminationsOfPatient(doctor, patientId).explain('executionStats'));
    expectIndexed(await examinationModel(doctor).find({ day: present }).explain('executionStats'));
  });

  it('gives another organization the same answer as for what does not exist', async () => {
    const id = await visit(await patient());
    await measured(id, { 'right-unaided': '6/24' });
    const other = b.ctx('doctor');
    expect(await findExamination(other, id)).toBeNull();
    expect(await listExaminationVersions(other, id)).toEqual([]);
    for (const visitId of [id, newObjectId().toString()])
      await expect(
        measure(other, measureInput.parse({ visitId, version: 0, 'right-unaided': '6/60' })),
      ).rejects.toMatchObject({ code: 'NOT_FOUND', message: 'We could not find that visit.' });
    await expect(findExamination(doctor, 'x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(await examinationModel(other).countDocuments({})).toBe(0);
  });
});

describe('what all visits of a patient come to', () => {
  it('has problems with their eyes and since when, the last figures, the target and what is due', async () => {
    const patientId = await patient();
    const [first, second] = [await visit(patientId, 200), await visit(patientId, 100)];
    const day = (ago: number) => shiftDay(present, -ago);
    await measured(second, { 'right-unaided': '6/18', 'pressure1-right': '24', 'pressure2-right': '25' });
    await assessed(first, { diagnoses: ['H40.1:right', '~Rare thing:left'], 'target-right': '18' });
    await measured(first, { 'right-unaided': '6/9', 'pressure1-right': '19', 'test-cct-right': '510' });
    await assessed(second, { diagnoses: ['H40.1:left'], reviewWeeks: '4', complaint: 'x' });
    const record = await findEyeRecord(doctor, patientId);
    expect(record).toEqual({
      problems: [
        {
          key: 'H40.1',
          name: 'Open-angle glaucoma',
          code: 'H40.1',
          side: 'both',
          since: day(200),
          last: day(100),
          resolved: null,
        },
        {
          key: 'rare thing',
          name: 'Rare thing',
          code: '',
          side: 'left',
          since: day(200),
          last: day(200),
          resolved: null,
        },
      ],
      acuity: { right: { base: 86, day: day(100) } },
      lens: {},
      pressure: { right: { mmHg: 24.5, day: day(100) } },
      targets: { right: { mmHg: 18, day: day(200) } },
      thickness: { right: { micrometres: 510, day: day(200) } },
      orders: null,
      review: { day: day(72), from: day(100) },
    });
    const all = await listExaminationsOfPatient(doctor, patientId);
    expect(changesSince(all, record, present)).toEqual([
      'The right eye sees two lines or more worse.',
      'Pressure of the right eye 24.5, above its target of 18.',
      'The visit that the doctor asked for is overdue.',
    ]);
    // Records of before have none: it is read from the visits, and says the same.
    await eyeRecordModel(doctor).deleteOne({ _id: patientId });
    expect(await findEyeRecord(doctor, patientId)).toEqual(record);
  });

  it('lets a problem be over until a later visit names it again, and is sealed', async () => {
    const patientId = await patient();
    await assessed(await visit(patientId, 30), { diagnoses: ['H10.3:both', '~Unheard of thing:none'] });
    const resolve = (key: string, isResolved: 'yes' | 'no') =>
      resolveProblem(doctor, resolveProblemInput.parse({ patientId, key, isResolved }));
    const over = await resolve('H10.3', 'yes');
    expect(over.problems[0]).toMatchObject({
      key: 'H10.3',
      resolved: { on: present, byName: doctor.actor.name },
    });
    expect((await resolve('H10.3', 'no')).problems.every(({ resolved }) => resolved === null)).toBe(true);
    await expect(resolve('H52.1', 'yes')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const raw = await eyeRecordModel(doctor).collection.find({}).toArray();
    expect(JSON.stringify(raw)).not.toMatch(/Unheard|H10\.3/);
  });

  it('puts whom the doctor asks back on the list of that month, until they book or come', async () => {
    const patientId = await patient();
    const id = await visit(patientId, 7);
    await assessed(id, { diagnoses: ['H40.1:both'], reviewWeeks: '1' });
    const features = { ...doctor.organization.features, enableAnalytics: true };
    const desk = { ...doctor, organization: { ...doctor.organization, features } };
    const due = { months: '0' as const, due: present.slice(0, 7) };
    const listed = async () => (await listRecalls(desk, recallQuery.parse(due))).patients;
    expect(await listed()).toMatchObject([{ id: patientId, dueDay: present }]);
    expectIndexed(await findRecalls(doctor, recallQuery.parse(due)).find.explain('executionStats'));
    await assessed(id, { diagnoses: ['H40.1:both'] }, 1);
    expect(await listed()).toEqual([]);
    await assessed(id, { diagnoses: ['H40.1:both'], reviewWeeks: '1' }, 2);
    expect(await listed()).toHaveLength(1);
    await visit(patientId);
    expect(await listed()).toEqual([]);
  });
});

describe('records of before', () => {
  it('are brought to the format of today by the migration, sealed, each value as it was; twice changes nothing', async () => {
    const id = await anExamination(doctor, { isSigned: true });
    await measured(id, { 'right-unaided': '6/9', reason: 'Read again' }, 1);
    const former = JSON.stringify({
      right: { acuity: { unaided: 95 }, refraction: { sphere: -5, cylinder: 0 }, pressure: 23 },
      left: { acuity: { refraction: 3 } },
      tonometer: 'perkins',
    });
    await examinationModel(doctor).updateOne({ _id: id }, { $set: { measurements: former } });
    const changes: number[] = [];
    const run = () =>
      growExaminations(doctor.db, { from: null, done: async (_, changed) => void changes.push(changed) });
    const before = await findExamination(doctor, id);
    await run();
    await run();
    expect(changes.filter((count) => count > 0)).toEqual([1]);
    expect(await findExamination(doctor, id)).toEqual(before);
    expect(before?.measurements).toMatchObject({
      right: { acuity: { unaided: { base: 95 } } },
      left: { acuity: { refraction: { base: 3 } } },
      refractions: [{ kind: 'other', right: { sphere: -5, cylinder: 0 } }],
      pressures: [{ right: { mmHg: 23 }, method: 'perkins' }],
    });
    const stored = await examinationModel(doctor).findById(id).select('measurements').lean();
    expect(stored?.measurements).toContain('"format":2');
    const raw = await examinationModel(doctor).collection.findOne({ _id: objectId(id) });
    expect(isSealed(String(raw?.measurements))).toBe(true);
  });
});
