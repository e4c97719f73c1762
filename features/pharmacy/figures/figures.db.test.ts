import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { monthOf, shiftDay, shiftMonth, today } from '@/lib/time';
import { dayRange } from '@/lib/wall-clock';
import { expectIndexed } from '@/tests/assertions/explain';
import { aBatch, aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { receiveGoodsInput } from '../goods-receipts/schema';
import { receiveGoods } from '../goods-receipts/service';
import { movementModel } from '../medicines/model';
import { listBatches, listMovements } from '../medicines/queries';
import { receiveStockInput } from '../medicines/schema';
import { dispense, disposeStock, receiveStock, returnStock } from '../medicines/service';
import { FIRST_STORE_ID } from '../stores/policy';
import { addStore } from '../stores/service';
import { addSupplierNoteInput } from '../supplier-accounts/schema';
import { addSupplierNote } from '../supplier-accounts/service';
import { addSupplierInput } from '../suppliers/schema';
import { addSupplier } from '../suppliers/service';
import { receiveTransfer, sendTransfer } from '../transfers/service';
import {
  findMovedSince,
  findMovesOf,
  listDisposalFigures,
  listItemFigures,
  listPurchaseTaxes,
  listStockOn,
  listSupplierFigures,
  readStockOn,
  readStoreValues,
  sumStock,
} from './queries';

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

it('costs what went out by lot, without what came back, and says where nobody knows', async () => {
  const day = today(ctx.timeZone);
  const month = monthOf(day);
  const { id: supplierId } = await addSupplier(ctx, addSupplierInput.parse({ name: 'A', creditDays: '0' }));
  const [known, unknown] = [await aMedicine(ctx), await aMedicine(ctx)];
  const line = {
    ...{ medicineId: known.id, medicineName: 'a', unitsPerPack: '1', packs: '3', freePacks: '' },
    ...{ lotNumber: 'A', expiresOn: shiftDay(day, 300), rate: '3.35', mrp: '', discount: '', taxBp: '0' },
  };
  await receiveGoods(
    ctx,
    receiveGoodsInput.parse({
      ...{ supplierId, requestKey: randomUUID(), invoiceNumber: '1', invoiceDay: day, total: '10.05' },
      lines: JSON.stringify([line]),
    }),
  );
  await aBatch(ctx, { medicineId: unknown.id, quantity: 4 });
  await dispense(ctx, { medicineId: known.id, quantity: 2, note: undefined });
  await dispense(ctx, { medicineId: unknown.id, quantity: 1, note: undefined });
  const [given] = (await listMovements(ctx, known.id)).movements;
  const back = { medicineId: known.id, movementId: given?.id ?? '', quantity: 1, reason: 'Unopened' };
  await returnStock(ctx, back);

  const items = await listItemFigures(ctx, month);
  expect(items.find(({ id }) => id === known.id)).toMatchObject({
    ...{ pieces: 1, costMinor: 335, billedMinor: 0, marginMinor: -335 },
  });
  expect(items.find(({ id }) => id === unknown.id)).toMatchObject({
    ...{ pieces: 1, costMinor: null, marginMinor: null },
  });
  expect(await sumStock(ctx)).toEqual({ valueMinor: 670, expiredMinor: 0, lots: 2, unknown: 1 });
  expect(await listSupplierFigures(ctx, month)).toMatchObject([
    { name: 'A', invoices: 1, taxableMinor: 1_005, taxMinor: 0, totalMinor: 1_005, dueMinor: 1_005 },
  ]);
  // The tax of the month by its rate; what is charged or credited without goods is said apart.
  const { id: other } = await aMedicine(ctx);
  const taxed = { ...line, medicineId: other, packs: '2', rate: '10', taxBp: '500' };
  const invoice = (invoiceNumber: string, isTaxClaimed: string) =>
    receiveGoodsInput.parse({
      ...{ supplierId, requestKey: randomUUID(), invoiceNumber, invoiceDay: day, total: '21', isTaxClaimed },
      lines: JSON.stringify([taxed]),
    });
  await receiveGoods(ctx, invoice('2', 'on'));
  await receiveGoods(ctx, invoice('3', ''));
  for (const [kind, amount, tax] of [
    ['debit', '5.25', '0.25'],
    ['credit', '2.10', '0.10'],
  ] as const)
    await addSupplierNote(
      ctx,
      addSupplierNoteInput.parse({
        ...{ supplierId, requestKey: randomUUID(), kind, number: 'N', day, reason: 'price', amount, tax },
      }),
    );
  expect(await listPurchaseTaxes(ctx, month)).toEqual([
    { what: 'Invoices, 0 %', taxableMinor: 1_005, taxMinor: 0, claimedMinor: 0 },
    { what: 'Invoices, 5 %', taxableMinor: 4_000, taxMinor: 200, claimedMinor: 100 },
    { what: 'Debit notes', taxableMinor: 500, taxMinor: 25, claimedMinor: null },
    { what: 'Credit notes without goods', taxableMinor: -200, taxMinor: -10, claimedMinor: null },
  ]);
  expect(await listPurchaseTaxes(ctx, shiftMonth(month, -1))).toEqual([]);
  // Debit notes are in the sums of their supplier, and not among the invoices.
  expect(await listSupplierFigures(ctx, month)).toMatchObject([{ invoices: 3, totalMinor: 5_730 }]);
  expect(await listItemFigures(ctx, shiftMonth(month, -1))).toEqual([]);
  expect(await listSupplierFigures(ctx, shiftMonth(month, -1))).toEqual([]);

  // The stock of a day is what the ledger says: yesterday nothing, and then what came and went.
  expect(await listStockOn(ctx, shiftDay(day, -1))).toEqual([]);
  const stocked = await listStockOn(ctx, day);
  expect(stocked.find(({ id }) => id === known.id)).toMatchObject({ lots: 1, pieces: 2, valueMinor: 670 });
  expect(stocked.find(({ id }) => id === unknown.id)).toMatchObject({ pieces: 3, valueMinor: null });
  const [batch] = await listBatches(ctx, known.id);
  await disposeStock(ctx, { medicineId: known.id, batchId: batch?.id ?? '', reason: 'Broken' });
  expect(await listDisposalFigures(ctx, month)).toMatchObject([
    { reason: 'Broken', pieces: 2, costMinor: 670 },
  ]);
  expect((await listStockOn(ctx, day)).some(({ id }) => id === known.id)).toBe(false);
  // What was thrown away today was still there yesterday, had it been there then.
  await movementModel(ctx).collection.updateMany(
    { kind: { $ne: 'disposal' } },
    { $set: { at: new Date(Date.now() - 86_400_000) } },
  );
  expect((await listStockOn(ctx, shiftDay(day, -1))).find(({ id }) => id === known.id)).toMatchObject({
    ...{ pieces: 2, valueMinor: 670 },
  });
});

it('says what each store had on a day, as the stores had it then', async () => {
  const other = await testOrganization();
  try {
    const there = other.ctx('pharmacist');
    const { id: medicineId } = await aMedicine(there);
    await receiveStock(
      there,
      receiveStockInput.parse({
        ...{ medicineId, lotNumber: 'W1', quantity: '10', cost: '3.33' },
        expiresOn: shiftDay(today(there.timeZone), 300),
      }),
    );
    const ward = await addStore(there, { name: 'Ward', isCounter: false });
    const [lot] = await listBatches(there, medicineId);
    const batchId = lot?.id ?? '';
    const { id: transferId } = await sendTransfer(there, {
      ...{ fromId: FIRST_STORE_ID, toId: ward.id, note: undefined, lines: [{ batchId, quantity: 4 }] },
    });
    // So far it was yesterday.
    await movementModel(there).collection.updateMany({}, { $set: { at: new Date(Date.now() - 86_400_000) } });
    await receiveTransfer(there, {
      ...{ transferId, version: 0, reason: undefined },
      lines: [{ batchId, received: 3, lost: 0, back: 0 }],
    });
    await dispense(there, { medicineId, storeId: ward.id, quantity: 1, note: undefined });
    const on = async (day: string) =>
      (await readStockOn(there, day)).places.map(({ name, pieces, valueMinor }) => [
        name,
        pieces,
        valueMinor,
      ]);
    const day = today(there.timeZone);
    expect(await on(shiftDay(day, -1))).toEqual([
      ['Main store', 6, 1_998],
      ['Ward', 0, 0],
      ['In transit', 4, 1_332],
    ]);
    // Of today the ledger says what the lots say.
    const now = (await readStoreValues(there)).values.map(({ name, pieces, valueMinor }) => [
      name,
      pieces,
      valueMinor,
    ]);
    expect(await on(day)).toEqual(now);
    // A day reads the lots that can have been there, not every lot that ever was.
    const { end } = dayRange(shiftDay(day, -1), there.timeZone);
    const gone = { medicineId: objectId(medicineId), lotNumber: 'GONE', quantity: 1, onHandAfter: 0 };
    const long = { at: new Date(Date.now() - 400 * 86_400_000), byUserId: 'a', byName: 'A', kind: 'receipt' };
    const rows = Array.from({ length: 40 }, () => ({ ...gone, ...long, batchId: newObjectId() }));
    await movementModel(there).collection.insertMany(
      rows.flatMap((row) => [row, { ...row, _id: newObjectId(), kind: 'dispense', quantity: -1 }]),
    );
    expectIndexed(await findMovedSince(there, end).explain('executionStats'));
    expectIndexed(await findMovesOf(there, [objectId(batchId)], end).explain('executionStats'));
    expect(await on(day)).toEqual(now);
    expect(now.map(([name, pieces]) => [name, pieces])).toEqual([
      ['Main store', 6],
      ['Ward', 2],
      ['In transit', 1],
    ]);
  } finally {
    await other.dispose();
  }
});
