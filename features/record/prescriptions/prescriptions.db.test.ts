import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { staffModel } from '@/features/identity/staff/model';
import { saveHistoryInput } from '@/features/patients/histories/schema';
import { saveHistory } from '@/features/patients/histories/service';
import { addMedicineInput } from '@/features/pharmacy/medicines/schema';
import { addMedicine } from '@/features/pharmacy/medicines/service';
import { isSealed } from '@/lib/crypto/field-cipher';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { anExamination } from '@/tests/builders/examination';
import { aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aLine, aRegistration, sheetOf } from '@/tests/builders/prescription';
import { aVisit } from '@/tests/builders/visit';
import { prescriptionModel, prescriptionVersionModel } from './model';
import {
  findPrescriptionSets,
  findPrescriptionsOfPatient,
  findPrescriptionsOfVisit,
  getPrescription,
  listMedicinesNow,
  listPrescriptionSets,
  listPrescriptionsOfVisit,
  listPrescriptionVersions,
  safetyFactsOf,
} from './queries';
import { savePrescriptionInput } from './schema';
import { savePrescription, signPrescription } from './service/save-prescription';
import { addStarterSets, deletePrescriptionSet, savePrescriptionSet } from './service/sets';
import { voidPrescription } from './service/void-prescription';

type Organization = Awaited<ReturnType<typeof testOrganization>>;
let a: Organization;
let b: Organization;
let doctor: TenantContext;
let nurse: TenantContext;
beforeAll(async () => {
  a = await testOrganization();
  b = await testOrganization();
  doctor = a.ctx('doctor');
  nurse = a.ctx('optometrist');
  await aRegistration(doctor, 'TN-4711');
});
afterAll(async () => {
  await a.dispose();
  await b.dispose();
  await closeConnections();
});

type Typed = Record<string, unknown>;
const input = (visitId: string, lines: Typed[], rest: Typed = {}) =>
  savePrescriptionInput.parse({
    visitId,
    version: 0,
    requestKey: randomUUID(),
    ...rest,
    sheet: sheetOf(lines, rest.sheet as Typed),
  });

