import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { billModel } from '@/features/cashier/bills/model';
import { creditBillInput, issueBillInput } from '@/features/cashier/bills/schema';
import { issueBill } from '@/features/cashier/bills/service';
import { chargeModel } from '@/features/cashier/charges/model';
import { creditBill } from '@/features/cashier/payments/service';
import { dispenseModel } from '@/features/dispensary/dispenses/model';
import { dispensePrescriptionInput } from '@/features/dispensary/dispenses/schema';
import { dispensePrescription } from '@/features/dispensary/dispenses/service';
import { takeBackInput } from '@/features/dispensary/returns/schema';
import { takeBack } from '@/features/dispensary/returns/service';
import { printModel } from '@/features/identity/papers/model';
import { movementModel } from '@/features/pharmacy/medicines/model';
import { receiveStockInput } from '@/features/pharmacy/medicines/schema';
import { receiveStock } from '@/features/pharmacy/medicines/service';
import { toPrescription } from '@/features/record/prescriptions/dto';
import { prescriptionModel } from '@/features/record/prescriptions/model';
import { voidPrescription } from '@/features/record/prescriptions/service/void-prescription';
import { toSpectaclesPrescription } from '@/features/record/spectacles/dto';
import { madeGlassesModel, spectaclesModel } from '@/features/record/spectacles/model';
import {
  answerGlassesInput,
  noteMadeInput,
  prescribeSpectaclesInput,
} from '@/features/record/spectacles/schema';
import {
  answerGlasses,
  noteMadeGlasses,
  prescribeSpectacles,
  voidSpectacles,
} from '@/features/record/spectacles/service';
import { isSealed } from '@/lib/crypto/field-cipher';
import { isAppError } from '@/lib/errors';
import { op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { instantAt } from '@/lib/wall-clock';
import { aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aLine, aPrescription, aRegistration } from '@/tests/builders/prescription';
import { aVisit } from '@/tests/builders/visit';
import { fillRatesOf, sumDoctors } from './filled';
import { rollupModel } from './model';
import { glassesCounter, prescribingCounter, printsCounter, sumPrescribed } from './prescribed';
import { bringUpToDate, readPaperDays, rebuildRollups } from './roll-up';

const ZONE = 'America/New_York';
const DAYS = 12;

const onlyRefused = (error: unknown): void => {
  if (!isAppError(error)) throw error;
};

describe('what days say of papers', () => {
  let organization: Awaited<ReturnType<typeof testOrganization>>;
  let ctx: TenantContext;
  let doctors: TenantContext[];
  const present = today(ZONE);
  const range = { from: shiftDay(present, -DAYS), to: present };
  const visits: { id: string; patientId: string }[] = [];
  let medicineId = '';
  let state = 7;
  const random = (below: number): number => {
    state = (state * 48_271) % 2_147_483_647;
    return state % below;
  };
  const one = <T>(all: readonly T[]): T | undefined => all[random(all.length)];

  beforeAll(async () => {
    organization = await testOrganization({ timeZone: ZONE });
    ctx = organization.ctx();
    doctors = [organization.ctx('doctor'), organization.ctx('owner')];
    for (const doctor of doctors) await aRegistration(doctor, 'TN 1');
    medicineId = (await aMedicine(ctx)).id;
    await receiveStock(
      ctx,
      receiveStockInput.parse({
        ...{ medicineId, lotNumber: 'A', quantity: '900', cost: '4', expiresOn: shiftDay(present, 99) },
      }),
    );
    for (let ago = DAYS; ago >= 0; ago -= 2)
      for (let patients = 0; patients < 3; patients++)
        // Close to midnight: another day in UTC.
        visits.push(
          await aVisit(ctx, {}, instantAt(shiftDay(present, -ago), ago > 0 ? '23:10' : '00:01', ZONE)),
        );
    // Prints are written by printing alone, on the day itself.
    await printModel(ctx).insertMany(
      Array.from({ length: 60 }, () => ({
        subject: `${one(['spectacles', 'letter', 'prescription', 'bill'])}:${random(9)}`,
        byName: 'A',
        at: instantAt(shiftDay(present, -random(DAYS) - 1), '23:30', ZONE),
      })),
    );
  });
  afterAll(async () => {
    await organization.dispose();
    await closeConnections();
  });

  /** Signs, voids, hands out, bills, credits and takes back, of any day and in any order. */
  const acts = {
    prescribe: async () => {
      const visit = one(visits);
      const drops = { name: `Drops ${random(4)}`, ingredient: one(['Timolol', undefined]), site: 'left' };
      const lines = [
        ...(random(3) > 0 ? [aLine({ medicineId, quantity: 1 + random(3) })] : []),
        aLine(drops),
      ];
      const doctor = one(doctors);
      // A visit that has one already is left alone.
      if (visit && doctor) await aPrescription(doctor, { visitId: visit.id, lines }).catch(onlyRefused);
    },
    voidPrescription: async () => {
      const found = one(await prescriptionModel(ctx).find({ status: 'active' }).lean());
      if (!found) return;
      const { _id, version } = found;
      await voidPrescription(ctx, { prescriptionId: String(_id), version, reason: 'Mistake' });
    },
    glasses: async () => {
      const visit = one(visits);
      if (!visit) return;
      const rows = await spectaclesModel(ctx).find({ visitId: visit.id }).lean();
      const isVoid = rows.filter((row) => row.isVoid).length;
      const typed = {
        ...{ visitId: visit.id, requestKey: randomUUID(), reason: 'Again', version: rows.length + isVoid },
        ...(random(4) === 0 ? { advice: 'none' } : { advice: 'glasses', kind: one(['near', 'distance']) }),
        ...{ 'right-sphere': `-${random(9)}.25`, 'left-sphere': `+${random(9)}.5` },
      };
      await prescribeSpectacles(ctx, prescribeSpectaclesInput.parse(typed));
    },
    answerGlasses: async () => {
      const found = one(await spectaclesModel(ctx).find({ isVoid: false }).lean());
      if (!found) return;
      const version = await madeGlassesModel(ctx).countDocuments({ spectaclesId: found._id });
      const said = { spectaclesId: String(found._id), version, reason: 'No frame' };
      const boxes = { kind: 'near', 'right-sphere': '-1', 'left-sphere': '-1' };
      // Where none are advised there is nothing to make.
      await (random(3) === 0
        ? noteMadeGlasses(ctx, noteMadeInput.parse({ ...said, ...boxes }))
        : answerGlasses(
            ctx,
            answerGlassesInput.parse({ ...said, outcome: one(['as-prescribed', 'not-made']) }),
          )
      ).catch(onlyRefused);
    },
    voidGlasses: async () => {
      const found = one(await spectaclesModel(ctx).find({ isVoid: false }).lean());
      if (found) await voidSpectacles(ctx, { spectaclesId: String(found._id), reason: 'Mistake' });
    },
    handOut: async () => {
      const found = one(await prescriptionModel(ctx).find({ dispenseStatus: 'waiting' }).lean());
      const line = found && toPrescription(found).lines.find((each) => each.medicineId);
      if (!found || !line) return;
      const input = dispensePrescriptionInput.parse({
        ...{ prescriptionId: String(found._id), version: found.version, requestKey: randomUUID() },
        lines: JSON.stringify([{ lineId: line.id, quantity: 1 + random(line.quantity) }]),
      });
      // Some days ago, and billed later.
      const ago = random(3);
      const at = ago > 0 ? instantAt(shiftDay(present, -ago), '12:00', ZONE) : new Date();
      await dispensePrescription(ctx, input, at);
    },
    bill: async () => {
      const charge = one(await chargeModel(ctx).find({ status: 'open', medicineId }).lean());
      if (!charge) return;
      const { _id, quantity, unitMinor } = charge;
      await issueBill(
        ctx,
        issueBillInput.parse({
          ...{ patientId: String(charge.patientId), requestKey: randomUUID() },
          lines: JSON.stringify([{ chargeId: String(_id), quantity, unitMinor }]),
        }),
      );
    },
    credit: async () => {
      const bill = one(await billModel(ctx).find({ kind: 'bill', isCredited: false }).lean());
      if (!bill) return;
      const lines = JSON.stringify([{ line: 0, quantity: 1 }]);
      const typed = { billId: String(bill._id), requestKey: randomUUID(), lines, reason: 'Opened' };
      await creditBill(ctx, creditBillInput.parse(typed));
    },
    takeBack: async () => {
      const found = one(await movementModel(ctx).find({ kind: 'dispense' }).lean());
      if (!found) return;
      const back = { movementId: String(found._id), quantity: 1, place: 'shelf', isOpened: false };
      const typed = { dispenseId: String(found.dispenseId), requestKey: randomUUID(), reason: 'unused' };
      // What has come back already is refused.
      await takeBack(ctx, takeBackInput.parse({ ...typed, lines: JSON.stringify([back]) })).catch(
        onlyRefused,
      );
    },
  };

  /** The same, counted over all records at once and not by day. */
  async function counted() {
    const prescriptions = (
      await prescriptionModel(ctx).find({ status: 'active' }).sort({ day: 1 }).lean()
    ).map(toPrescription);
    const signers = new Map(
      (await prescriptionModel(ctx).find().lean()).map(({ _id, signedById, signedByName }) => [
        String(_id),
        { doctorId: signedById ?? '', doctor: signedByName ?? '' },
      ]),
    );
    const signer = (id: string) => signers.get(id) ?? { doctorId: '', doctor: '' };
    const [medicines, glasses, prints] = [prescribingCounter(), glassesCounter(), printsCounter()];
    for (const row of prescriptions) medicines.add({ ...row, ...signer(row.id) });
    for (const row of await spectaclesModel(ctx).find({ isVoid: false }).lean()) {
      const made = await madeGlassesModel(ctx).find({ spectaclesId: row._id }).sort({ place: -1 }).lean();
      glasses.add(toSpectaclesPrescription(row).spectacles, made[0]?.outcome ?? undefined);
    }
    const printed = await printModel(ctx).find().sort({ at: 1 }).lean();
    prints.add(
      printed.map(({ subject }) => subject),
      new Set(),
    );
    const doctorOf = new Map(
      (await dispenseModel(ctx).find().lean()).map((row) => [
        String(row._id),
        signer(String(row.prescriptionId)).doctorId,
      ]),
    );
    const money = new Map<string, { billedMinor: number; costMinor: number }>();
    const of = (doctor = '') => {
      const sums = money.get(doctor) ?? { billedMinor: 0, costMinor: 0 };
      money.set(doctor, sums);
      return sums;
    };
    const movements = await movementModel(ctx)
      .find({ kind: op({ $in: ['dispense', 'return'] as const }) })
      .lean();
    for (const one of movements) {
      const from = movements.find(({ _id }) => String(_id) === String(one.returnOf)) ?? one;
      of(doctorOf.get(String(from.dispenseId))).costMinor -= one.costMinor ?? 0;
    }
    for (const { lines } of await billModel(ctx).find().lean())
      for (const { chargeId, taxableMinor } of lines) {
        const charge = await chargeModel(ctx).findById(chargeId).lean();
        of(doctorOf.get(String(charge?.dispenseId))).billedMinor += taxableMinor;
      }
    const doctorRates = fillRatesOf(
      prescriptions.map(({ id, lines, dispensed }) => ({ ...signer(id), lines, dispensed })),
    );
    const nothing = { prescriptions: 0, lines: 0, whole: 0, part: 0, nothing: 0, open: 0 };
    const ids = [...new Set([...doctorRates.map(({ doctorId }) => doctorId), ...money.keys()])];
    const nameOf = (id: string) => [...signers.values()].find(({ doctorId }) => doctorId === id)?.doctor;
    return {
      prescribed: { ...medicines.figures(), glasses: glasses.figures(), prints: prints.figures() },
      doctors: ids.map((doctorId) => ({
        ...{ doctorId, doctor: nameOf(doctorId) ?? '', ...nothing },
        ...doctorRates.find((rate) => rate.doctorId === doctorId),
        ...of(doctorId),
      })),
    };
  }

  const byDoctor = <T extends { doctorId: string }>(all: readonly T[]) =>
    [...all].sort((a, b) => (a.doctorId < b.doctorId ? -1 : 1));

  it('is what all the records come to, after every late change, and of a day that is made twice', async () => {
    const now = new Date(Math.max(Date.now(), instantAt(present, '00:11', ZONE).getTime()));
    for (let hands = 0; hands < 12; hands++) await acts.prescribe();
    for (let hands = 0; hands < 5; hands++) await acts.handOut();
    await bringUpToDate(ctx, { now });
    const names = Object.keys(acts) as (keyof typeof acts)[];
    let billed = 0;
    for (let round = 0; round < 6; round++) {
      for (let step = 0; step < 14; step++) {
        const name = one(names);
        // Nobody hands out in the past: only before the days were made.
        if (name && name !== 'handOut') await acts[name]();
      }
      const { days, preparedThrough } = await readPaperDays(ctx, range, now);
      expect(preparedThrough).toBeNull();
      const expected = await counted();
      const sums = sumPrescribed(days);
      const plain = (given: typeof sums) => ({
        ...given,
        // A medicine goes by the name of the day on which it was first counted.
        medicines: Object.fromEntries(
          given.medicines.map(({ key, lines, prescriptions }) => [key, [lines, prescriptions]]),
        ),
        classes: Object.fromEntries(given.classes.map(({ key, ...one }) => [key, one])),
        prescribers: Object.fromEntries(given.prescribers.map(({ key, ...one }) => [key, one])),
      });
      expect(plain(sums), `round ${round}`).toEqual(plain(expected.prescribed));
      const figures = sumDoctors(days.map(({ doctors: ofDay }) => ofDay));
      expect(
        byDoctor(figures).map(({ marginMinor: _, ...one }) => one),
        `round ${round}`,
      ).toEqual(byDoctor(expected.doctors));
      billed += figures.reduce((sum, one) => sum + Math.abs(one.billedMinor), 0);
    }
    expect(billed).toBeGreaterThan(0);
    expect(await madeGlassesModel(ctx).countDocuments({})).toBeGreaterThan(0);
    expect(await billModel(ctx).countDocuments({ kind: 'credit-note' })).toBeGreaterThan(0);
    expect(await prescriptionModel(ctx).countDocuments({ status: 'cancelled' })).toBeGreaterThan(0);

    const before = await readPaperDays(ctx, range, now);
    await rollupModel(ctx).updateMany({}, { $unset: { papers: 1 } });
    await rebuildRollups(ctx, now);
    expect(await readPaperDays(ctx, range, now)).toEqual(before);
  });

  it('is sealed where it is kept: the name of a medicine can be any words', async () => {
    const row = await rollupModel(ctx).collection.findOne({ papers: { $exists: true } });
    expect(isSealed(String(row?.papers))).toBe(true);
  });
});
