import { randomInt, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { objectId, op } from '@/lib/mongo';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { readPdf } from '@/tests/assertions/pdf-text';
import { aBill, aPayment, aService } from '@/tests/builders/bill';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aPatient } from '@/tests/builders/patient';
import { aPayer, aSettlement, theClaim } from '@/tests/builders/payer';
import { billSettingsInput } from '../bill-settings/schema';
import { updateBillSettings } from '../bill-settings/service';
import { billModel } from '../bills/model';
import { printBill } from '../bills/paper';
import { creditBillInput } from '../bills/schema';
import { askExpenseInput } from '../expenses/schema';
import { askExpense, payExpense } from '../expenses/service';
import { receiptModel } from '../payments/model';
import { printReceipt } from '../payments/paper';
import { upiAddress } from '../payments/policy';
import { takeAdvanceInput } from '../payments/schema';
import { creditBill, takeAdvance } from '../payments/service';
import { closeShiftInput } from '../shifts/schema';
import { closeShift } from '../shifts/service';
import { BY_DAY, BY_TIME, figureRows, moneyFigures, readDayBook } from './queries';
import { MONEY_REPORTS, type MoneyReport } from './schema';
import { closeDay } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: ReturnType<typeof org.ctx>;
let cashier: ReturnType<typeof org.ctx>;
let day = '';
const bills: string[] = [];

