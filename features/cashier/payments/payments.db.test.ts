import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { objectId, op } from '@/lib/mongo';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { readPdf } from '@/tests/assertions/pdf-text';
import { aBill, aPayment, aService, aShift } from '@/tests/builders/bill';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { billModel } from '../bills/model';
import { printBill } from '../bills/paper';
import { getBill } from '../bills/queries';
import { creditBillInput } from '../bills/schema';
import { shiftModel } from '../shifts/model';
import { denominationKey, denominationsOf } from '../shifts/policy';
import { findOwnShift } from '../shifts/queries';
import { closeOtherShiftInput, closeShiftInput } from '../shifts/schema';
import { closeOtherShift, closeShift, openShift } from '../shifts/service';
import { cashDayModel, receiptModel } from './model';
import { printReceipt } from './paper';
import { getReceipt, listAdvances, listReceiptsOfBill } from './queries';
import { refundAdvanceInput, takeAdvanceInput, takePaymentInput } from './schema';
import { creditBill, refundAdvance, takeAdvance, takePayment } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: ReturnType<typeof org.ctx>;
let cashier: ReturnType<typeof org.ctx>;
let service: Awaited<ReturnType<typeof aService>>;
let patientId = '';

const utr = () => String(randomInt(100_000_000_000, 281_474_976_710_655)).slice(0, 12);
const bill = (quantity = 1, patient = patientId) =>
  aBill(ctx, { patientId: patient, lines: [{ service, quantity }] });
const credit = (billId: string, quantity: number, more: Record<string, string> = {}) =>
  creditBill(
    cashier,
    creditBillInput.parse({
      ...{ billId, requestKey: randomUUID(), lines: JSON.stringify([{ line: 0, quantity }]) },
      ...{ reason: 'Test was not done', ...more },
    }),
  );
const advance = (amount: string, patient = patientId, more: Record<string, string> = {}) =>
  takeAdvance(
    cashier,
    takeAdvanceInput.parse({ patientId: patient, requestKey: randomUUID(), method: 'cash', amount, ...more }),
  );

