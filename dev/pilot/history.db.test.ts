import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { billSettingsInput } from '@/features/cashier/bill-settings/schema';
import { updateBillSettings } from '@/features/cashier/bill-settings/service';
import { billModel } from '@/features/cashier/bills/model';
import { chargeModel } from '@/features/cashier/charges/model';
import { moneyFigures, readDayBook } from '@/features/cashier/day-book/queries';
import { receiptModel } from '@/features/cashier/payments/model';
import { listPriced } from '@/features/cashier/price-list/queries';
import { moneyDayModel, shiftModel } from '@/features/cashier/shifts/model';
import { dispenseModel } from '@/features/dispensary/dispenses/model';
import { returnModel } from '@/features/dispensary/returns/model';
import { goodsReceiptModel, supplierPaymentModel } from '@/features/pharmacy/goods-receipts/model';
import { batchModel, medicineModel, movementModel } from '@/features/pharmacy/medicines/model';
import { addStarterFormulary } from '@/features/pharmacy/medicines/service';
import { readAssessment, readMeasurements } from '@/features/record/examinations/dto';
import { eyeRecordOf } from '@/features/record/examinations/eye-record';
import { examinationModel, eyeRecordModel } from '@/features/record/examinations/model';
import { toPrescription } from '@/features/record/prescriptions/dto';
import { prescriptionModel } from '@/features/record/prescriptions/model';
import { isSealed } from '@/lib/crypto/field-cipher';
import { op } from '@/lib/mongo';
import { gstinCheckDigit } from '@/lib/tax-number';
import type { TenantContext } from '@/lib/tenancy/context';
import { counterModel } from '@/lib/tenancy/counter-model';
import { tenantDefinitions } from '@/lib/tenancy/define-tenant-model';
import { dayOf, shiftDay, today } from '@/lib/time';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { PEOPLE_OF } from './history/names';
import { addHistory } from './history/walk';

/** Over a change of the year of taxes, of prices and of the rates of the law. */
const [VISITS, DAYS] = [520, 460];
const kind = { names: { ...PEOPLE_OF.IN, cities: ['Madurai', 'Theni'] }, patientsPerDay: 4 };

