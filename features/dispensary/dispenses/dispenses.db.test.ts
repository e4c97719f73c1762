import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { batchModel, medicineModel, movementModel } from '@/features/pharmacy/medicines/model';
import { getPrescription } from '@/features/record/prescriptions/queries';
import { voidPrescription } from '@/features/record/prescriptions/service/void-prescription';
import { isSealed } from '@/lib/crypto/field-cipher';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { expectIndexed } from '@/tests/assertions/explain';
import { aBatch, aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aLine, aPrescription, aRegistration } from '@/tests/builders/prescription';
import { dispenseModel } from './model';
import { countWaiting, findDispenses, findWaiting, listDispenses, listShelves, listWaiting } from './queries';
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
    ).rejects.toMatchObject({ code: 'CONFLICT' });
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
    expect(given.lines).toMatchObject([{ name: 'Latanoprost', agreedWith: 'Dr Rao' }]);
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
  expectIndexed(await findDispenses(pharmacist, first.prescription.id).explain('executionStats'));
  expect(await listShelves(pharmacist, first.prescription.lines)).toMatchObject([
    { medicineId: first.medicine.id, lots: [{ lotNumber: 'EARLY' }, { lotNumber: 'LATE' }] },
  ]);
  const raw = await dispenseModel(doctor).collection.findOne({});
  expect(isSealed(String(raw?.content))).toBe(true);
});