beforeAll(async () => {
  org = await testOrganization({ maxUsers: null });
  ctx = org.ctx();
  cashier = org.ctx('cashier');
  patientId = (await aPatient(ctx)).id;
  service = await aService(ctx, { price: '1000' });
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

/** Everything that is stored twice, computed again from the rows. */
async function expectBalanced(): Promise<void> {
  const [bills, receipts, shifts] = await Promise.all([
    billModel(ctx).find({}).lean(),
    receiptModel(ctx).find({}).lean(),
    shiftModel(ctx).find({}).lean(),
  ]);
  for (const row of bills.filter(({ kind }) => kind === 'bill')) {
    const own = receipts.filter(({ billId }) => billId?.equals(row._id));
    const notes = bills.filter(({ ofBillId }) => ofBillId?.equals(row._id));
    const paid = own.reduce((sum, one) => sum + one.amountMinor, 0);
    const credited = 0 - notes.reduce((sum, one) => sum + one.totalMinor, 0);
    expect([row.paidMinor, row.creditedMinor, row.dueMinor, row.isDue]).toEqual([
      paid,
      credited,
      row.totalMinor - credited - paid,
      row.totalMinor - credited - paid > 0,
    ]);
  }
  const parts = receipts.flatMap((row) => row.tenders.map((tender) => ({ row, tender })));
  for (const row of receipts.filter(({ kind }) => kind === 'advance')) {
    const used = parts
      .filter(({ tender, row: by }) => tender.advanceId?.equals(row._id) && by.kind !== 'advance')
      .reduce((sum, { tender }) => sum + tender.amountMinor, 0);
    const returned = parts
      .filter(({ tender }) => tender.ofReceiptId?.equals(row._id))
      .reduce((sum, { tender }) => sum - tender.amountMinor, 0);
    // Advances in are what was used, what was given back and what is held.
    expect(row.amountMinor).toBe(used + returned + (row.leftMinor ?? 0));
    expect(row.isHeld).toBe((row.leftMinor ?? 0) > 0);
  }
  for (const { row, tender } of parts.filter(({ row }) => row.kind !== 'refund')) {
    expect(tender.refundedMinor).toBeGreaterThanOrEqual(0);
    expect(tender.refundedMinor).toBeLessThanOrEqual(tender.amountMinor);
    const back = parts
      .filter(({ tender: one }) => one.ofReceiptId?.equals(row._id) && one.method === tender.method)
      .reduce((sum, { tender: one }) => sum - one.amountMinor, 0);
    expect(tender.refundedMinor).toBe(back);
  }
  for (const shift of shifts)
    for (const method of ['cash', 'card', 'upi', 'transfer', 'cheque'] as const) {
      const moved = parts
        .filter(({ row, tender }) => row.shiftId?.equals(shift._id) && tender.method === method)
        .reduce((sum, { tender }) => sum + tender.amountMinor, 0);
      expect(shift.totals[method]).toBe(moved);
    }
}

describe('a payment', () => {
  it('needs an open shift, and leaves nothing where it fails', async () => {
    const { id } = await bill();
    const input = takePaymentInput.parse({ billId: id, requestKey: randomUUID(), cash: '1000' });
    await expect(takePayment(org.ctx('receptionist'), input)).rejects.toMatchObject({
      message: expect.stringContaining('Open your shift'),
    });
    expect(await getBill(ctx, id)).toMatchObject({ paidMinor: 0, state: 'due' });
    expect(await listReceiptsOfBill(ctx, id)).toEqual([]);
  });

  it('is split over ways, gives change, and makes the bill paid', async () => {
    const { id } = await bill();
    await aShift(cashier);
    const reference = utr();
    const receipt = await aPayment(cashier, {
      billId: id,
      ...{ cash: '600', cashTendered: '1,000', upi: '400', upiReference: reference },
    });
    expect(receipt.tenders).toMatchObject([
      { method: 'cash', amountMinor: 60_000, tenderedMinor: 100_000, changeMinor: 40_000 },
      { method: 'upi', amountMinor: 40_000, reference },
    ]);
    expect(receipt.number).toMatch(/^R\/\d{4}\/\d{6}$/);
    expect(await getBill(ctx, id)).toMatchObject({ state: 'paid', dueMinor: 0 });
    const other = await bill();
    await expect(
      aPayment(cashier, { billId: other.id, upi: '400', upiReference: reference }),
    ).rejects.toMatchObject({ message: expect.stringContaining('reference') });
    expect((await getBill(ctx, other.id)).paidMinor).toBe(0);
    await expectBalanced();
  });

  it('pressed twice takes money once, and two counters cannot pay one bill', async () => {
    const { id } = await bill();
    const typed = takePaymentInput.parse({ billId: id, requestKey: randomUUID(), cash: '500' });
    const [one, two] = await Promise.all([takePayment(cashier, typed), takePayment(cashier, typed)]);
    expect(two.id).toBe(one.id);
    await aShift(ctx);
    const results = await Promise.allSettled(
      [ctx, cashier, ctx, cashier].map((who) => aPayment(who, { billId: id, cash: '500' })),
    );
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(await getBill(ctx, id)).toMatchObject({ paidMinor: 100_000, state: 'paid' });
    await expect(aPayment(cashier, { billId: id, cash: '1' })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expectBalanced();
  });

  it('in cash ends below the legal limit of a patient and a day, over all receipts', async () => {
    const dear = await aService(ctx, { price: '1,99,999' });
    const rich = (await aPatient(ctx)).id;
    const first = await aBill(ctx, { patientId: rich, lines: [{ service: dear }] });
    await aPayment(cashier, { billId: first.id, cash: '1,99,999' });
    const second = await bill(1, rich);
    await expect(aPayment(cashier, { billId: second.id, cash: '1' })).rejects.toMatchObject({
      field: 'cash',
    });
    const lines = [{ service: dear }, { service }];
    const { id } = await aBill(ctx, { patientId: (await aPatient(ctx)).id, lines });
    await expect(aPayment(cashier, { billId: id, cash: '2,00,000' })).rejects.toMatchObject({
      field: 'cash',
    });
    await aPayment(cashier, { billId: second.id, card: '1000', cardReference: 'SLIP-7781' });
    expect(await cashDayModel(ctx).countDocuments({ minor: op({ $gte: 20_000_000 }) })).toBe(0);
    await expectBalanced();
  });
});

describe('the key of a page', () => {
  it('gives what it gave for the same thing alone, to nobody for another bill, amount, way or person', async () => {
    const [first, second] = [await bill(), await bill()];
    const patient = (await aPatient(ctx)).id;
    await aShift(cashier);
    const requestKey = randomUUID();
    const pay = (billId: string, cash: string) =>
      takePayment(cashier, takePaymentInput.parse({ billId, requestKey, cash }));
    const receipt = await pay(first.id, '400');
    expect(await pay(first.id, '400')).toEqual(receipt);
    const { key, ...told } = {
      key: { requestKey },
      code: 'CONFLICT',
      message: expect.stringContaining(receipt.number),
    };
    await expect(pay(first.id, '600')).rejects.toMatchObject(told);
    await expect(pay(second.id, '400')).rejects.toMatchObject(told);
    await expect(advance('400', patientId, key)).rejects.toMatchObject(told);
    expect((await getBill(ctx, first.id)).dueMinor).toBe(60_000);
    expect((await getBill(ctx, second.id)).paidMinor).toBe(0);

    const other = { requestKey: randomUUID() };
    const held = await advance('300', patientId, other);
    expect(await advance('300', patientId, other)).toEqual(held);
    await expect(advance('300', patient, other)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(advance('500', patientId, other)).rejects.toMatchObject({ code: 'CONFLICT' });
    const back = (receiptId: string, amount: string) =>
      refundAdvance(
        cashier,
        refundAdvanceInput.parse({
          receiptId,
          amount,
          ...other,
          requestKey: `${requestKey}-2`,
          reason: 'Asked',
        }),
      );
    const given = await back(held.id, '100');
    expect(await back(held.id, '100')).toEqual(given);
    await expect(back(held.id, '200')).rejects.toMatchObject({ code: 'CONFLICT' });

    const note = await credit(second.id, 1, other);
    expect((await credit(second.id, 1, other)).note).toEqual(note.note);
    await expect(credit(first.id, 1, other)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expectBalanced();
  });
});

describe('an advance', () => {
  it('is held, used by bills and given back, and never more than it was', async () => {
    const person = (await aPatient(ctx)).id;
    const held = await advance('1500', person);
    const { id } = await bill(1, person);
    await aPayment(cashier, { billId: id, advance: '1000', advanceId: held.id });
    expect(await listAdvances(ctx, person)).toMatchObject([{ id: held.id, leftMinor: 50_000 }]);
    expect(await getReceipt(ctx, held.id)).toMatchObject({ moneyMinor: 150_000 });
    const next = await bill(1, person);
    await expect(
      aPayment(cashier, { billId: next.id, advance: '600', advanceId: held.id }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    const stranger = await bill();
    await expect(
      aPayment(cashier, { billId: stranger.id, advance: '100', advanceId: held.id }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    const back = (amount: string) =>
      refundAdvance(
        cashier,
        refundAdvanceInput.parse({
          receiptId: held.id,
          requestKey: randomUUID(),
          amount,
          reason: 'Moved away',
        }),
      );
    const results = await Promise.allSettled([back('300'), back('300')]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await back('200');
    expect(await listAdvances(ctx, person)).toEqual([]);
    await expectBalanced();
  });
});

it('a receipt and a bill say their words in the language of the patient, beside the English', async () => {
  const of = async (spokenLanguage: string) => {
    const { id: person } = await aPatient(ctx, { spokenLanguage });
    const { id } = await bill(1, person);
    const { id: receiptId } = await aPayment(cashier, { billId: id, cash: '1000' });
    const papers = [await printBill(ctx, id, 'roll', () => null), await printReceipt(ctx, receiptId, 'roll')];
    return papers.map(({ content }) => readPdf(Buffer.from(content)).text.join(' '));
  };
  for (const text of await of('Telugu')) {
    expect(text).toMatch(/[\u0c00-\u0c7f]/);
    expect(text).toContain('Date');
  }
  for (const text of await of('Marathi')) expect(text).not.toMatch(/[\u0900-\u0dff]/);
});

describe('a refund', () => {
  it('goes with a credit note, within what is left of the line, and back the way it came', async () => {
    const person = (await aPatient(ctx)).id;
    const held = await advance('500', person);
    const { id } = await bill(3, person);
    await aPayment(cashier, {
      billId: id,
      ...{ cash: '1500', upi: '1000', upiReference: utr(), advance: '500', advanceId: held.id },
    });
    const first = await credit(id, 1);
    expect(first.note).toMatchObject({ kind: 'credit-note', totalMinor: -100_000, ofBillId: id });
    expect(first.refund).toMatchObject({ amountMinor: -100_000, moneyMinor: -100_000 });
    expect(first.refund?.tenders).toMatchObject([{ method: 'cash', amountMinor: -100_000 }]);
    const rest = await credit(id, 2);
    expect(rest.refund?.tenders.map(({ method, amountMinor }) => [method, amountMinor])).toEqual([
      ['cash', -50_000],
      ['upi', -100_000],
      ['advance', -50_000],
    ]);
    expect(rest.refund?.moneyMinor).toBe(-150_000);
    expect(await getBill(ctx, id)).toMatchObject({ state: 'credited', paidMinor: 0, dueMinor: 0 });
    expect(await listAdvances(ctx, person)).toMatchObject([{ leftMinor: 50_000 }]);
    await expect(credit(id, 1)).rejects.toMatchObject({ code: 'CONFLICT' });
    await expectBalanced();
  });

  it('is only of what was paid too much, and a bill that nobody paid is credited without one', async () => {
    const { id } = await bill(2);
    await aPayment(cashier, { billId: id, cash: '1200' });
    const { refund } = await credit(id, 1);
    expect(refund).toMatchObject({ amountMinor: -20_000 });
    expect(await getBill(ctx, id)).toMatchObject({ paidMinor: 100_000, dueMinor: 0, state: 'part-credited' });
    const unpaid = await bill();
    expect((await credit(unpaid.id, 1)).refund).toBeNull();
    // Its paper adds up: 2,000 less 1,000 taken back is what was paid.
    const { content } = await printBill(ctx, id, 'a4', () => null);
    const paper = readPdf(Buffer.from(content)).text.join(' ');
    expect(paper).toMatch(/Taken back by credit notes -1,000\.00 Paid 1,000\.00 Due 0\.00/);
    await expectBalanced();
  });

  it('pressed twice, or at two counters, gives back once', async () => {
    const { id } = await bill(2);
    await aPayment(cashier, { billId: id, cash: '2000' });
    const input = creditBillInput.parse({
      ...{ billId: id, requestKey: randomUUID(), reason: 'Twice', lines: '[{"line":0,"quantity":2}]' },
    });
    const [one, two] = await Promise.all([creditBill(cashier, input), creditBill(cashier, input)]);
    expect([two.note.id, two.refund?.id]).toEqual([one.note.id, one.refund?.id]);
    await expect(credit(id, 1)).rejects.toMatchObject({ code: 'CONFLICT' });
    const other = await bill(2);
    await aPayment(cashier, { billId: other.id, cash: '2000' });
    const results = await Promise.allSettled([credit(other.id, 2), credit(other.id, 2), credit(other.id, 1)]);
    expect(results.filter(({ status }) => status === 'fulfilled').length).toBeGreaterThanOrEqual(1);
    expect((await getBill(ctx, other.id)).creditedMinor).toBeLessThanOrEqual(200_000);
    await expectBalanced();
  });

  it('gives back at the rate of the sale, whatever the law says today', async () => {
    const { id } = await bill();
    await billModel(ctx).collection.updateOne(
      { _id: objectId(id) },
      {
        $set: {
          'lines.0.taxes': [
            { name: 'CGST', rateBp: 600, amountMinor: 6_000 },
            { name: 'SGST', rateBp: 600, amountMinor: 6_000 },
          ],
          'lines.0.taxMinor': 12_000,
          'lines.0.totalMinor': 112_000,
          ...{ taxMinor: 12_000, totalMinor: 112_000, dueMinor: 112_000 },
        },
      },
    );
    const { note } = await credit(id, 1);
    expect(note).toMatchObject({ taxMinor: -12_000, totalMinor: -112_000 });
    expect(note.lines[0]?.taxes.map(({ rateBp, amountMinor }) => [rateBp, amountMinor])).toEqual([
      [600, -6_000],
      [600, -6_000],
    ]);
  });
});

describe('a shift', () => {
  const count = (pieces: Record<string, string>, more: Record<string, string> = {}) => {
    const keys = denominationsOf('INR').map(denominationKey);
    const all = { denomination: keys, pieces: keys.map((key) => pieces[key] ?? ''), ...more };
    return closeShiftInput.safeParse(all);
  };

  it('is counted: what is blank is not none', () => {
    expect(count({ 'note-50000': '2' }).success).toBe(false);
    expect(count({ 'note-50000': '2' }, { isRestNone: 'on' }).success).toBe(true);
    expect(count({ 'note-50000': '-1' }, { isRestNone: 'on' }).success).toBe(false);
    // Said once, however many there are: the boxes themselves are marked.
    const wrong = count({ 'note-50000': '-1', 'note-20000': '1.5', 'coin-500': 'x' }, { isRestNone: 'on' });
    expect(wrong.error?.issues).toMatchObject([{ path: ['pieces'] }]);
  });

  it('says what is over or short only after the count, and asks why', async () => {
    const fresh = org.ctx('optometrist');
    await openShift(fresh, { float: '500' });
    await expect(openShift(fresh, { float: '500' })).rejects.toMatchObject({ code: 'CONFLICT' });
    const { id } = await bill();
    await aPayment(fresh, { billId: id, cash: '700' });
    expect(await findOwnShift(fresh)).toMatchObject({ floatMinor: 50_000, closed: null });
    const typed = (pieces: string, reason = '') =>
      closeShiftInput.parse({
        ...{ denomination: ['note-10000'], pieces: [pieces], isRestNone: 'on', reason },
      });
    // Neither how much nor which way, before there is a reason.
    const refusals = await Promise.all(
      ['11', '13'].map((pieces) => closeShift(fresh, typed(pieces)).catch((error: unknown) => error)),
    );
    expect(refusals[0]).toMatchObject({
      field: 'reason',
      message: expect.not.stringMatching(/less|more|\d/),
    });
    expect(String(refusals[1])).toBe(String(refusals[0]));
    expect(await closeShift(fresh, typed('11', 'Wrong change given'))).toMatchObject({
      closed: { countedMinor: 110_000, expectedMinor: 120_000, differenceMinor: -10_000 },
    });
    await expect(aPayment(org.ctx('pharmacist'), { billId: id, cash: '1' })).resolves.toBeTruthy();
    const late = takePaymentInput.parse({ billId: id, requestKey: randomUUID(), cash: '1' });
    await expect(takePayment(fresh, late)).rejects.toMatchObject({
      message: expect.stringContaining('Open'),
    });
    await expectBalanced();
  });

  it('that was left open is counted by who closes the day, and says so', async () => {
    const gone = org.ctx('admin');
    const { id } = await openShift(gone, { float: '200' });
    const typed = (shiftId: string, pieces: string) =>
      closeOtherShiftInput.parse({
        ...{ shiftId, denomination: ['note-10000'], pieces: [pieces], isRestNone: 'on' },
      });
    await expect(closeOtherShift(ctx, typed(id, '1'))).rejects.toMatchObject({ field: 'reason' });
    expect((await findOwnShift(gone))?.closed).toBeNull();
    const closed = await closeOtherShift(ctx, typed(id, '2'));
    expect(closed).toMatchObject({ cashierName: gone.actor.name });
    expect(closed.closed).toMatchObject({ byName: ctx.actor.name, isByOther: true, differenceMinor: 0 });
    expect(await findOwnShift(gone)).toBeNull();
    await expect(closeOtherShift(ctx, typed(id, '2'))).rejects.toMatchObject({ code: 'CONFLICT' });
    const unknown = typed('0123456789abcdef01234567', '2');
    await expect(closeOtherShift(ctx, unknown)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    // The own one is closed by oneself.
    await openShift(gone, { float: '0' });
    const own = { denomination: ['note-10000'], pieces: ['0'], isRestNone: 'on' };
    expect((await closeShift(gone, closeShiftInput.parse(own))).closed).toMatchObject({ isByOther: false });
  });

  it('of yesterday takes nothing, and pays out no more than it holds', async () => {
    const who = org.ctx('doctor');
    await openShift(who, { float: '0' });
    const { id } = await bill();
    await aPayment(who, { billId: id, upi: '1000', upiReference: utr() });
    const shift = await findOwnShift(who);
    await shiftModel(ctx).updateOne(
      { _id: objectId(shift?.id ?? '') },
      { $set: { day: shiftDay(today(ctx.timeZone), -1) } },
    );
    const next = await bill();
    await expect(aPayment(who, { billId: next.id, cash: '1' })).rejects.toMatchObject({
      message: expect.stringContaining('still open'),
    });
    await shiftModel(ctx).updateOne(
      { _id: objectId(shift?.id ?? '') },
      { $set: { day: today(ctx.timeZone) } },
    );
    const cashBill = await bill();
    await aPayment(cashier, { billId: cashBill.id, cash: '1000' });
    const input = creditBillInput.parse({
      ...{ billId: cashBill.id, requestKey: randomUUID(), reason: 'No', lines: '[{"line":0,"quantity":1}]' },
    });
    await expect(creditBill(who, input)).rejects.toMatchObject({ message: expect.stringContaining('cash') });
    expect(await getBill(ctx, cashBill.id)).toMatchObject({ state: 'paid', creditedMinor: 0 });
    await expectBalanced();
  });
});

describe('the numbers of receipts', () => {
  it('have neither a gap nor a double in any series', async () => {
    const rows = [
      ...(await receiptModel(ctx).find({}).select('number').lean()),
      ...(await billModel(ctx).find({}).select('number').lean()),
    ];
    const series = new Map<string, number[]>();
    for (const { number } of rows) {
      const [letter = '', , sequence] = number.split('/');
      series.set(letter, [...(series.get(letter) ?? []), Number(sequence)]);
    }
    expect([...series.keys()].sort()).toEqual(['A', 'B', 'C', 'F', 'R']);
    for (const numbers of series.values())
      expect(numbers.sort((a, b) => a - b)).toEqual(numbers.map((_, index) => index + 1));
  });
});

describe('the lists', () => {
  it('are served by indexes', async () => {
    const receipts = receiptModel(ctx);
    const [row] = await receipts
      .find({ kind: 'refund', billId: op({ $exists: true }) })
      .limit(1)
      .lean();
    if (!row?.billId || !row.shiftId) throw new Error('there is no refund');
    const queries = [
      receipts.find({ billId: row.billId }).sort({ at: 1, _id: 1 }),
      receipts.find({ patientId: row.patientId, isHeld: true }).sort({ at: 1, _id: 1 }),
      receipts.find({ shiftId: row.shiftId }).sort({ at: -1, _id: -1 }),
      receipts.find({ day: row.day }).sort({ at: -1, _id: -1 }),
      shiftModel(ctx).find({ day: row.day }).sort({ openedAt: -1, _id: -1 }),
      shiftModel(ctx).find({ status: 'open' }).sort({ openedAt: 1, _id: 1 }),
      shiftModel(ctx).find({ cashierId: row.cashierId }).sort({ openedAt: -1, _id: -1 }),
    ];
    for (const query of queries) expectIndexed(await query.explain('executionStats'));
  });
});
