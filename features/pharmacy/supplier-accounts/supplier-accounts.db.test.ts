import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { goodsReceiptModel } from '@/features/pharmacy/goods-receipts/model';
import { paySupplierInput, receiveGoodsInput } from '@/features/pharmacy/goods-receipts/schema';
import { paySupplier, receiveGoods } from '@/features/pharmacy/goods-receipts/service';
import { movementModel } from '@/features/pharmacy/medicines/model';
import { findCreditNotes, listReturnableLots } from '@/features/pharmacy/supplier-returns/queries';
import {
  addSupplierReturnInput,
  closeSupplierReturnInput,
} from '@/features/pharmacy/supplier-returns/schema';
import { addSupplierReturn, closeSupplierReturn } from '@/features/pharmacy/supplier-returns/service';
import { addSupplierInput } from '@/features/pharmacy/suppliers/schema';
import { addSupplier } from '@/features/pharmacy/suppliers/service';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { readPdf } from '@/tests/assertions/pdf-text';
import { aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { printStatement } from './print-statement';
import { findCredits, findInvoices, findPaid, getStatement, listToSetOff } from './queries';
import { addSupplierNoteInput, setOffInput, statementQuery } from './schema';
import { addSupplierNote, setOffCredit } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: TenantContext;
beforeAll(async () => {
  org = await testOrganization();
  ctx = org.ctx('pharmacist');
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const aSupplier = async (name: string) =>
  (await addSupplier(ctx, addSupplierInput.parse({ name, creditDays: '30' }))).id;

async function anInvoice(supplierId: string, invoiceNumber: string, packs: number) {
  const { id: medicineId } = await aMedicine(ctx);
  const day = today(ctx.timeZone);
  return receiveGoods(
    ctx,
    receiveGoodsInput.parse({
      ...{ supplierId, requestKey: randomUUID(), invoiceNumber, invoiceDay: day, total: String(packs * 4) },
      lines: JSON.stringify([
        {
          ...{ medicineId, medicineName: 'T', unitsPerPack: '1', packs: String(packs), freePacks: '' },
          ...{ lotNumber: 'A', expiresOn: shiftDay(day, 60), rate: '4', mrp: '', discount: '', taxBp: '0' },
        },
      ]),
    }),
  );
}

/** A lot goes back and is credited. */
async function aCredit(supplierId: string, pieces: number, amount: string) {
  const [lot] = await listReturnableLots(ctx, supplierId);
  const back = await addSupplierReturn(
    ctx,
    addSupplierReturnInput.parse({
      ...{ supplierId, requestKey: randomUUID(), reason: 'near-expiry' },
      lines: JSON.stringify([{ batchId: lot?.batchId, from: 'shelf', quantity: pieces }]),
    }),
  );
  return closeSupplierReturn(
    ctx,
    closeSupplierReturnInput.parse({
      ...{ returnId: back.id, version: '0', outcome: 'credited', creditNote: 'CN 7', amount },
    }),
  );
}
const setOff = (returnId: string, version: number, receiptId: string, amount: string) =>
  setOffCredit(ctx, setOffInput.parse({ returnId, version: String(version), receiptId, amount }));

const noteOf = (supplierId: string, kind: 'credit' | 'debit', facts: Record<string, string> = {}) =>
  addSupplierNoteInput.parse({
    ...{ supplierId, requestKey: randomUUID(), kind, number: 'N 1', day: today(ctx.timeZone) },
    ...{ reason: 'price', amount: '11.20', tax: '1.20', ...facts },
  });

it('takes a note without goods once: a credit is set off, a debit is paid, and nothing moves', async () => {
  const supplierId = await aSupplier('Notes and Sons');
  const invoice = await anInvoice(supplierId, 'I1', 10);
  const moved = await movementModel(ctx).countDocuments({});
  const credit = noteOf(supplierId, 'credit');
  const debit = noteOf(supplierId, 'debit', { amount: '5', tax: '' });
  for (const note of [credit, debit]) {
    await Promise.all([1, 2, 3].map(() => addSupplierNote(ctx, note)));
    // Typed once more, by somebody else at the same moment.
    const again = await Promise.allSettled(
      [1, 2].map(() => addSupplierNote(ctx, { ...note, requestKey: randomUUID() })),
    );
    expect(again.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    for (const one of again) expect(one).toMatchObject({ reason: { code: 'CONFLICT', field: 'number' } });
  }
  const other = await Promise.allSettled(
    [1, 2].map(() =>
      addSupplierNote(ctx, noteOf(supplierId, 'credit', { number: 'N 2', amount: '1', tax: '' })),
    ),
  );
  expect(other.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await movementModel(ctx).countDocuments({})).toBe(moved);

  const { statement } = await getStatement(ctx, supplierId, statementQuery.parse({}));
  expect(statement).toMatchObject({ invoicedMinor: 4_500, creditedMinor: 1_220, closingMinor: 3_280 });
  expect(statement.lines.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
    ['invoice', 4_000],
    ['debit', 500],
    ['credit', 1_120],
    ['credit', 100],
  ]);
  const { credits, invoices } = await listToSetOff(ctx, supplierId);
  expect(credits.map(({ leftMinor }) => leftMinor).sort()).toEqual([100, 1_120]);
  expect(invoices.map(({ dueMinor }) => dueMinor).sort()).toEqual([4_000, 500]);
  const [first] = credits.filter(({ leftMinor }) => leftMinor === 1_120);
  await setOff(first?.id ?? '', first?.version ?? 0, invoice.id, '11.20');
  const charged = await goodsReceiptModel(ctx).findOne({ isDebitNote: true }).orFail().lean();
  expect(charged).toMatchObject({ taxableMinor: 500, taxMinor: 0, isDue: true });
  await paySupplier(
    ctx,
    paySupplierInput.parse({
      ...{ receiptId: charged._id.toString(), requestKey: randomUUID(), method: 'cash', amount: '5' },
    }),
  );
  expect((await getStatement(ctx, supplierId, statementQuery.parse({}))).statement.closingMinor).toBe(2_780);
});

it('credits goods that went back once, whichever way the note is entered first', async () => {
  const supplierId = await aSupplier('Twice');
  await anInvoice(supplierId, 'T1', 20);
  const typed = noteOf(supplierId, 'credit', { number: 'cn7', amount: '8', tax: '' });
  await addSupplierNote(ctx, typed);
  await expect(aCredit(supplierId, 2, '8')).rejects.toMatchObject({ code: 'CONFLICT', field: 'creditNote' });
  const { statement } = await getStatement(ctx, supplierId, statementQuery.parse({}));
  expect(statement.creditedMinor).toBe(800);

  // The other way round, and one note for two claims.
  const other = await aSupplier('Once');
  await anInvoice(other, 'O1', 20);
  await aCredit(other, 2, '8');
  await aCredit(other, 1, '4');
  const again = noteOf(other, 'credit', { number: 'Cn 7', amount: '12', tax: '' });
  await expect(addSupplierNote(ctx, again)).rejects.toMatchObject({ code: 'CONFLICT', field: 'number' });
  const day = today(ctx.timeZone);
  expectIndexed(await findCreditNotes(ctx, other, { from: day, to: day }).explain('executionStats'));
});

it('refuses a note of tomorrow, of nothing, of tax alone, and of a supplier that is not here', async () => {
  const supplierId = await aSupplier('Strict');
  for (const [facts, field] of [
    [{ day: shiftDay(today(ctx.timeZone), 2) }, 'day'],
    [{ amount: '0', tax: '' }, 'amount'],
    [{ tax: '11.20' }, 'tax'],
  ] as const)
    await expect(addSupplierNote(ctx, noteOf(supplierId, 'credit', facts))).rejects.toMatchObject({ field });
  await expect(addSupplierNote(ctx, noteOf('a'.repeat(24), 'debit'))).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

it('sets a credit note off against invoices, never above what is left or due, once', async () => {
  const supplierId = await aSupplier('Sri Lakshmi');
  const [first, second] = [await anInvoice(supplierId, 'I1', 10), await anInvoice(supplierId, 'I2', 5)];
  const credit = await aCredit(supplierId, 6, '24');
  // The note of what went back is known by its number, on whatever later day it is dated.
  const later = noteOf(supplierId, 'credit', { number: 'CN 7', day: today(ctx.timeZone) });
  await expect(addSupplierNote(ctx, later)).rejects.toMatchObject({ code: 'CONFLICT', field: 'number' });
  expect(await listToSetOff(ctx, supplierId)).toMatchObject({
    credits: [{ leftMinor: 2_400, creditNote: 'CN 7' }],
    invoices: [{ dueMinor: 4_000 }, { dueMinor: 2_000 }],
  });
  await expect(setOff(credit.id, credit.version, first.id, '24.01')).rejects.toThrow(/24\.00.* are left/);
  await expect(setOff(credit.id, credit.version, second.id, '20.01')).rejects.toThrow(/are due/);
  await expect(setOff(credit.id, credit.version, first.id, '0')).rejects.toMatchObject({
    code: 'INVALID_INPUT',
  });
  const both = await Promise.allSettled([1, 2].map(() => setOff(credit.id, credit.version, second.id, '20')));
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await goodsReceiptModel(ctx).findById(objectId(second.id)).lean()).toMatchObject({
    ...{ dueMinor: 0, isDue: false, paidMinor: 2_000 },
  });
  expect(await listToSetOff(ctx, supplierId)).toMatchObject({
    credits: [{ leftMinor: 400, version: credit.version + 1 }],
    invoices: [{ dueMinor: 4_000 }],
  });
  await setOff(credit.id, credit.version + 1, first.id, '4');
  expect((await listToSetOff(ctx, supplierId)).credits).toEqual([]);

  const other = await aSupplier('Other');
  const theirs = await anInvoice(other, 'O1', 3);
  const more = await aCredit(supplierId, 1, '4');
  await expect(setOff(more.id, more.version, theirs.id, '1')).rejects.toThrow(/invoice of Other/);
});

it('says what is owed, which is what invoices have due less the credit that is not used', async () => {
  const supplierId = await aSupplier('Statement');
  const invoice = await anInvoice(supplierId, 'S1', 100);
  await paySupplier(
    ctx,
    paySupplierInput.parse({
      ...{ receiptId: invoice.id, requestKey: randomUUID(), method: 'transfer', amount: '150' },
      reference: 'UTR 9',
    }),
  );
  const credit = await aCredit(supplierId, 20, '80');
  await setOff(credit.id, credit.version, invoice.id, '30');
  const { statement } = await getStatement(ctx, supplierId, statementQuery.parse({}));
  expect(statement.lines.map(({ kind, amountMinor }) => [kind, amountMinor])).toEqual([
    ['invoice', 40_000],
    ['credit', 8_000],
    ['payment', 15_000],
  ]);
  const { dueMinor } = await goodsReceiptModel(ctx).findById(objectId(invoice.id)).orFail().lean();
  expect(statement.closingMinor).toBe(dueMinor - 5_000);
  const { content } = await printStatement(ctx, supplierId, statementQuery.parse({}));
  const text = readPdf(content).text.join('\n');
  for (const words of ['Statement of account', 'S1', 'CN 7', 'UTR 9', '170.00'])
    expect(text).toContain(words);
  for (const find of [findInvoices, findPaid, findCredits])
    expectIndexed(await find(ctx, supplierId).explain('executionStats'));
});

it('knows no supplier of another hospital', async () => {
  const supplierId = await aSupplier('Here');
  const other = await testOrganization();
  try {
    await expect(
      getStatement(other.ctx('pharmacist'), supplierId, statementQuery.parse({})),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' });
  } finally {
    await other.dispose();
  }
});
