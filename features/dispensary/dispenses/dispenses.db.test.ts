import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addAllergyInput } from '@/features/patients/allergies/schema';
import { addAllergy } from '@/features/patients/allergies/service';
import { recordDeath, undoDeath } from '@/features/patients/patients/service';
import { batchModel, medicineModel, movementModel } from '@/features/pharmacy/medicines/model';
import { FIRST_STORE_ID } from '@/features/pharmacy/stores/policy';
import { prescriptionModel } from '@/features/record/prescriptions/model';
import { getPrescription } from '@/features/record/prescriptions/queries';
import { savePrescriptionInput } from '@/features/record/prescriptions/schema';
import { signPrescription } from '@/features/record/prescriptions/service/save-prescription';
import { voidPrescription } from '@/features/record/prescriptions/service/void-prescription';
import { isSealed } from '@/lib/crypto/field-cipher';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aBatch, aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aLine, aPrescription, aRegistration, sheetOf } from '@/tests/builders/prescription';
import { aVisit } from '@/tests/builders/visit';
import { dispenseModel } from './model';
import {
  countWaiting,
  findDispenses,
  findGivenOut,
  findWaiting,
  listDangers,
  listDispenses,
  listGivenOut,
  listShelves,
  listWaiting,
} from './queries';
import { dispensePrescriptionInput, pharmacyQuery } from './schema';
import { dispensePrescription } from './service';

type Organization = Awaited<ReturnType<typeof testOrganization>>;
let a: Organization;
let doctor: TenantContext;
let pharmacist: TenantContext;
beforeAll(async () => {
  a = await testOrganization();
  doctor = a.ctx('doctor');
  pharmacist = a.ctx('pharmacist');
  await aRegistration(doctor, 'TN 1');
});
afterAll(async () => {
  await a.dispose();
  await closeConnections();
});

/** A medicine with two lots of 3, and a signed prescription of 5 of it. */
async function prescribed(quantity = 5) {
  const medicine = await aMedicine(doctor);
  await aBatch(doctor, { medicineId: medicine.id, lotNumber: 'LATE', inDays: 300, quantity: 3 });
  await aBatch(doctor, { medicineId: medicine.id, lotNumber: 'EARLY', inDays: 30, quantity: 3 });
  const line = aLine({ medicineId: medicine.id, quantity });
  return { medicine, lineId: String(line.id), prescription: await aPrescription(doctor, { lines: [line] }) };
}
const asked = (prescriptionId: string, lines: unknown[], rest: Record<string, unknown> = {}) =>
  dispensePrescriptionInput.parse({
    prescriptionId,
    version: 1,
    requestKey: randomUUID(),
    ...rest,
    lines: JSON.stringify(lines),
  });
const shelf = async (medicineId: string) => {
  const rows = await batchModel(doctor)
    .find({ medicineId: objectId(medicineId) })
    .lean();
  return Object.fromEntries(rows.map(({ lotNumber, quantity }) => [lotNumber, quantity]));
};