describe('two years of a hospital, in small', () => {
  let organization: Awaited<ReturnType<typeof testOrganization>>;
  let ctx: TenantContext;
  beforeAll(async () => {
    organization = await testOrganization({ plan: 'professional' });
    for (const name of ['Dr Meenakshi Sundaram', 'Dr Joseph Kurian']) await organization.doctor({ name });
    await organization.addStaff('cashier', 'Deepa Pillai');
    await organization.addStaff('pharmacist', 'Farah Khan');
    ctx = organization.ctx();
    const taxNumber = `33AABCA4410E1Z${gstinCheckDigit('33AABCA4410E1Z')}`;
    const settings = { isRounded: 'on', address: '12 North Veli Street', taxNumber };
    await updateBillSettings(ctx, billSettingsInput.parse(settings));
    await addStarterFormulary(ctx);
    expect(await addHistory(ctx, kind, { visits: VISITS, seed: 5, days: DAYS, growth: 2 })).toBe(VISITS);
  });
  afterAll(async () => {
    await organization.dispose();
    await closeConnections();
  });

  const sum = <T>(all: readonly T[], of: (one: T) => number): number =>
    all.reduce((total, one) => total + of(one), 0);
  const groups = <T>(all: readonly T[], of: (one: T) => string): Map<string, T[]> => {
    const found = new Map<string, T[]>();
    for (const one of all) found.set(of(one), [...(found.get(of(one)) ?? []), one]);
    return found;
  };

  it('numbers its documents without a gap, in order of time, a series for each kind and year', async () => {
    const bills = await billModel(ctx).find({}).sort({ at: 1, _id: 1 }).lean();
    const receipts = await receiptModel(ctx).find({}).sort({ at: 1, _id: 1 }).lean();
    const series = groups([...bills, ...receipts], ({ number }) => number.slice(0, number.lastIndexOf('/')));
    expect([...series.keys()].filter((key) => key.startsWith('B')).length).toBeGreaterThan(1);
    expect(new Set([...series.keys()].map((key) => key[0]))).toEqual(new Set(['A', 'B', 'C', 'F', 'R']));
    const counters = new Map((await counterModel(ctx).find({}).lean()).map(({ _id, value }) => [_id, value]));
    const kinds = { A: 'advance', B: 'bill', C: 'credit-note', F: 'refund', R: 'receipt' } as const;
    for (const [key, all] of series) {
      const numbers = all.map(({ number }) => Number(number.split('/').at(-1)));
      expect(numbers, key).toEqual(numbers.map((_, index) => index + 1));
      const [letter = 'B', year] = key.split('/');
      expect(counters.get(`series::${kinds[letter as keyof typeof kinds]}:${year}`), key).toBe(all.length);
    }
  });

  it('adds up: bills by their lines, what is paid by its receipts, advances by what is left of them', async () => {
    const bills = await billModel(ctx).find({}).lean();
    const receipts = await receiptModel(ctx).find({}).lean();
    const byBill = groups(
      receipts.filter(({ billId }) => billId),
      ({ billId }) => String(billId),
    );
    const notes = groups(
      bills.filter(({ ofBillId }) => ofBillId),
      ({ ofBillId }) => String(ofBillId),
    );
    for (const bill of bills) {
      expect(sum(bill.lines, ({ totalMinor }) => totalMinor) + bill.roundOffMinor, bill.number).toBe(
        bill.totalMinor,
      );
      expect(Math.abs(bill.totalMinor % 100), bill.number).toBe(0);
      expect(bill.day).toBe(dayOf(bill.at, ctx.timeZone));
      for (const { taxes, taxMinor, taxableMinor, totalMinor } of bill.lines) {
        expect(sum(taxes, ({ amountMinor }) => amountMinor)).toBe(taxMinor);
        expect(taxableMinor + taxMinor).toBe(totalMinor);
        expect(new Set(taxes.map(({ amountMinor }) => amountMinor)).size).toBeLessThan(2);
        for (const { rateBp } of taxes) expect(rateBp, bill.day).toBe(bill.day < '2025-09-22' ? 600 : 250);
      }
      if (bill.kind === 'credit-note') continue;
      const id = bill._id.toString();
      expect(
        sum(byBill.get(id) ?? [], ({ amountMinor }) => amountMinor),
        bill.number,
      ).toBe(bill.paidMinor);
      expect(0 - sum(notes.get(id) ?? [], ({ totalMinor }) => totalMinor), bill.number).toBe(
        bill.creditedMinor,
      );
      expect(bill.dueMinor).toBe(bill.totalMinor - bill.creditedMinor - bill.paidMinor);
      expect(bill.isDue).toBe(bill.dueMinor > 0);
      expect(bill.dueMinor).toBeGreaterThanOrEqual(0);
    }
    expect(bills.filter(({ discountMinor }) => discountMinor > 0).length).toBeGreaterThan(3);
    const tenders = receipts.flatMap((row) => row.tenders.map((tender) => ({ ...tender, kind: row.kind })));
    for (const row of receipts.filter(({ kind: of }) => of === 'advance')) {
      const used = tenders.filter(({ advanceId }) => advanceId?.equals(row._id));
      const back = tenders.filter(({ ofReceiptId }) => ofReceiptId?.equals(row._id));
      expect(
        row.amountMinor -
          sum(used, ({ amountMinor }) => amountMinor) +
          sum(back, ({ amountMinor }) => amountMinor),
      ).toBe(row.leftMinor);
      expect(row.isHeld).toBe((row.leftMinor ?? 0) > 0);
    }
    for (const row of receipts)
      for (const { refundedMinor } of row.tenders) {
        const back = tenders.filter((one) => one.ofReceiptId?.equals(row._id));
        if (row.tenders.length === 1)
          expect(0 - sum(back, ({ amountMinor }) => amountMinor)).toBe(refundedMinor);
      }
  });

  it('closes each day with what its rows come to, and each drawer with what went through it', async () => {
    const bills = groups(await billModel(ctx).find({}).lean(), ({ day }) => day);
    const receipts = await receiptModel(ctx).find({}).lean();
    const byDay = groups(receipts, ({ day }) => day);
    const days = await moneyDayModel(ctx).find({}).lean();
    expect(days.map(({ _id }) => _id).sort()).toEqual(
      [...new Set([...bills.keys(), ...byDay.keys()])].sort(),
    );
    for (const { _id: day, isClosed, rows, billedMinor, collectedMinor } of days) {
      const [own, money] = [bills.get(day) ?? [], byDay.get(day) ?? []];
      const plain = {
        billedMinor: sum(own, ({ totalMinor }) => totalMinor),
        collectedMinor: sum(money, ({ moneyMinor }) => moneyMinor),
      };
      expect({ isClosed, rows, billedMinor, collectedMinor }, day).toEqual({
        isClosed: true,
        rows: own.length + money.length,
        ...plain,
      });
    }
    const shifts = await shiftModel(ctx).find({}).lean();
    for (const shift of shifts) {
      const own = receipts.filter(({ shiftId }) => shiftId?.equals(shift._id));
      expect(own.length).toBe(shift.receipts);
      for (const method of ['cash', 'card', 'upi', 'transfer', 'cheque'] as const) {
        const moved = own.flatMap(({ tenders }) => tenders.filter((one) => one.method === method));
        expect(
          sum(moved, ({ amountMinor }) => amountMinor),
          `${shift.day} ${method}`,
        ).toBe(shift.totals[method]);
      }
      expect(shift.expectedMinor).toBe(shift.floatMinor + shift.totals.cash);
      expect(sum(shift.count ?? [], ({ faceMinor, pieces }) => faceMinor * pieces)).toBe(shift.countedMinor);
      expect(shift.differenceMinor).toBe((shift.countedMinor ?? 0) - (shift.expectedMinor ?? 0));
      expect(Boolean(shift.reason)).toBe(shift.differenceMinor !== 0);
    }
    const last =
      days
        .map(({ _id }) => _id)
        .sort()
        .at(-1) ?? '';
    const book = await readDayBook(ctx, last);
    expect(book.billedMinor).toBe(book.closed?.billedMinor);
    expect(book.collectedMinor).toBe(book.closed?.collectedMinor);
  });

  it('reports what its bills and receipts come to', async () => {
    const span = { from: shiftDay(today(ctx.timeZone), -200), to: today(ctx.timeZone) };
    const within = <T extends { day: string }>(all: readonly T[]) =>
      all.filter(({ day }) => day >= span.from);
    const billed = sum(within(await billModel(ctx).find({}).lean()), ({ totalMinor }) => totalMinor);
    const collected = sum(within(await receiptModel(ctx).find({}).lean()), ({ moneyMinor }) => moneyMinor);
    for (const what of ['revenue-service', 'revenue-group', 'revenue-doctor', 'revenue-day'] as const)
      expect(
        sum(await moneyFigures(ctx, what, span), ({ amountMinor }) => amountMinor),
        what,
      ).toBe(billed);
    for (const what of ['collection-method', 'collection-cashier', 'collection-day'] as const)
      expect(
        sum(await moneyFigures(ctx, what, span), ({ amountMinor }) => amountMinor),
        what,
      ).toBe(collected);
    expect(
      (await listPriced(ctx, today(ctx.timeZone))).find(({ code }) => code === 'PHACO')?.price?.amountMinor,
    ).toBe(3_800_000);
  });

  it('has on its shelves what its ledger says, at what it cost, and gives out nothing that has expired', async () => {
    const movements = await movementModel(ctx).find({}).sort({ at: 1, _id: 1 }).lean();
    const batches = await batchModel(ctx).find({}).lean();
    const byBatch = groups(movements, ({ batchId }) => String(batchId));
    expect(byBatch.size).toBe(batches.length);
    const expiries = new Map(batches.map(({ _id, expiresOn }) => [_id.toString(), expiresOn]));
    for (const { _id, quantity, hasStock, valueMinor, lotNumber } of batches) {
      const own = byBatch.get(_id.toString()) ?? [];
      expect(
        sum(own, (one) => one.quantity),
        lotNumber,
      ).toBe(quantity);
      expect(
        sum(own, ({ costMinor }) => costMinor ?? 0),
        lotNumber,
      ).toBe(valueMinor);
      expect(hasStock).toBe(quantity > 0);
    }
    for (const [id, own] of groups(movements, ({ medicineId }) => String(medicineId))) {
      let onHand = 0;
      for (const one of own) {
        onHand += one.quantity;
        expect(one.onHandAfter).toBe(onHand);
      }
      const medicine = await medicineModel(ctx).findById(id).orFail().lean();
      expect(medicine.onHand).toBe(onHand);
      expect(medicine.isLow).toBe(onHand <= medicine.reorderLevel);
    }
    for (const { kind: of, at, batchId } of movements)
      if (of === 'dispense' || of === 'return')
        expect(dayOf(at, ctx.timeZone) <= (expiries.get(String(batchId)) ?? '')).toBe(true);
    expect(new Set(movements.map((one) => one.kind))).toEqual(
      new Set(['receipt', 'dispense', 'disposal', 'return', 'adjustment']),
    );
    const receipts = await goodsReceiptModel(ctx).find({}).lean();
    const payments = groups(await supplierPaymentModel(ctx).find({}).lean(), ({ receiptId }) =>
      String(receiptId),
    );
    for (const receipt of receipts) {
      const { lines, chargesMinor, roundOffMinor, totalMinor, paidMinor, dueMinor, isDue } = receipt;
      expect(sum(lines, ({ netMinor }) => netMinor) + chargesMinor + roundOffMinor).toBe(totalMinor);
      expect(sum(payments.get(receipt._id.toString()) ?? [], ({ amountMinor }) => amountMinor)).toBe(
        paidMinor,
      );
      expect({ dueMinor, isDue }).toEqual({
        dueMinor: totalMinor - paidMinor,
        isDue: totalMinor > paidMinor,
      });
      for (const { batchId, pieces, costMinor } of lines)
        expect(byBatch.get(String(batchId))?.[0]).toMatchObject({
          kind: 'receipt',
          quantity: pieces,
          costMinor,
        });
    }
    expect(receipts.some(({ isDue }) => isDue)).toBe(true);
  });

  it('gives out what was prescribed, and charges what was given', async () => {
    const prescriptions = (await prescriptionModel(ctx).find({}).lean()).map(toPrescription);
    const dispenses = await dispenseModel(ctx).find({}).lean();
    const movements = groups(await movementModel(ctx).find({ kind: 'dispense' }).lean(), ({ dispenseId }) =>
      String(dispenseId),
    );
    const charges = groups(await chargeModel(ctx).find({ source: 'dispense' }).lean(), ({ dispenseId }) =>
      String(dispenseId),
    );
    for (const row of dispenses) {
      const lines = JSON.parse(row.content) as { lineId: string; quantity: number }[];
      const of = prescriptions.find(({ id }) => id === row.prescriptionId?.toString());
      for (const { lineId, quantity } of lines) expect(of?.dispensed[lineId]?.given).toBe(quantity);
      const given = sum(lines, ({ quantity }) => quantity);
      expect(0 - sum(movements.get(row._id.toString()) ?? [], ({ quantity }) => quantity)).toBe(given);
      expect(sum(charges.get(row._id.toString()) ?? [], ({ quantity }) => quantity)).toBe(given);
    }
    expect(dispenses.length).toBe(prescriptions.length);
    expect(await returnModel(ctx).countDocuments({})).toBeGreaterThan(0);
    const bills = new Map((await billModel(ctx).find({}).lean()).map((bill) => [bill._id.toString(), bill]));
    for (const charge of await chargeModel(ctx)
      .find({ status: op({ $in: ['billed', 'credited'] as const }) })
      .lean()) {
      const line = bills
        .get(String(charge.billId))
        ?.lines.find(({ chargeId }) => chargeId?.equals(charge._id));
      expect(line).toMatchObject({ quantity: charge.quantity, unitMinor: charge.unitMinor });
    }
    expect(await chargeModel(ctx).countDocuments({ status: 'open', isFree: false })).toBe(0);
  });

  it('knows of each patient what all visits come to, and some have a story of two years', async () => {
    const rows = groups(await examinationModel(ctx).find({}).sort({ startedAt: 1 }).lean(), ({ patientId }) =>
      String(patientId),
    );
    for (const [id, own] of rows) {
      const visits = own.map(({ day, measurements, assessment }) => ({
        ...{ day, measurements: readMeasurements(measurements), assessment: readAssessment(assessment) },
      }));
      const stored = await eyeRecordModel(ctx).findById(id).orFail().lean();
      expect(JSON.parse(stored.content)).toEqual(JSON.parse(JSON.stringify(eyeRecordOf(visits, []))));
    }
    const glaucoma = [...rows.values()].filter(
      (own) =>
        own.length > 3 &&
        own.every(({ assessment }) => readAssessment(assessment).diagnoses[0]?.code.startsWith('H40')),
    );
    expect(glaucoma.length).toBeGreaterThan(0);
    for (const own of glaucoma) {
      const [first, last] = [own[0], own.at(-1)].map(
        (row) => readMeasurements(row?.measurements).pressures[0]?.right,
      );
      expect(first && last && 'mmHg' in first && 'mmHg' in last && last.mmHg < first.mmHg).toBe(true);
    }
  });

  it('is written in the shape of the models, with everything sealed that they seal, and once', async () => {
    const filled: string[] = [];
    for (const definition of tenantDefinitions()) {
      const model = ctx.db.model(definition);
      const raw = await model.collection.find({}).toArray();
      for (const row of raw)
        for (const path of definition.sensitive) {
          const text: unknown = row[path];
          if (typeof text === 'string' && text !== '')
            expect(isSealed(text), `${definition.collection}.${path}`).toBe(true);
        }
      const rows = await model.find({}).limit(40).lean();
      for (const row of rows) await new model(row).validate();
      if (rows.length > 0) filled.push(definition.collection);
    }
    expect(filled).toEqual(
      expect.arrayContaining([
        ...[
          'visits',
          'queue_entries',
          'appointments',
          'examinations',
          'eye_records',
          'prescriptions',
          'spectacles',
          'made_glasses',
        ],
        ...['bills', 'receipts', 'charges', 'shifts', 'money_days', 'goods_receipts', 'supplier_payments'],
        ...['dispenses', 'medicine_returns', 'stock_movements', 'medicine_batches', 'letters', 'patients'],
      ]),
    );
    expect(await addHistory(ctx, kind, { visits: VISITS, seed: 5, days: DAYS })).toBe(0);
  });
});
