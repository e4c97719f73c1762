import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { creditBillInput, issueBillInput } from '@/features/cashier/bills/schema';
import { issueBill } from '@/features/cashier/bills/service';
import { chargeModel } from '@/features/cashier/charges/model';
import { listOpenCharges } from '@/features/cashier/charges/queries';
import { creditBill } from '@/features/cashier/payments/service';
import { batchModel, medicineModel, movementModel } from '@/features/pharmacy/medicines/model';
import { getPharmacySettings } from '@/features/pharmacy/pharmacy-settings/queries';
import { pharmacySettingsInput } from '@/features/pharmacy/pharmacy-settings/schema';
import { updatePharmacySettings } from '@/features/pharmacy/pharmacy-settings/service';
import { isSealed } from '@/lib/crypto/field-cipher';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aPayment } from '@/tests/builders/bill';
import { aBatch, aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aLine, aPrescription, aRegistration } from '@/tests/builders/prescription';
import { getDispense } from '../dispenses/queries';
import { dispensePrescriptionInput } from '../dispenses/schema';
import { dispensePrescription } from '../dispenses/service';
import { returnModel } from './model';
import { findGiven, findReturns, listReturnable, listReturns } from './queries';
import { takeBackInput } from './schema';
import { takeBack } from './service';

let a: Awaited<ReturnType<typeof testOrganization>>;
let doctor: TenantContext;
let pharmacist: TenantContext;
let cashier: TenantContext;
beforeAll(async () => {
  a = await testOrganization({ maxUsers: null });
  doctor = a.ctx('doctor');
  pharmacist = a.ctx('pharmacist');
  cashier = a.ctx();
  await aRegistration(doctor, 'TN 1');
});
afterAll(async () => {
  await a.dispose();
  await closeConnections();
});

/** Five bottles at 12.50, dispensed of two lots: 3 of EARLY and 2 of LATE. */
async function dispensed() {
  const medicine = await aMedicine(doctor);
  await aBatch(doctor, { medicineId: medicine.id, lotNumber: 'EARLY', inDays: 30, quantity: 3 });
  await aBatch(doctor, { medicineId: medicine.id, lotNumber: 'LATE', inDays: 300, quantity: 4 });
  const line = aLine({ medicineId: medicine.id, quantity: 5 });
  const { id: prescriptionId, patientId } = await aPrescription(doctor, { lines: [line] });
  const { id } = await dispensePrescription(
    pharmacist,
    dispensePrescriptionInput.parse({
      ...{ prescriptionId, version: 1, requestKey: randomUUID() },
      lines: JSON.stringify([{ lineId: line.id, quantity: 5 }]),
    }),
  );
  const { lots } = await listReturnable(pharmacist, await getDispense(pharmacist, id));
  const [early, late] = lots;
  if (!early || !late) throw new Error('Not of two lots');
  return { dispenseId: id, patientId, medicineId: medicine.id, early, late };
}
type Back = { movementId: string; quantity: number; place?: string; isOpened?: boolean };
const press = (dispenseId: string, lines: Back[], rest: Record<string, unknown> = {}) =>
  takeBackInput.parse({
    ...{ dispenseId, requestKey: randomUUID(), reason: 'unused', ...rest },
    lines: JSON.stringify(lines.map((line) => ({ place: 'shelf', isOpened: false, ...line }))),
  });
const stock = async (medicineId: string) => {
  const rows = await batchModel(doctor)
    .find({ medicineId: objectId(medicineId) })
    .sort({ expiresOn: 1 })
    .lean();
  const { onHand } = await medicineModel(doctor).findById(objectId(medicineId)).orFail().lean();
  return { onHand, lots: rows.map(({ quantity, quarantine }) => [quantity, quarantine ?? 0]) };
};
const chargeOf = (dispenseId: string) =>
  chargeModel(doctor)
    .findOne({ dispenseId: objectId(dispenseId) })
    .orFail()
    .lean();
const refused = { code: 'CONFLICT' };

it('goes to its lot or to quarantine, and off what is to be billed, once for a press', async () => {
  const { dispenseId, medicineId, early, late } = await dispensed();
  const back = press(dispenseId, [
    { movementId: early.movementId, quantity: 2 },
    { movementId: late.movementId, quantity: 1, place: 'quarantine' },
  ]);
  const all = await Promise.all([1, 2, 3].map(() => takeBack(pharmacist, back)));
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  expect(await stock(medicineId)).toEqual({
    onHand: 4,
    lots: [
      [2, 0],
      [2, 1],
    ],
  });
  expect(await chargeOf(dispenseId)).toMatchObject({ status: 'open', quantity: 2, isToCredit: false });
  expect(await listReturns(pharmacist, dispenseId)).toMatchObject([
    { reason: 'unused', lines: [{ lotNumber: 'EARLY', quantity: 2 }, { place: 'quarantine' }] },
  ]);
  const dispense = await getDispense(pharmacist, dispenseId);
  expect((await listReturnable(pharmacist, dispense)).lots.map(({ left }) => left)).toEqual([1, 1]);
  await expect(
    takeBack(pharmacist, press(dispenseId, [{ movementId: early.movementId, quantity: 2 }])),
  ).rejects.toMatchObject({
    field: `lines.${early.movementId}`,
    message: expect.stringMatching(/^Only 1 bottle of .* is still with the patient\.$/),
  });
  const ledger = await movementModel(doctor)
    .find({ returnId: objectId(all[0]?.id ?? '') })
    .lean();
  expect(ledger.map(({ reason }) => reason)).toEqual(['Not needed any more', 'Not needed any more']);
});