describe('dispensing', () => {
  it('takes what expires first over several lots, keeps the rest owed, and then gives it', async () => {
    const { medicine, lineId, prescription } = await prescribed();
    const part = await dispensePrescription(pharmacist, asked(prescription.id, [{ lineId, quantity: 4 }]));
    expect(part.lines[0]?.lots.map(({ lotNumber, quantity }) => [lotNumber, quantity])).toEqual([
      ['EARLY', 3],
      ['LATE', 1],
    ]);
    expect(await shelf(medicine.id)).toEqual({ EARLY: 0, LATE: 2 });
    const after = await getPrescription(doctor, prescription.id);
    expect(after).toMatchObject({ dispenseStatus: 'partial', dispensed: { [lineId]: { given: 4 } } });
    const { waiting } = await listWaiting(pharmacist, pharmacyQuery.parse({ show: 'owed' }));
    expect(waiting.find(({ id }) => id === prescription.id)?.items).toMatchObject([{ owed: 1 }]);

    // What is owed is told once it is in the counter's store: with whom to call.
    const owed = async (storeId: string) =>
      (await listWaiting(pharmacist, pharmacyQuery.parse({ show: 'owed' }), storeId)).waiting.find(
        ({ id }) => id === prescription.id,
      );
    const held = { medicineId: objectId(medicine.id), lotNumber: 'LATE' };
    await batchModel(doctor).updateOne(held, {
      $set: { hold: { reason: 'a', byName: 'a', at: new Date() } },
    });
    expect(await owed(FIRST_STORE_ID)).toMatchObject({ items: [{ owed: 1, isHere: false }] });
    await batchModel(doctor).updateOne(held, { $unset: { hold: '' } });
    expect(await owed(FIRST_STORE_ID)).toMatchObject({
      ...{ items: [{ owed: 1, isHere: true }], phone: expect.stringMatching(/\d{5}/) },
    });
    expect((await owed('f'.repeat(24)))?.items).toMatchObject([{ isHere: false }]);
    // Nobody is rung for somebody who has died; the row says so.
    const { patientId } = prescription;
    await recordDeath(doctor, { patientId, deceasedOn: today(doctor.timeZone) });
    expect(await owed(FIRST_STORE_ID)).toMatchObject({ hasDied: true, phone: null });
    await undoDeath(doctor, { patientId });
    expect(await owed(FIRST_STORE_ID)).toMatchObject({ hasDied: false });

    await dispensePrescription(pharmacist, asked(prescription.id, [{ lineId, quantity: 1 }]));
    expect(await getPrescription(doctor, prescription.id)).toMatchObject({ dispenseStatus: 'done' });
    expect(await listDispenses(pharmacist, prescription.id)).toHaveLength(2);
    // Each movement says with which dispense it went, and so to whom.
    const moved = await movementModel(doctor)
      .find({ medicineId: objectId(medicine.id), kind: 'dispense' })
      .lean();
    expect(moved.map(({ quantity }) => quantity).sort()).toEqual([-1, -1, -3]);
    expect(moved.every(({ dispenseId }) => dispenseId)).toBe(true);
  });

  it('happens once for a press that arrives several times, also at the same moment', async () => {
    const { medicine, lineId, prescription } = await prescribed();
    const press = asked(prescription.id, [{ lineId, quantity: 2 }]);
    const all = await Promise.all([1, 2, 3].map(() => dispensePrescription(pharmacist, press)));
    expect(new Set(all.map(({ id }) => id)).size).toBe(1);
    await dispensePrescription(pharmacist, press);
    expect(await shelf(medicine.id)).toEqual({ EARLY: 1, LATE: 3 });
  });

  it('gives never more than is owed, whoever stands at which counter', async () => {
    const { medicine, lineId, prescription } = await prescribed(2);
    const presses = [1, 2, 3, 4].map(() => asked(prescription.id, [{ lineId, quantity: 2 }]));
    const outcomes = await Promise.allSettled(
      presses.map((press) => dispensePrescription(pharmacist, press)),
    );
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await shelf(medicine.id)).toEqual({ EARLY: 1, LATE: 3 });
    const { onHand } = await medicineModel(doctor).findById(objectId(medicine.id)).orFail().lean();
    expect(onHand).toBe(4);
  });

  it('changes nothing where one line cannot be given', async () => {
    const { medicine, lineId, prescription } = await prescribed(20);
    const count = await dispenseModel(doctor).countDocuments({});
    await expect(
      dispensePrescription(pharmacist, asked(prescription.id, [{ lineId, quantity: 7 }])),
    ).rejects.toMatchObject({ code: 'CONFLICT', field: `lines.${lineId}` });
    expect(await shelf(medicine.id)).toEqual({ EARLY: 3, LATE: 3 });
    expect(await getPrescription(doctor, prescription.id)).toMatchObject({ dispenseStatus: 'waiting' });
    expect(await dispenseModel(doctor).countDocuments({})).toBe(count);
  });

  it('tells the doctor what was not dispensed and why', async () => {
    const { lineId, prescription } = await prescribed();
    const notDispensedReason = 'Too expensive for the patient';
    await dispensePrescription(
      pharmacist,
      asked(prescription.id, [{ lineId, quantity: 0, notDispensedReason }]),
    );
    expect(await getPrescription(doctor, prescription.id)).toMatchObject({
      dispenseStatus: 'done',
      dispensed: {
        [lineId]: { notDispensed: { reason: notDispensedReason, byName: pharmacist.actor.name } },
      },
    });
  });

  it('asks for the reason of what is refused, and drops nothing silently', () => {
    const refused = (rest: Record<string, unknown>) =>
      dispensePrescriptionInput.safeParse({
        ...{ prescriptionId: 'a'.repeat(24), version: 1, requestKey: randomUUID() },
        lines: JSON.stringify([
          { lineId: '1', quantity: 1 },
          { lineId: '2', quantity: 0, isRefused: true, ...rest },
        ]),
      });
    expect(refused({}).error?.issues[0]?.message).toMatch(/^Say why it is not dispensed/);
    expect(refused({ notDispensedReason: 'Out of stock' }).data?.lines).toHaveLength(2);
  });

  it('waits again for what was not dispensed, once the doctor has changed it', async () => {
    const { lineId, prescription } = await prescribed();
    const other = await aPrescription(doctor, {
      lines: [aLine({ id: lineId }), aLine({ name: 'Natamycin' })],
    });
    const [changed, same] = other.lines;
    const none = other.lines.map(({ id }) => ({
      lineId: id,
      quantity: 0,
      notDispensedReason: 'Out of stock',
    }));
    await dispensePrescription(pharmacist, asked(other.id, none));
    const sheet = sheetOf([{ ...changed, quantity: 2 }, { ...same }]);
    const { visitId } = other;
    const change = {
      visitId,
      prescriptionId: other.id,
      version: 1,
      requestKey: randomUUID(),
      reason: 'More',
    };
    const after = await signPrescription(doctor, savePrescriptionInput.parse({ ...change, sheet }));
    expect(after.dispenseStatus).toBe('partial');
    expect(after.dispensed[String(changed?.id)]).toEqual({ given: 0 });
    expect(after.dispensed[String(same?.id)]?.notDispensed?.reason).toBe('Out of stock');
    expect(prescription.dispenseStatus).toBe('waiting');
  });

  it('counts only in the unit of the prescription', async () => {
    const { medicine, lineId, prescription } = await prescribed(2);
    await medicineModel(doctor).updateOne({ _id: objectId(medicine.id) }, { $set: { unit: 'box' } });
    const press = asked(prescription.id, [{ lineId, quantity: 2 }]);
    await expect(dispensePrescription(pharmacist, press)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/counted by the box, and 2 bottles of .* ask the doctor/),
    });
    const strip = await aMedicine(doctor, { name: 'Strip', unit: 'strip' });
    await aBatch(doctor, { medicineId: strip.id });
    const instead = asked(prescription.id, [
      { lineId, quantity: 2, medicineId: strip.id, agreedWith: 'Dr Rao' },
    ]);
    await expect(dispensePrescription(pharmacist, instead)).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await shelf(medicine.id)).toEqual({ EARLY: 3, LATE: 3 });
    // Signed once more, the prescription counts as the formulary does.
    const { visitId, lines } = prescription;
    const change = { visitId, prescriptionId: prescription.id, version: 1, requestKey: randomUUID() };
    const sheet = sheetOf(lines);
    await signPrescription(doctor, savePrescriptionInput.parse({ ...change, reason: 'Boxes', sheet }));
    const again = asked(prescription.id, [{ lineId, quantity: 1 }], { version: 2 });
    expect((await dispensePrescription(pharmacist, again)).lines).toMatchObject([
      { unit: 'box', quantity: 1 },
    ]);
  });

  it('stops at an allergy that was written down since, until somebody says why', async () => {
    const { medicine, lineId, prescription } = await prescribed();
    const { patientId } = prescription;
    expect(await listDangers(pharmacist, prescription)).toEqual([]);
    await addAllergy(
      doctor,
      addAllergyInput.parse({ patientId, substance: 'Beta blockers', reaction: 'Wheeze' }),
    );
    expect(await listDangers(pharmacist, prescription)).toMatchObject([{ lineId, rule: 'allergy' }]);
    const press = (rest: Record<string, unknown>) =>
      dispensePrescription(pharmacist, asked(prescription.id, [{ lineId, quantity: 1, ...rest }]));
    await expect(press({})).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/allergic to Beta blockers \(Wheeze\).*Nothing was dispensed/),
    });
    expect(await shelf(medicine.id)).toEqual({ EARLY: 3, LATE: 3 });
    const given = await press({ overrideReason: 'Dr Rao was asked' });
    expect(given.lines[0]?.overrides).toMatchObject([{ reason: 'Dr Rao was asked' }]);
  });

  it('takes the reason of the prescriber for what was prescribed, and for nothing that is given instead', async () => {
    const { id: visitId, patientId } = await aVisit(doctor);
    await addAllergy(doctor, addAllergyInput.parse({ patientId, substance: 'Sulfa' }));
    const [wanted, other] = [
      await aMedicine(doctor, { name: 'Dorzolamide', strength: '2 %' }),
      await aMedicine(doctor, { name: 'Brinzolamide', strength: '1 %' }),
    ];
    for (const { id: medicineId } of [wanted, other]) await aBatch(doctor, { medicineId });
    const line = aLine({ medicineId: wanted.id, quantity: 2 });
    const lineId = String(line.id);
    const key = `allergy:${lineId}:sulfa`;
    const sheet = sheetOf([line], { overrides: [{ key, sentence: 'Allergic', reason: 'Tolerated' }] });
    const signing = { visitId, version: 0, requestKey: randomUUID(), sheet };
    const { id } = await signPrescription(doctor, savePrescriptionInput.parse(signing));
    await dispensePrescription(pharmacist, asked(id, [{ lineId, quantity: 1 }]));
    const instead = { lineId, quantity: 1, medicineId: other.id, agreedWith: 'The patient' };
    await expect(dispensePrescription(pharmacist, asked(id, [instead]))).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringMatching(/allergic to Sulfa/),
    });
  });

  it('is no answer to a press of the same page that asks for something else', async () => {
    const { medicine, lineId, prescription } = await prescribed();
    const requestKey = randomUUID();
    const press = (quantity: number) =>
      dispensePrescription(pharmacist, asked(prescription.id, [{ lineId, quantity }], { requestKey }));
    await press(1);
    await expect(press(2)).rejects.toMatchObject({ code: 'CONFLICT' });
    await press(1);
    expect(await shelf(medicine.id)).toEqual({ EARLY: 2, LATE: 3 });
  });

  it('gives the same ingredient of another maker, and anything else only where somebody agreed', async () => {
    const { lineId, prescription } = await prescribed();
    const line = { lineId, quantity: 1 };
    const brand = await aMedicine(doctor, {
      name: 'Timobrand',
      genericName: prescription.lines[0]?.name ?? '',
    });
    const other = await aMedicine(doctor, { name: 'Latanoprost', strength: '0.005 %' });
    for (const { id: medicineId } of [brand, other]) await aBatch(doctor, { medicineId });
    await expect(
      dispensePrescription(pharmacist, asked(prescription.id, [{ ...line, medicineId: other.id }])),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    await dispensePrescription(pharmacist, asked(prescription.id, [{ ...line, medicineId: brand.id }]));
    const agreed = { ...line, medicineId: other.id, agreedWith: 'Dr Rao' };
    const given = await dispensePrescription(pharmacist, asked(prescription.id, [agreed]));
    expect(given.lines).toMatchObject([{ name: 'Latanoprost 0.005 %', agreedWith: 'Dr Rao' }]);
    // The doctor reads on the prescription that it was something else, both times.
    const { dispensed } = await getPrescription(doctor, prescription.id);
    expect(dispensed[lineId]).toEqual({
      given: 2,
      instead: [
        { name: expect.stringMatching(/^Timobrand/) },
        { name: 'Latanoprost 0.005 %', agreedWith: 'Dr Rao' },
      ],
    });
  });

  it('is refused for what the doctor has changed or voided meanwhile', async () => {
    const { medicine, lineId, prescription } = await prescribed();
    await expect(
      dispensePrescription(pharmacist, asked(prescription.id, [{ lineId, quantity: 1 }], { version: 0 })),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    await voidPrescription(doctor, { prescriptionId: prescription.id, version: 1, reason: 'Wrong patient' });
    await expect(
      dispensePrescription(pharmacist, asked(prescription.id, [{ lineId, quantity: 1 }], { version: 2 })),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(await shelf(medicine.id)).toEqual({ EARLY: 3, LATE: 3 });
    const { waiting } = await listWaiting(pharmacist, pharmacyQuery.parse({}));
    expect(waiting.map(({ id }) => id)).not.toContain(prescription.id);
  });
});

it('lists who waits with what, oldest first, by an index; and seals what was given', async () => {
  const first = await prescribed();
  const second = await prescribed();
  const { waiting } = await listWaiting(pharmacist, pharmacyQuery.parse({}));
  const ids = waiting.map(({ id }) => id);
  expect(ids.indexOf(first.prescription.id)).toBeLessThan(ids.indexOf(second.prescription.id));
  expect((await countWaiting(pharmacist)).waiting).toBe(waiting.length);
  expectIndexed(await findWaiting(pharmacist, pharmacyQuery.parse({})).find.explain('executionStats'));
  const q = first.prescription.patientNumber;
  const found = await listWaiting(pharmacist, pharmacyQuery.parse({ q }));
  expect(found.waiting.map(({ id }) => id)).toEqual([first.prescription.id]);
  expect((await listWaiting(pharmacist, pharmacyQuery.parse({ q: 'Nobody Here' }))).waiting).toEqual([]);
  // By the token of today, which the patient has in their hand.
  const token = String(first.prescription.token);
  const byToken = await listWaiting(pharmacist, pharmacyQuery.parse({ q: token }));
  expect(byToken.waiting.map(({ id }) => id)).toContain(first.prescription.id);
  expect(byToken.waiting.map(({ id }) => id)).not.toContain(second.prescription.id);
  // What nobody came for leaves the list of who waits, and is found by the name when somebody comes.
  const signedAt = new Date(Date.now() - 2 * 86_400_000);
  await prescriptionModel(doctor).updateOne(
    { _id: objectId(second.prescription.id) },
    { $set: { signedAt } },
  );
  const idsOf = async (query: Record<string, string>) =>
    (await listWaiting(pharmacist, pharmacyQuery.parse(query))).waiting.map(({ id }) => id);
  expect(await idsOf({})).not.toContain(second.prescription.id);
  expect(await idsOf({ show: 'earlier' })).toEqual([second.prescription.id]);
  expect(await idsOf({ q: second.prescription.patientNumber })).toEqual([second.prescription.id]);
  expect(await countWaiting(pharmacist)).toMatchObject({ waiting: waiting.length - 1 });
  for (const show of ['waiting', 'earlier', 'owed'])
    expectIndexed(
      await findWaiting(pharmacist, pharmacyQuery.parse({ show })).find.explain('executionStats'),
    );
  const ofPatient = findWaiting(pharmacist, pharmacyQuery.parse({}), [first.prescription.patientId]);
  // What few prescriptions some patients have is put in order once it is read.
  expect(JSON.stringify(await ofPatient.find.explain('executionStats'))).not.toContain('COLLSCAN');
  await dispensePrescription(
    pharmacist,
    asked(first.prescription.id, [{ lineId: first.lineId, quantity: 1 }]),
  );
  const given = pharmacyQuery.parse({ show: 'given' });
  expectIndexed(await findGivenOut(pharmacist, given).find.explain('executionStats'));
  const named = async (text: string) =>
    (await listGivenOut(pharmacist, pharmacyQuery.parse({ show: 'given', q: text }))).given.map(
      ({ patientNumber }) => patientNumber,
    );
  expect(await named(first.prescription.patientNumber)).toEqual([first.prescription.patientNumber]);
  expect(await named('Nobody Here')).toEqual([]);
  expect((await listGivenOut(pharmacist, given)).given[0]).toMatchObject({
    prescriptionId: first.prescription.id,
    patientNumber: first.prescription.patientNumber,
  });
  expectIndexed(await findDispenses(pharmacist, first.prescription.id).explain('executionStats'));
  expect(await listShelves(pharmacist, first.prescription.lines, FIRST_STORE_ID)).toMatchObject([
    { medicineId: first.medicine.id, lots: [{ lotNumber: 'EARLY' }, { lotNumber: 'LATE' }] },
  ]);
  const raw = await dispenseModel(doctor).collection.findOne({});
  expect(isSealed(String(raw?.content))).toBe(true);
});