beforeAll(async () => {
  org = await testOrganization({ maxUsers: null });
  ctx = org.ctx();
  cashier = org.ctx('cashier');
  day = today(ctx.timeZone);
  await updateBillSettings(
    ctx,
    billSettingsInput.parse({
      taxNumber: '27AAPFU0939F1ZV',
      isRounded: 'on',
      upiAddress: 'eye@bank',
      address: '1 Lake Road',
    }),
  );
  const doctors = [await org.doctor(), await org.doctor({ name: 'Dr Bose' })];
  const services = [
    await aService(ctx, { price: '500', group: 'consultation', name: 'Consultation' }),
    await aService(ctx, { price: '1,234.56', group: 'test', name: 'OCT' }),
    await aService(ctx, {
      price: '999.99',
      group: 'optical',
      taxClass: 'frame',
      name: 'Frame',
      isInclusive: 'on',
    }),
    await aService(ctx, { price: '333.33', group: 'optical', taxClass: 'sunglasses', name: 'Sunglasses' }),
  ];
  for (let index = 0; index < 14; index++) {
    const patientId = (await aPatient(ctx)).id;
    const lines = services
      .filter((_, at) => (index >> (at % 3)) % 2 === 0 || at === index % 4)
      .map((service) => ({ service, quantity: 1 + (index % 3) }));
    const bill = await aBill(ctx, {
      patientId,
      lines,
      doctorId: index % 3 === 2 ? '' : (doctors[index % 2]?.id ?? ''),
      ...(index % 4 === 0 ? { discountKind: 'rate', discountRate: '7.5', discountReason: 'senior' } : {}),
      ...(index % 4 === 1 ? { discountKind: 'amount', discountAmount: '11.11', discountReason: 'camp' } : {}),
    });
    bills.push(bill.id);
    const who = index % 2 === 0 ? cashier : ctx;
    // Half in cash, as far as coins make it.
    const half = Math.floor(bill.totalMinor / 200) * 100;
    const rest = bill.totalMinor - half;
    const text = (minor: number) => (minor / 100).toFixed(2);
    const reference = String(randomInt(100_000_000_000, 281_474_976_710_655)).slice(0, 12);
    if (index % 5 !== 4)
      await aPayment(who, { billId: bill.id, cash: text(half), upi: text(rest), upiReference: reference });
    if (index % 6 === 0) {
      const credited = { billId: bill.id, requestKey: randomUUID(), reason: 'Not done' };
      await creditBill(who, creditBillInput.parse({ ...credited, lines: '[{"line":0,"quantity":1}]' }));
    }
    if (index === 3) {
      const advance = {
        patientId,
        requestKey: randomUUID(),
        method: 'card',
        amount: '5000',
        reference: 'SLIP-1',
      };
      await takeAdvance(cashier, takeAdvanceInput.parse(advance));
    }
  }
  const [insurer, test] = [await aPayer(ctx), services[1]];
  if (!test) throw new Error('there is none');
  const patientId = (await aPatient(ctx)).id;
  await aBill(ctx, { patientId, lines: [{ service: test }], payerChoice: `payer:${insurer.id}` });
  const claimed = (await theClaim(ctx, insurer.id)).id;
  const [received, tds] = ['1,000', '100'];
  await aSettlement(ctx, {
    ...{ payerId: insurer.id, amount: received },
    parts: [{ claimId: claimed, received, tds, cut: '20', reason: 'tariff' }],
  });
  for (const [category, amount] of [
    ['food', '120.50'],
    ['food', '80'],
    ['travel', '45'],
  ]) {
    const typed = { requestKey: randomUUID(), category, amount, payee: 'Anna', from: 'bank' };
    const { id } = await askExpense(ctx, askExpenseInput.parse(typed));
    await payExpense(ctx, { expenseId: id, reference: 'NEFT 1' });
  }
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const rowsOf = async () => ({
  allBills: await billModel(ctx).find({}).lean(),
  receipts: await receiptModel(ctx).find({}).lean(),
});
const sum = (of: readonly number[]) => of.reduce((all, one) => all + one, 0);

describe('the day book', () => {
  it('is the sum of its documents, and of the drawers', async () => {
    const book = await readDayBook(ctx, day);
    const { allBills, receipts } = await rowsOf();
    expect(book.billedMinor).toBe(sum(allBills.map(({ totalMinor }) => totalMinor)));
    const parts = receipts.flatMap(({ tenders }) => tenders);
    for (const { method, netMinor } of book.methods)
      expect(netMinor).toBe(sum(parts.filter((one) => one.method === method).map((one) => one.amountMinor)));
    expect(book.collectedMinor).toBe(sum(book.methods.map(({ netMinor }) => netMinor)));
    expect(book.collectedMinor).toBe(
      book.receipts.moneyMinor + book.advances.moneyMinor + book.refunds.moneyMinor,
    );
    expect(book.creditNotes.totalMinor).toBeLessThan(0);
    // Billed and not yet paid, less what was paid and belongs to no bill, is the difference of the two sums.
    const due = sum(allBills.map(({ dueMinor }) => dueMinor));
    const held = sum(receipts.map(({ leftMinor }) => leftMinor ?? 0));
    const payers = sum(allBills.map(({ payerMinor }) => payerMinor ?? 0));
    expect(book.billedMinor - book.collectedMinor).toBe(due + payers - held);
    expect(book.payers).toEqual({ documents: 1, receivedMinor: 100_000 });
  });
});

describe('a report', () => {
  const reports = Object.keys(MONEY_REPORTS) as MoneyReport[];

  it.each(reports)('%s is the sum of the documents behind each figure', async (what) => {
    const span = { from: day, to: day };
    const figures = await moneyFigures(ctx, what, span);
    expect(figures.length).toBeGreaterThan(0);
    for (const { key, amountMinor, documents } of figures) {
      const rows = await figureRows(ctx, what, span, key);
      expect([key, sum(rows.map((row) => row.amountMinor))]).toEqual([key, amountMinor]);
      // A document with two lines or two tenders of a figure is one document of it.
      expect([key, rows.length]).toEqual([key, documents]);
      // What is left out is left out before the limit: as many as are asked for come where there are.
      expect(await figureRows(ctx, what, span, key, 1)).toHaveLength(Math.min(documents, 1));
    }
    const before = shiftDay(day, -1);
    const empty = await moneyFigures(ctx, what, { from: before, to: before });
    if (what !== 'dues') expect(empty).toEqual([]);
  });

  it('of what was billed comes to the same sum, however it is cut, and equals the rows', async () => {
    const { allBills, receipts } = await rowsOf();
    const total = async (what: MoneyReport) =>
      sum((await moneyFigures(ctx, what, { from: day, to: day })).map(({ amountMinor }) => amountMinor));
    const billed = sum(allBills.map(({ totalMinor }) => totalMinor));
    for (const what of ['revenue-service', 'revenue-group', 'revenue-doctor', 'revenue-day'] as const)
      expect([what, await total(what)]).toEqual([what, billed]);
    const money = sum(receipts.map(({ moneyMinor }) => moneyMinor));
    for (const what of ['collection-method', 'collection-cashier', 'collection-day'] as const)
      expect([what, await total(what)]).toEqual([what, money]);
    expect(await total('taxes')).toBe(sum(allBills.map(({ taxMinor }) => taxMinor)));
    expect(await total('discounts')).toBe(sum(allBills.map(({ discountMinor }) => discountMinor)));
    expect(await total('dues')).toBe(sum(allBills.map(({ dueMinor }) => Math.max(dueMinor, 0))));
  });

  it('reads the documents of many days, and of one, by an index in their order', async () => {
    const [bills, receipts] = [billModel(ctx), receiptModel(ctx)];
    const many = { day: op({ $gte: shiftDay(day, -40), $lte: day }) };
    const queries = [
      bills.find(many).sort(BY_DAY).limit(5),
      receipts.find(many).sort(BY_DAY).limit(5),
      bills.find({ day }).sort({ at: -1, _id: -1 }).limit(5),
      receipts.find({ day }).sort({ at: -1, _id: -1 }).limit(5),
      bills
        .find({ isDue: true, ...many })
        .sort(BY_TIME)
        .limit(5),
    ];
    for (const query of queries) expectIndexed(await query.explain('executionStats'));
  });
});

describe('the paper', () => {
  it('says all of a bill on a page and on a roll, and that it is a copy from the second print on', async () => {
    const due = (
      await billModel(ctx)
        .findOne({ isDue: true, taxMinor: op({ $gt: 0 }) })
        .orFail()
        .lean()
    )._id.toString();
    const first = readPdf(Buffer.from((await printBill(ctx, due, 'a4', upiAddress)).content));
    const all = first.text.join(' ');
    for (const words of [
      'Invoice-cum-bill of supply',
      'GSTIN 27AAPFU0939F1ZV',
      'CGST 2.5 % on',
      'Rupees',
      'by UPI',
    ])
      expect(all).toContain(words);
    expect(all).not.toContain('Copy');
    const second = await printBill(ctx, due, 'roll', upiAddress);
    expect(readPdf(Buffer.from(second.content)).text.join(' ')).toContain('Copy 1');
    expect(readPdf(Buffer.from(second.content)).pages).toBe(1);
    expect(second.name).toMatch(/^B-\d{4}-\d{6}\.pdf$/);
    const receipt = await receiptModel(ctx).findOne({ kind: 'refund' }).orFail().lean();
    const voucher = readPdf(Buffer.from((await printReceipt(ctx, receipt._id.toString(), 'roll')).content));
    expect(voucher.text.join(' ')).toContain('Refund voucher');
    if (process.env.PDF_OUT) {
      const { writeFileSync } = await import('node:fs');
      writeFileSync(
        `${process.env.PDF_OUT}/bill-a4.pdf`,
        (await printBill(ctx, due, 'a4', upiAddress)).content,
      );
      writeFileSync(`${process.env.PDF_OUT}/bill-roll.pdf`, second.content);
    }
  });
});

describe('yesterday', () => {
  it('reads byte by byte the same after what was billed then is taken back today', async () => {
    const yesterday = shiftDay(day, -1);
    const patientId = (await aPatient(ctx)).id;
    const bill = await aBill(ctx, { patientId, lines: [{ service: await aService(ctx, { price: '700' }) }] });
    const receipt = await aPayment(ctx, { billId: bill.id, cash: '700' });
    // As rows of yesterday are: no write of the product moves a day.
    const move = { $set: { day: yesterday } };
    await billModel(ctx).collection.updateOne({ _id: objectId(bill.id) }, move);
    await receiptModel(ctx).collection.updateOne({ _id: objectId(receipt.id) }, move);
    const before = JSON.stringify(await readDayBook(ctx, yesterday));
    expect(JSON.parse(before)).toMatchObject({ billedMinor: 70_000, collectedMinor: 70_000 });
    const credited = { billId: bill.id, requestKey: randomUUID(), reason: 'Not done' };
    await creditBill(ctx, creditBillInput.parse({ ...credited, lines: '[{"line":0,"quantity":1}]' }));
    expect(JSON.stringify(await readDayBook(ctx, yesterday))).toBe(before);
  });
});

describe('a closed day', () => {
  it('waits for its shifts, takes no row, and reads the same afterwards', async () => {
    await expect(closeDay(ctx, { day: shiftDay(day, 1) })).rejects.toMatchObject({ code: 'CONFLICT' });
    await expect(closeDay(ctx, { day })).rejects.toMatchObject({
      message: expect.stringContaining('Still open'),
    });
    for (const who of [cashier, ctx]) {
      const counted = {
        denomination: ['note-50000'],
        pieces: ['0'],
        isRestNone: 'on',
        reason: 'Taken to the bank',
      };
      await closeShift(who, closeShiftInput.parse(counted));
    }
    const before = await readDayBook(ctx, day);
    const closed = await closeDay(ctx, { day });
    expect(closed).toEqual({
      ...before,
      closed: expect.objectContaining({ billedMinor: before.billedMinor }),
    });
    const { patientId } = await billModel(ctx)
      .findById(objectId(bills[0] ?? ''))
      .orFail()
      .lean();
    const service = await aService(ctx);
    await expect(aBill(ctx, { patientId: patientId.toString(), lines: [{ service }] })).rejects.toMatchObject(
      { message: expect.stringContaining('closed') },
    );
    const due = await billModel(ctx).findOne({ isDue: true }).orFail().lean();
    await expect(aPayment(cashier, { billId: due._id.toString(), cash: '1' })).rejects.toMatchObject({
      message: expect.stringContaining('closed'),
    });
    expect(await readDayBook(ctx, day)).toMatchObject({
      billedMinor: before.billedMinor,
      collectedMinor: before.collectedMinor,
      methods: before.methods,
    });
    await expect(closeDay(ctx, { day })).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});