it('is credited by the cashier at the price that was paid, whatever it costs now', async () => {
  const { dispenseId, patientId, medicineId, early } = await dispensed();
  const [charge] = await listOpenCharges(cashier, patientId);
  if (!charge) throw new Error('Nothing to bill');
  const bill = await issueBill(
    cashier,
    issueBillInput.parse({
      ...{ patientId, requestKey: randomUUID(), discountKind: 'none' },
      lines: JSON.stringify([
        { chargeId: charge.id, quantity: charge.quantity, unitMinor: charge.unitMinor, isFree: false },
      ]),
    }),
  );
  await aPayment(cashier, { billId: bill.id, cash: String(bill.totalMinor / 100) });
  await medicineModel(doctor).updateOne({ _id: objectId(medicineId) }, { $set: { priceCents: 9_900 } });
  await takeBack(pharmacist, press(dispenseId, [{ movementId: early.movementId, quantity: 2 }]));
  expect(await chargeOf(dispenseId)).toMatchObject({
    status: 'billed',
    isToCredit: true,
    toCreditQuantity: 2,
  });
  const { note, refund } = await creditBill(
    cashier,
    creditBillInput.parse({
      ...{ billId: bill.id, requestKey: randomUUID(), reason: 'Came back' },
      lines: JSON.stringify([{ line: 0, quantity: 2 }]),
    }),
  );
  expect(note.totalMinor).toBe(-2_500);
  expect(refund?.amountMinor).toBe(-2_500);
  expect(await chargeOf(dispenseId)).toMatchObject({ isToCredit: false, toCreditQuantity: 0 });
});

it('is never more than was given, whoever stands at which counter', async () => {
  const { dispenseId, medicineId, early } = await dispensed();
  const presses = [1, 2, 3].map(() => press(dispenseId, [{ movementId: early.movementId, quantity: 2 }]));
  const done = await Promise.allSettled(presses.map((one) => takeBack(pharmacist, one)));
  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect((await stock(medicineId)).lots[0]).toEqual([2, 0]);
  const other = await dispensed();
  const foreign = press(other.dispenseId, [{ movementId: early.movementId, quantity: 1 }]);
  await expect(takeBack(pharmacist, foreign)).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('is refused for what has expired or was opened, or comes too late, and then nothing has changed', async () => {
  const { dispenseId, medicineId, early, late } = await dispensed();
  const before = await stock(medicineId);
  await batchModel(doctor).updateOne(
    { medicineId: objectId(medicineId), lotNumber: 'EARLY' },
    { $set: { expiresOn: shiftDay(today(doctor.timeZone), -1) } },
  );
  const both = [
    { movementId: late.movementId, quantity: 1 },
    { movementId: early.movementId, quantity: 1 },
  ];
  await expect(takeBack(pharmacist, press(dispenseId, both))).rejects.toThrow(/EARLY has expired/);
  const opened = { movementId: late.movementId, quantity: 1, isOpened: true, place: 'quarantine' };
  await expect(takeBack(pharmacist, press(dispenseId, [opened]))).rejects.toThrow(/not taken back here/);
  const later = new Date(Date.now() + 40 * 86_400_000);
  const sealed = [{ movementId: late.movementId, quantity: 1 }];
  await expect(takeBack(pharmacist, press(dispenseId, sealed), later)).rejects.toMatchObject(refused);
  expect(await stock(medicineId)).toEqual(before);
  expect(await chargeOf(dispenseId)).toMatchObject({ quantity: 5 });

  const { version } = await getPharmacySettings(pharmacist);
  const typed = { isOpenedTaken: 'on', returnDays: '', version };
  await updatePharmacySettings(cashier, pharmacySettingsInput.parse(typed));
  await expect(updatePharmacySettings(cashier, pharmacySettingsInput.parse(typed))).rejects.toMatchObject(
    refused,
  );
  await takeBack(pharmacist, press(dispenseId, [opened]), later);
  expect((await stock(medicineId)).lots[1]).toEqual([2, 1]);
  await expect(
    takeBack(pharmacist, press(dispenseId, [{ ...opened, place: 'shelf' }]), later),
  ).rejects.toThrow(/quarantine/);
});

it('is read by indexes, and sealed', async () => {
  const { dispenseId, late } = await dispensed();
  await takeBack(
    pharmacist,
    press(dispenseId, [{ movementId: late.movementId, quantity: 1 }], { note: 'From her son' }),
  );
  expectIndexed(await findGiven(pharmacist, dispenseId).explain('executionStats'));
  expectIndexed(await findReturns(pharmacist, dispenseId).explain('executionStats'));
  const raw = await returnModel(doctor).collection.findOne({ dispenseId: objectId(dispenseId) });
  expect(isSealed(String(raw?.content))).toBe(true);
});