describe('a prescription', () => {
  it('is written, signed with the registration number, and sealed in the database', async () => {
    const { id: visitId } = await aVisit(doctor);
    const draft = await savePrescription(doctor, input(visitId, [aLine()]));
    expect(draft).toMatchObject({ status: 'draft', signed: null, dispenseStatus: 'none', version: 1 });
    const rest = { prescriptionId: draft.id, version: 1 };
    const signed = await signPrescription(doctor, input(visitId, [aLine({ note: 'Shake' })], rest));
    expect(signed).toMatchObject({
      id: draft.id,
      status: 'active',
      dispenseStatus: 'waiting',
      signed: { name: doctor.actor.name, registrationNumber: 'TN-4711' },
      lines: [{ name: 'Moxifloxacin', note: 'Shake' }],
    });
    const raw = await prescriptionModel(doctor).collection.findOne({ _id: objectId(draft.id) });
    expect(isSealed(String(raw?.content))).toBe(true);
  });

  it('happens once for a press that arrives several times, also at the same moment', async () => {
    const { id: visitId } = await aVisit(doctor);
    const press = input(visitId, [aLine()]);
    const all = await Promise.all([1, 2, 3].map(() => signPrescription(doctor, press)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    expect(await signPrescription(doctor, press)).toMatchObject({ version: 1 });
    expect(await listPrescriptionsOfVisit(doctor, visitId)).toHaveLength(1);
  });

  it('signs what was only saved, and keeps what was changed since, when the same sheet is pressed again', async () => {
    const { id: visitId } = await aVisit(doctor);
    // The answer to the first press was lost: the sheet still has the first key and the first version.
    const requestKey = randomUUID();
    const line = aLine();
    const draft = await savePrescription(doctor, input(visitId, [line], { requestKey }));
    const press = input(visitId, [line], { requestKey });
    expect(await signPrescription(doctor, press)).toMatchObject({
      id: draft.id,
      status: 'active',
      version: 2,
    });
    expect(await signPrescription(doctor, press)).toMatchObject({ version: 2 });
    const more = input(visitId, [line, aLine({ name: 'Tobramycin' })], { requestKey, reason: 'More' });
    const changed = await signPrescription(doctor, more);
    expect(changed).toMatchObject({ version: 3, lines: [{ name: 'Moxifloxacin' }, { name: 'Tobramycin' }] });
    expect(await listPrescriptionsOfVisit(doctor, visitId)).toHaveLength(1);
    // Somebody else in between: then the version counts again.
    const other = input(visitId, [line], { prescriptionId: draft.id, version: 3, reason: 'Less' });
    await signPrescription(doctor, other);
    await expect(signPrescription(doctor, more)).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('is one of a visit at a time, and a stale page changes nothing', async () => {
    const { id: visitId } = await aVisit(doctor);
    const first = await savePrescription(doctor, input(visitId, [aLine()]));
    await expect(savePrescription(doctor, input(visitId, [aLine()]))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    const stale = { prescriptionId: first.id, version: 0 };
    await expect(savePrescription(doctor, input(visitId, [], stale))).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect(await getPrescription(doctor, first.id)).toEqual(first);
  });

  it('is signed only by who has a registration number', async () => {
    const { id: visitId } = await aVisit(doctor);
    await expect(signPrescription(nurse, input(visitId, [aLine()]))).rejects.toMatchObject({
      code: 'FORBIDDEN',
    });
    expect(await listPrescriptionsOfVisit(doctor, visitId)).toEqual([]);
  });

  it('has of the formulary what the formulary says, whatever the browser sent', async () => {
    const medicine = await aMedicine(doctor, { name: 'Natamycin', strength: '5 %' });
    const { id: visitId } = await aVisit(doctor);
    const sent = aLine({ medicineId: medicine.id, name: 'Something else', strength: '9 %', form: 'tablet' });
    const made = await signPrescription(doctor, input(visitId, [sent]));
    expect(made.lines).toMatchObject([{ name: 'Natamycin', strength: '5 %', form: 'drop', unit: 'bottle' }]);
    const foreign = await addMedicine(b.ctx(), addMedicineInput.parse({ ...medicineOfB }));
    const { id: other } = await aVisit(doctor);
    const strange = input(other, [aLine({ medicineId: foreign.id })]);
    await expect(signPrescription(doctor, strange)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('computes the quantity again where the formulary counts otherwise than the sheet did', async () => {
    const strip = await aMedicine(doctor, { name: 'Acetazolamide', form: 'tablet', unit: 'strip' });
    const { id: visitId } = await aVisit(doctor);
    const steps = [{ quarters: 4, frequency: 'bd', days: 5 }];
    const line = aLine({
      medicineId: strip.id,
      unit: 'tablet',
      site: 'oral',
      form: 'tablet',
      steps,
      quantity: 10,
    });
    const made = await signPrescription(doctor, input(visitId, [line]));
    expect(made.lines).toMatchObject([{ unit: 'strip', quantity: 1 }]);
    // What somebody has written by hand in the unit of the formulary stays.
    const rest = { prescriptionId: made.id, version: 1, reason: 'More' };
    const more = await signPrescription(
      doctor,
      input(visitId, [{ ...line, unit: 'strip', quantity: 4 }], rest),
    );
    expect(more.lines).toMatchObject([{ unit: 'strip', quantity: 4 }]);
  });

  it('goes on without an end only in its last step', () => {
    const steps = [
      { quarters: 4, frequency: 'qid', days: null },
      { quarters: 4, frequency: 'bd', days: 7 },
    ];
    expect(() => input('a'.repeat(24), [aLine({ steps })])).toThrow(/Only the last step/);
    expect(() => input('a'.repeat(24), [aLine({ steps: steps.toReversed() })])).not.toThrow();
  });

  it('keeps what was signed when it is changed, and wants to know why', async () => {
    const { id: visitId } = await aVisit(doctor);
    const first = await signPrescription(doctor, input(visitId, [aLine()]));
    const change = (rest: Typed) =>
      signPrescription(
        doctor,
        input(visitId, [aLine({ name: 'Tobramycin' })], { prescriptionId: first.id, version: 1, ...rest }),
      );
    await expect(change({})).rejects.toMatchObject({ code: 'INVALID_INPUT' });
    expect(await listPrescriptionVersions(doctor, first.id)).toEqual([]);
    const changed = await change({ reason: 'Not in stock' });
    expect(changed).toMatchObject({ version: 2, lines: [{ name: 'Tobramycin' }], signed: first.signed });
    expect(await listPrescriptionVersions(doctor, first.id)).toMatchObject([
      { version: 1, lines: [{ name: 'Moxifloxacin' }], reason: 'Not in stock' },
    ]);
    const [raw] = await prescriptionVersionModel(doctor).collection.find().toArray();
    expect(isSealed(String(raw?.reason)) && isSealed(String(raw?.content))).toBe(true);
    const kept = { prescriptionId: objectId(first.id) };
    expect(await prescriptionVersionModel(doctor).countDocuments(kept)).toBe(1);
  });

  it('is void with a reason; then the visit may have another', async () => {
    const { id: visitId } = await aVisit(doctor);
    const first = await signPrescription(doctor, input(visitId, [aLine()]));
    const reason = 'Wrong patient';
    const voided = await voidPrescription(doctor, { prescriptionId: first.id, version: 1, reason });
    expect(voided).toMatchObject({ status: 'cancelled', dispenseStatus: 'none', voided: { reason } });
    await expect(
      voidPrescription(doctor, { prescriptionId: first.id, version: 2, reason }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    const next = await signPrescription(doctor, input(visitId, [aLine()], { version: 2 }));
    // A page that shows the void one, or none, has another version than this one.
    expect(next.version).toBe(3);
    expect((await listPrescriptionsOfVisit(doctor, visitId)).map(({ status }) => status)).toEqual([
      'active',
      'cancelled',
    ]);
  });

  it('is not there for another organization', async () => {
    const { id: visitId } = await aVisit(doctor);
    const { id } = await signPrescription(doctor, input(visitId, [aLine()]));
    await expect(getPrescription(b.ctx(), id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });
});

const medicineOfB = { name: 'Of B', form: 'drop', unit: 'bottle', reorderLevel: '1' };

describe('safety', () => {
  it('stops on the server too, until a reason is given, and looks at the last pressure', async () => {
    const { id: visitId, patientId } = await aVisit(doctor);
    const measured = { 'pressure1-right': '24', 'pressure2-right': '31' };
    const assessed = { diagnoses: ['~Bronchial asthma:none'] };
    await anExamination(doctor, { visitId, measured, assessed });
    expect(await safetyFactsOf(doctor, patientId)).toMatchObject({
      pressure: 31,
      conditions: ['Bronchial asthma'],
    });
    const line = aLine({ name: 'Timolol' });
    await expect(signPrescription(doctor, input(visitId, [line]))).rejects.toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(await listPrescriptionsOfVisit(doctor, visitId)).toEqual([]);
    const key = `beta-blocker-airways:${line.id}`;
    const overrides = [{ key, sentence: 'Asthma', reason: 'Mild, none for twenty years' }];
    const made = await signPrescription(doctor, input(visitId, [line], { sheet: { overrides } }));
    expect(made).toMatchObject({ status: 'active', overrides });
  });

  it('looks at the history of the patient, as it was told, and not at that of the family', async () => {
    const { id: visitId, patientId } = await aVisit(doctor);
    const told = {
      ...{
        'medical1-what': 'Asthma',
        'medical1-note': 'since childhood',
        'ocular1-what': 'Steroid responder',
      },
      ...{ 'family1-what': 'Heart block', 'social1-what': 'Smoking' },
    };
    await saveHistory(doctor, saveHistoryInput.parse({ patientId, version: 0, ...told }));
    const { conditions } = await safetyFactsOf(doctor, patientId);
    expect(conditions).toEqual(['Asthma, since childhood', 'Steroid responder']);
    for (const name of ['Timolol', 'Iotim', 'Prednisolone acetate'])
      await expect(signPrescription(doctor, input(visitId, [aLine({ name })])), name).rejects.toMatchObject({
        code: 'INVALID_INPUT',
      });
    expect(await signPrescription(doctor, input(visitId, [aLine()]))).toMatchObject({ status: 'active' });
  });

  it('knows that tablets are not for the eye', async () => {
    const { id: visitId } = await aVisit(doctor);
    const wrong = input(visitId, [aLine({ form: 'tablet', name: 'Acetazolamide' })]);
    await expect(signPrescription(doctor, wrong)).rejects.toMatchObject({ code: 'INVALID_INPUT' });
  });
});

describe('what a patient takes now', () => {
  it('follows from what is signed, and ends, is stopped or is replaced', async () => {
    const visit = await aVisit(doctor);
    const day = today(doctor.timeZone);
    const lines = [
      aLine({ name: 'Moxifloxacin' }),
      aLine({ name: 'Latanoprost', steps: [{ quarters: 4, frequency: 'night', days: null }] }),
    ];
    const first = await signPrescription(doctor, input(visit.id, lines));
    const now = (on = day) => listMedicinesNow(doctor, visit.patientId, on);
    expect((await now()).map(({ line, until }) => [line.name, until])).toEqual([
      ['Moxifloxacin', shiftDay(day, 6)],
      ['Latanoprost', null],
    ]);
    expect((await now(shiftDay(day, 7))).map(({ line }) => line.name)).toEqual(['Latanoprost']);

    const [moxi, lata] = first.lines;
    await voidOf(first.id);
    expect(await now()).toEqual([]);
    const again = await signPrescription(doctor, input(visit.id, [moxi ?? {}, lata ?? {}]));
    const { id: second } = await aVisit(doctor, { patientId: visit.patientId }).catch(() => visit);
    expect(second).toBeDefined();
    const stop = { prescriptionId: again.id, lineId: moxi?.id, name: 'Moxifloxacin', reason: 'Allergy' };
    const { id: prescriptionId, version } = again;
    const rest = { prescriptionId, version, reason: 'Itching', sheet: { stops: [stop] } };
    await signPrescription(doctor, input(visit.id, [moxi ?? {}, lata ?? {}], rest));
    expect((await now()).map(({ line }) => line.name)).toEqual(['Latanoprost']);
  });

  const voidOf = async (prescriptionId: string) =>
    voidPrescription(doctor, { prescriptionId, version: 1, reason: 'Test' });
});

describe('sets', () => {
  it('begin with the common ones, once, and are the organization’s own', async () => {
    const added = await addStarterSets(doctor);
    expect(added).toBeGreaterThan(3);
    expect(await addStarterSets(doctor)).toBe(0);
    expect((await listPrescriptionSets(doctor)).map(({ name }) => name)).toContain('Post-op phaco');
    expect(await listPrescriptionSets(b.ctx())).toEqual([]);
    await expect(
      savePrescriptionSet(doctor, {
        ...{ setId: undefined, name: 'POST-OP  phaco', lines: 'moxi qid 1w' },
        owner: 'everybody',
      }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
  });

  it('of a doctor’s own stand first, and are a colleague’s neither to see nor to change', async () => {
    const facts = { setId: undefined, name: 'Post-op phaco', lines: 'moxi 0.5 qid 1w', owner: 'me' as const };
    // The hospital's name is free for one's own.
    const own = await savePrescriptionSet(doctor, facts);
    expect((await listPrescriptionSets(doctor))[0]).toMatchObject({ id: own.id, isOwn: true });
    const colleague = a.ctx('owner');
    expect((await listPrescriptionSets(colleague)).map(({ id }) => id)).not.toContain(own.id);
    const opened = { ...facts, setId: own.id, version: own.version };
    await expect(savePrescriptionSet(colleague, opened)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(deletePrescriptionSet(colleague, own.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(savePrescriptionSet(doctor, facts)).rejects.toMatchObject({ code: 'CONFLICT' });
    const shared = await savePrescriptionSet(doctor, { ...opened, name: 'Ours', owner: 'everybody' });
    expect((await listPrescriptionSets(colleague)).map(({ id }) => id)).toContain(shared.id);
    await deletePrescriptionSet(colleague, own.id);
  });
});

it('reads each list by an index', async () => {
  const { patientId, id: visitId } = await aVisit(doctor);
  for (const query of [
    findPrescriptionsOfPatient(doctor, patientId),
    findPrescriptionsOfVisit(doctor, visitId),
    findPrescriptionSets(doctor),
  ])
    expectIndexed(await query.explain('executionStats'));
  expect(await prescriptionModel(doctor).countDocuments({})).toBeGreaterThan(5);
  expect(await staffModel(doctor).countDocuments({})).toBeGreaterThan(0);
});
