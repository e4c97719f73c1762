import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newObjectId } from '@/lib/mongo';
import { today } from '@/lib/time';
import { aBill, aPayment, aService, aShift } from '@/tests/builders/bill';
import { closeConnections, TEST_PASSWORD, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { aPayer } from '@/tests/builders/payer';
import { billModel } from '../bills/model';
import { proposeFee } from '../bills/queries';
import { creditBillInput } from '../bills/schema';
import { listPackagesOfBill } from '../packages/queries';
import { receiptModel } from '../payments/model';
import { takeAdvanceInput } from '../payments/schema';
import { creditBill, takeAdvance } from '../payments/service';
import { listPriced } from '../price-list/queries';
import { setPackageInput } from '../price-list/schema';
import { setPackage } from '../price-list/service';
import { closeShiftInput } from '../shifts/schema';
import { closeShift } from '../shifts/service';
import { figureRows, moneyFigures, readDayBook } from './queries';
import { closeDay } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let manager: ReturnType<typeof org.ctx>;
let cashier: typeof manager;
let day = '';
type Service = Awaited<ReturnType<typeof aService>>;
let fees: Record<'first' | 'review', Service>;
let laser: Service;
let frame: Service;
let cataract: Service;
let doctorId = '';

const upiReference = () => String(randomInt(100_000_000_000, 281_474_976_710_655)).slice(0, 12);
const key = () => randomUUID();
const proposed = async (patientId: string, hasComeBefore: boolean) => {
  const services = await listPriced(manager, day);
  const visitId = newObjectId().toString();
  return proposeFee(
    manager,
    { services, reviewDays: 7 },
    { patientId, day, doctorId, visitId, hasComeBefore },
  );
};

beforeAll(async () => {
  org = await testOrganization({ maxUsers: null });
  manager = org.ctx();
  cashier = org.ctx('cashier');
  day = today(manager.timeZone);
  doctorId = (await org.doctor()).id;
  const fee = (consultation: 'new' | 'review', price: string) =>
    aService(manager, { group: 'consultation', name: `Fee ${consultation}`, consultation, price });
  fees = { first: await fee('new', '500'), review: await fee('review', '300.50') };
  laser = await aService(manager, { group: 'laser', name: 'YAG', price: '3,000' });
  frame = await aService(manager, { group: 'optical', taxClass: 'frame', name: 'Frame', price: '999.99' });
  cataract = await aService(manager, { group: 'surgery', name: 'Cataract', price: '25,000' });
  await setPackage(
    manager,
    setPackageInput.parse({
      ...{ serviceId: cataract.id, version: cataract.version, days: '30' },
      parts: JSON.stringify([{ serviceId: fees.review.id, quantity: 2 }]),
    }),
  );
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

describe('a day of ten patients', () => {
  it('closes with the right cash, and bills, receipts, day book and reports agree to the paisa', async () => {
    const people = await Promise.all(Array.from({ length: 10 }, () => aPatient(manager)));
    const [a, b, c, d, e, f, g, h, i, j] = people.map(({ id }) => id) as [
      ...[string, string, string, string, string],
      ...[string, string, string, string, string],
    ];
    await aShift(cashier, '1000');
    // New, in cash with change; then a review that is free within the week, and one that is not.
    expect(await proposed(a, false)).toMatchObject({ serviceId: fees.first.id, isFree: false });
    const first = await aBill(cashier, { patientId: a, doctorId, lines: [{ service: fees.first }] });
    await aPayment(cashier, { billId: first.id, cash: '500', cashTendered: '2000' });
    expect(await proposed(a, true)).toMatchObject({ serviceId: fees.review.id, isFree: true });
    const free = await aBill(cashier, {
      patientId: a,
      doctorId,
      lines: [{ service: fees.review, isFree: true }],
    });
    expect(free).toMatchObject({ totalMinor: 0, state: 'paid' });
    expect(await proposed(b, true)).toMatchObject({ isFree: false });
    const review = await aBill(cashier, { patientId: b, doctorId, lines: [{ service: fees.review }] });
    await aPayment(cashier, { billId: review.id, upi: '300.50', upiReference: upiReference() });
    // A procedure by UPI and cash, and one by card in two parts.
    const split = await aBill(cashier, {
      patientId: c,
      lines: [{ service: fees.first }, { service: laser }],
    });
    await aPayment(cashier, {
      billId: split.id,
      cash: '1200',
      upi: '2300',
      upiReference: upiReference(),
    });
    const parts = await aBill(cashier, { patientId: d, lines: [{ service: laser }] });
    await aPayment(cashier, { billId: parts.id, card: '1000', cardReference: `S${key().slice(0, 8)}` });
    // An insurer pays a share; the sponsor of a camp pays all.
    const [insurer, sponsor] = [await aPayer(manager), await aPayer(manager, { kind: 'sponsor' })];
    const shared = await aBill(cashier, {
      ...{ patientId: e, lines: [{ service: laser }, { service: fees.first, isNotPayable: true }] },
      ...{ payerChoice: `payer:${insurer.id}`, shareKind: 'rate', shareRate: '80' },
    });
    expect(shared).toMatchObject({ payerMinor: 240_000, dueMinor: 110_000 });
    await aPayment(cashier, { billId: shared.id, cash: '1100' });
    const camp = await aBill(cashier, {
      ...{ patientId: f, lines: [{ service: fees.first }], payerChoice: `payer:${sponsor.id}` },
    });
    expect(camp.dueMinor).toBe(0);
    // An advance, of which a bill uses a part.
    const advance = await takeAdvance(
      cashier,
      takeAdvanceInput.parse({ patientId: g, requestKey: key(), method: 'cash', amount: '4000' }),
    );
    const used = await aBill(cashier, { patientId: g, lines: [{ service: laser }] });
    await aPayment(cashier, { billId: used.id, advance: '3000', advanceId: advance.id });
    // A discount that somebody else approves, and one that is refused without.
    const discount = { discountKind: 'rate', discountRate: '50', discountReason: 'staff' };
    const wanted = { patientId: h, lines: [{ service: frame }], ...discount };
    await expect(aBill(cashier, wanted)).rejects.toMatchObject({ field: 'approverId' });
    const approval = { approverId: org.owner.id, approverPin: TEST_PASSWORD };
    const given = await aBill(cashier, { ...wanted, ...approval });
    await aPayment(cashier, { billId: given.id, cash: (given.dueMinor / 100).toFixed(2) });
    // Cancelled the same day: it goes back the way it came.
    const gone = await aBill(cashier, { patientId: i, lines: [{ service: fees.first }] });
    await aPayment(cashier, { billId: gone.id, cash: '500' });
    const back = { billId: gone.id, requestKey: key(), reason: 'Went home' };
    await creditBill(cashier, creditBillInput.parse({ ...back, lines: '[{"line":0,"quantity":1}]' }));
    // A package, of which a part is paid.
    const sold = await aBill(cashier, { patientId: j, lines: [{ service: cataract }] });
    expect(await listPackagesOfBill(manager, sold.id)).toHaveLength(1);
    await aPayment(cashier, { billId: sold.id, cash: '10000' });

    // What is in the drawer, by hand: 500, 1,200, 1,100, the advance, half a frame with tax, 10,000.
    const cash = 100_000 + 50_000 + 120_000 + 110_000 + 400_000 + given.totalMinor + 1_000_000;
    const counted = {
      denomination: ['coin-100'],
      pieces: [String(Math.floor(cash / 100))],
      isRestNone: 'on',
    };
    const short = cash % 100;
    const shift = await closeShift(
      cashier,
      closeShiftInput.parse({ ...counted, ...(short ? { reason: 'Paise are not counted' } : {}) }),
    );
    expect(shift.closed).toMatchObject({ expectedMinor: cash, differenceMinor: 0 - short });

    await closeDay(manager, { day });
    const book = await readDayBook(manager, day);
    expect(book.closed).toMatchObject({ billedMinor: book.billedMinor, collectedMinor: book.collectedMinor });
    const [bills, receipts] = await Promise.all([
      billModel(manager).find({ day }).lean(),
      receiptModel(manager).find({ day }).lean(),
    ]);
    const sum = (of: readonly number[]) => of.reduce((all, one) => all + one, 0);
    // Recomputed from the rows: the day book, the reports, and every bill from its lines and its money.
    expect(book.billedMinor).toBe(sum(bills.map(({ totalMinor }) => totalMinor)));
    expect(book.collectedMinor).toBe(sum(receipts.map(({ moneyMinor }) => moneyMinor)));
    expect(book.methods.find(({ method }) => method === 'cash')?.netMinor).toBe(cash - 100_000);
    expect(book.advancesUsedMinor).toBe(300_000);
    for (const bill of bills) {
      expect(sum(bill.lines.map(({ totalMinor }) => totalMinor)) + bill.roundOffMinor).toBe(bill.totalMinor);
      if (bill.kind !== 'bill') continue;
      const paid = sum(
        receipts.filter(({ billId }) => billId?.equals(bill._id)).map(({ amountMinor }) => amountMinor),
      );
      expect(bill.paidMinor).toBe(paid);
      expect(bill.dueMinor).toBe(bill.totalMinor - bill.creditedMinor - paid - (bill.payerMinor ?? 0));
    }
    const span = { from: day, to: day };
    for (const [what, total] of [
      ['collection-method', book.collectedMinor],
      ['revenue-service', book.billedMinor],
    ] as const) {
      const figures = await moneyFigures(manager, what, span);
      expect(sum(figures.map(({ amountMinor }) => amountMinor))).toBe(total);
      for (const { key: of, amountMinor } of figures) {
        const rows = await figureRows(manager, what, span, of);
        expect(sum(rows.map((row) => row.amountMinor))).toBe(amountMinor);
      }
    }
    await expect(aBill(cashier, { patientId: a, lines: [{ service: laser }] })).rejects.toMatchObject({
      code: 'CONFLICT',
    });
  });
});
