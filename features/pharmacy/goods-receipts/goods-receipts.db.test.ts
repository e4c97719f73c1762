import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { chargeModel } from '@/features/cashier/charges/model';
import { dispensePrescriptionInput } from '@/features/dispensary/dispenses/schema';
import { dispensePrescription } from '@/features/dispensary/dispenses/service';
import { batchModel, movementModel } from '@/features/pharmacy/medicines/model';
import { getMedicine, searchMedicines } from '@/features/pharmacy/medicines/queries';
import { dispenseInput } from '@/features/pharmacy/medicines/schema';
import { dispense } from '@/features/pharmacy/medicines/service';
import { supplierProductModel } from '@/features/pharmacy/supplier-products/model';
import {
  findProducts,
  findProductsFrom,
  findSupplierProducts,
  listSupplierProducts,
  searchProducts,
} from '@/features/pharmacy/supplier-products/queries';
import { forgetProduct } from '@/features/pharmacy/supplier-products/service';
import { addSupplierInput } from '@/features/pharmacy/suppliers/schema';
import { addSupplier } from '@/features/pharmacy/suppliers/service';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { aLine, aPrescription, aRegistration } from '@/tests/builders/prescription';
import { goodsReceiptModel } from './model';
import {
  findGoodsReceipts,
  findNamedMedicines,
  findSupplierPayments,
  listGoodsReceipts,
  listSupplierPayments,
  readGoods,
  sumPayables,
} from './queries';
import { paySupplierInput, purchasesQuery, readGoodsInput, receiveGoodsInput } from './schema';
import { paySupplier, receiveGoods } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: TenantContext;
let supplierId: string;
let day: string;
beforeAll(async () => {
  org = await testOrganization();
  ctx = org.ctx('pharmacist');
  day = today(ctx.timeZone);
  supplierId = (await addSupplier(ctx, addSupplierInput.parse({ name: 'Sri Sai', creditDays: '30' }))).id;
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

let serial = 0;
const row = (medicineId: string, rest: Record<string, string> = {}) => ({
  ...{ medicineId, medicineName: 'Timolol', unitsPerPack: '10', packs: '10', freePacks: '1' },
  ...{ lotNumber: 'A7', expiresOn: shiftDay(day, 400), rate: '80', mrp: '120', discount: '5', taxBp: '500' },
  ...rest,
});
const invoice = (lines: unknown[], rest: Record<string, unknown> = {}) =>
  receiveGoodsInput.parse({
    ...{ supplierId, requestKey: randomUUID(), invoiceNumber: `INV-${++serial}`, invoiceDay: day },
    ...{ total: '798', isTaxClaimed: 'on', ...rest },
    lines: JSON.stringify(lines),
  });
const lotOf = (medicineId: string) =>
  batchModel(ctx)
    .findOne({ medicineId: objectId(medicineId) })
    .orFail()
    .lean();

it('takes lots into stock with their cost and MRP by the piece, once for a press', async () => {
  const medicine = await aMedicine(ctx);
  const press = invoice([row(medicine.id, { gtin: '08901234567890' })]);
  const all = await Promise.all([1, 2, 3].map(() => receiveGoods(ctx, press)));
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  expect(all[0]).toMatchObject({
    ...{ taxableMinor: 76_000, taxMinor: 3_800, totalMinor: 79_800, roundOffMinor: 0, dueMinor: 79_800 },
    dueOn: shiftDay(day, 30),
    lines: [{ pieces: 110, costMinor: 76_000, lastRateMinor: null }],
  });
  expect((await getMedicine(ctx, medicine.id)).onHand).toBe(110);
  expect(await lotOf(medicine.id)).toMatchObject({ quantity: 110, valueMinor: 76_000, mrpMinor: 1_200 });
  // The pack is known from now on.
  expect(await searchMedicines(ctx, '8901234567890')).toMatchObject([{ id: medicine.id }]);
  expect(await searchMedicines(ctx, '8901234567894')).toEqual([]);
  const dearer = await receiveGoods(ctx, invoice([row(medicine.id, { rate: '90' })], { total: '897.75' }));
  expect(dearer.lines[0]).toMatchObject({ rateMinor: 9_000, lastRateMinor: 8_000 });
});

it('takes a scheme off after the trade discount, before the tax, and carries it into what a piece cost', async () => {
  const { id } = await aMedicine(ctx);
  const line = row(id, { discount: '5', scheme: '2 %' });
  const receipt = await receiveGoods(ctx, invoice([line], { total: '782.04' }));
  expect(receipt).toMatchObject({
    ...{ taxableMinor: 74_480, taxMinor: 3_724, totalMinor: 78_204, roundOffMinor: 0 },
    lines: [{ discountBp: 500, schemeBp: 200, schemeMinor: 1_520, costMinor: 74_480 }],
  });
  expect(await lotOf(id)).toMatchObject({ quantity: 110, valueMinor: 74_480 });
  const amount = row(id, { discount: '', scheme: '100', lotNumber: 'S2' });
  expect(await receiveGoods(ctx, invoice([amount], { total: '735' }))).toMatchObject({
    lines: [{ schemeBp: null, schemeMinor: 10_000, taxableMinor: 70_000 }],
  });
  const tooMuch = row(id, { discount: '', scheme: '900', lotNumber: 'S3' });
  await expect(receiveGoods(ctx, invoice([tooMuch], { total: '0' }))).rejects.toThrow(
    /scheme takes more off lot S3/,
  );
});

it('keeps the round-off of the paper, and refuses a paper that says something else', async () => {
  const { id } = await aMedicine(ctx);
  const line = row(id, { packs: '3', freePacks: '', rate: '33.35', discount: '' });
  const round = await receiveGoods(ctx, invoice([line], { total: '125', charges: '20' }));
  // 100.05 with 5.00 tax and 20 freight.
  expect(round).toMatchObject({ taxableMinor: 10_005, taxMinor: 500, roundOffMinor: -5, totalMinor: 12_500 });
  expect(round.lines[0]?.costMinor).toBe(12_005);
  const before = await lotOf(id);
  await expect(receiveGoods(ctx, invoice([line], { total: '1250' }))).rejects.toMatchObject({
    code: 'INVALID_INPUT',
    field: 'total',
  });
  expect(await lotOf(id)).toEqual(before);
});

it('is entered once, and not at all where one of its lines cannot be', async () => {
  const [first, second] = [await aMedicine(ctx), await aMedicine(ctx)];
  const number = { invoiceNumber: 'ONCE-1' };
  await receiveGoods(ctx, invoice([row(first.id)], number));
  await expect(
    receiveGoods(ctx, invoice([row(first.id)], { invoiceNumber: 'once - 1' })),
  ).rejects.toMatchObject({ code: 'CONFLICT', field: 'invoiceNumber' });
  const old = row(second.id, { expiresOn: '01/2020' });
  const count = await goodsReceiptModel(ctx).countDocuments({});
  await expect(receiveGoods(ctx, invoice([row(first.id), old], { total: '1596' }))).rejects.toThrow(
    /expired/,
  );
  expect((await getMedicine(ctx, first.id)).onHand).toBe(110);
  expect(await goodsReceiptModel(ctx).countDocuments({})).toBe(count);
  await expect(
    receiveGoods(ctx, invoice([row(first.id)], { invoiceDay: shiftDay(day, 1) })),
  ).rejects.toMatchObject({ field: 'invoiceDay' });
});

it('says which line lacks what', () => {
  const typed = {
    medicineId: '0'.repeat(24),
    packs: '',
    freePacks: '',
    lotNumber: '',
    expiresOn: '03/04/2027',
  };
  const found = receiveGoodsInput.safeParse({
    ...{ supplierId, requestKey: randomUUID(), invoiceNumber: '1', invoiceDay: day, total: '1' },
    lines: JSON.stringify([row('0'.repeat(24), typed)]),
  });
  expect(found.error?.issues[0]?.message).toMatch(
    /^Timolol: how many packs came, the lot number, the expiry/,
  );
});

it('sells a lot for no more than its MRP, and knows what left it cost to the paisa', async () => {
  const doctor = org.ctx('doctor');
  await aRegistration(doctor, 'TN 1');
  // A price of 12.50 a bottle, and an MRP of 12.00 on each.
  const medicine = await aMedicine(ctx);
  const typed = { unitsPerPack: '1', packs: '3', freePacks: '', rate: '3.35', mrp: '12', discount: '' };
  await receiveGoods(ctx, invoice([row(medicine.id, typed)], { total: '10.55' }));
  const line = aLine({ medicineId: medicine.id, quantity: 3 });
  const { id: prescriptionId } = await aPrescription(doctor, { lines: [line] });
  for (const quantity of [1, 2])
    await dispensePrescription(
      ctx,
      dispensePrescriptionInput.parse({
        ...{ prescriptionId, version: 1, requestKey: randomUUID() },
        lines: JSON.stringify([{ lineId: line.id, quantity }]),
      }),
    );
  const charges = await chargeModel(ctx)
    .find({ medicineId: objectId(medicine.id) })
    .lean();
  expect(charges.map(({ unitMinor }) => unitMinor)).toEqual([1_200, 1_200]);
  const costs = await movementModel(ctx)
    .find({ medicineId: objectId(medicine.id), kind: 'dispense' })
    .sort({ _id: 1 })
    .lean();
  expect(costs.map(({ costMinor }) => costMinor)).toEqual([-335, -670]);
  expect(await lotOf(medicine.id)).toMatchObject({ quantity: 0, valueMinor: 0 });
});

it('sells none of a lot with two MRPs above the lower one, until what bears it is gone', async () => {
  const { id } = await aMedicine(ctx);
  const comes = (lotNumber: string, mrp: string) =>
    receiveGoods(
      ctx,
      invoice(
        [row(id, { unitsPerPack: '1', packs: '1', freePacks: '', rate: '10', discount: '', lotNumber, mrp })],
        { total: '10.50' },
      ),
    );
  await comes('TWICE', '118');
  await comes('twice', '125');
  expect(await lotOf(id)).toMatchObject({ lotNumber: 'TWICE', quantity: 2, mrpMinor: 11_800 });
  // After a change of the tax the old one may not be charged any more.
  await comes('TWICE', '110');
  expect(await lotOf(id)).toMatchObject({ mrpMinor: 11_000 });
  const given = dispenseInput.parse({ medicineId: id, quantity: '3', note: 'To the theatre' });
  await dispense(ctx, given);
  await comes('TWICE', '125');
  expect(await lotOf(id)).toMatchObject({ quantity: 1, mrpMinor: 12_500 });
});

it('is paid in parts, never beyond what is due, and listed by what is due first', async () => {
  const { id } = await aMedicine(ctx);
  const receipt = await receiveGoods(ctx, invoice([row(id)], { invoiceDay: shiftDay(day, -60) }));
  const press = (amount: string, requestKey: string = randomUUID()) =>
    paySupplier(
      ctx,
      paySupplierInput.parse({ receiptId: receipt.id, requestKey, amount, method: 'transfer' }),
    );
  const key = randomUUID();
  await Promise.all([press('300', key), press('300', key)]);
  const both = await Promise.allSettled([press('400'), press('400')]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const { receipts } = await listGoodsReceipts(ctx, purchasesQuery.parse({ show: 'due' }));
  expect(receipts[0]).toMatchObject({ id: receipt.id, paidMinor: 70_000, dueMinor: 9_800 });
  expect(await listSupplierPayments(ctx, receipt.id)).toHaveLength(2);
  expect((await sumPayables(ctx, day)).overdueMinor).toBe(9_800);
  expect(await press('98')).toMatchObject({ dueMinor: 0 });
  for (const show of ['all', 'due'])
    expectIndexed(
      await findGoodsReceipts(ctx, purchasesQuery.parse({ show })).find.explain('executionStats'),
    );
  expectIndexed(await findSupplierPayments(ctx, receipt.id).explain('executionStats'));
});

it('finds what a supplier’s sheet names by barcode and by name, and writes nothing', async () => {
  const [packed, named] = [await aMedicine(ctx), await aMedicine(ctx)];
  await receiveGoods(ctx, invoice([row(packed.id, { gtin: '08904567890123', lotNumber: 'G1' })]));
  const before = await movementModel(ctx).countDocuments({});
  const sheet = [
    'Barcode,Product,Batch,Exp,Qty,PTR,GST',
    '8904567890123,As they call it,G2,03/2031,2,80,5%',
    `,${named.name.toUpperCase()} ${named.strength},N1,03/2031,3,40,5%`,
    ',Not here,N2,03/2031,1,40,5%',
  ].join('\n');
  const { lines, notes } = await readGoods(ctx, { sheet, supplierId: undefined });
  expect(lines.map(({ medicineId, unitsPerPack }) => [medicineId, unitsPerPack])).toEqual([
    [packed.id, '10'],
    [named.id, ''],
    ['', ''],
  ]);
  expect(notes).toMatchObject([{ line: 4 }]);
  expect(await movementModel(ctx).countDocuments({})).toBe(before);
  await expect(readGoods(ctx, { sheet: 'a,b', supplierId: undefined })).rejects.toMatchObject({
    field: 'sheet',
  });
  const find = findNamedMedicines(ctx, ['timolol 0.5%', 'not here']);
  expectIndexed(await find.explain('executionStats'));
});

it('asks once what a supplier calls a medicine, and forgets it when it is told to', async () => {
  const [medicine, other] = [await aMedicine(ctx), await aMedicine(ctx)];
  const { id: elsewhere } = await addSupplier(ctx, addSupplierInput.parse({ name: 'Else', creditDays: '0' }));
  const sheet = 'Code,Product,Batch,Exp,Qty,PTR,GST\nT-5,TIMOLET E/D 5ML,Z1,03/2031,1,10,0%';
  const read = async (from?: string) =>
    (await readGoods(ctx, readGoodsInput.parse({ sheet, supplierId: from }))).lines;
  const [asked] = await read(supplierId);
  expect(asked).toMatchObject({ medicineId: '', theirName: 'TIMOLET E/D 5ML', theirCode: 'T-5' });
  const came = { ...asked, unitsPerPack: '6', lotNumber: 'Z1' };
  const take = (medicineId: string, rest: Record<string, string> = {}) =>
    receiveGoods(ctx, invoice([{ ...came, medicineId, ...rest }], { total: '10' }));
  await take(medicine.id);
  expect(await read(supplierId)).toMatchObject([{ medicineId: medicine.id, unitsPerPack: '6' }]);
  // Another supplier may mean something else by it.
  expect(await read(elsewhere)).toMatchObject([{ medicineId: '' }]);
  expect(await read()).toMatchObject([{ medicineId: '' }]);
  expect(await searchProducts(ctx, supplierId, 'timolet')).toMatchObject([
    { id: medicine.id, unitsPerPack: 6 },
  ]);
  expect(await searchProducts(ctx, supplierId, 't-5')).toMatchObject([
    { id: medicine.id, calledName: 'T-5' },
  ]);
  expect(await searchProducts(ctx, elsewhere, 'timolet')).toEqual([]);

  // The latest word counts; what is ours, and what one paper uses for two, is not remembered.
  await take(other.id);
  expect(await read(supplierId)).toMatchObject([{ medicineId: other.id }]);
  await take(other.id, { theirName: `${other.name} 0.5 %`, theirCode: '' });
  const both = [medicine, other].map(({ id }) => ({
    ...came,
    medicineId: id,
    theirName: 'Both',
    theirCode: '',
  }));
  await receiveGoods(ctx, invoice(both, { total: '20' }));
  const { products: names } = await listSupplierProducts(ctx, supplierId);
  expect(names.map(({ written, isCode, medicineId }) => [written, isCode, medicineId])).toEqual([
    ['T-5', true, other.id],
    ['TIMOLET E/D 5ML', false, other.id],
  ]);
  const forget = (productId: string, from = supplierId) =>
    forgetProduct(ctx, { supplierId: from, productId });
  await expect(forget(names[0]?.id ?? '', elsewhere)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  for (const { id } of names) await forget(id);
  expect(await read(supplierId)).toMatchObject([{ medicineId: '' }]);
  // And what was forgotten can be remembered again.
  await take(medicine.id);
  expect((await listSupplierProducts(ctx, supplierId)).products).toHaveLength(2);

  // A code with which its name begins: the pack that is scanned is found by the code, once.
  await take(other.id, { theirName: 'AB12 drops', theirCode: 'ab 12' });
  expect(await searchProducts(ctx, supplierId, 'AB12')).toMatchObject([
    { id: other.id, calledName: 'ab 12' },
  ]);

  // However many there are, each page goes on where the one before ended.
  const more = Array.from({ length: 60 }, (_, index) => String(index).padStart(2, '0'));
  await supplierProductModel(ctx).insertMany(
    more.map((number) => ({
      ...{ supplierId, key: `zz ${number}`, written: `ZZ ${number}`, medicineId: medicine.id },
      ...{ unitsPerPack: 1, byName: 'Somebody', at: new Date() },
    })),
  );
  const first = await listSupplierProducts(ctx, supplierId);
  const second = await listSupplierProducts(ctx, supplierId, { after: first.after ?? '' });
  expect([first.before, second.after]).toEqual([null, null]);
  expect([...first.products, ...second.products].map(({ written }) => written).slice(-60)).toEqual(
    more.map((number) => `ZZ ${number}`),
  );
  for (const find of [
    findProducts(ctx, supplierId, ['#t-5', 'timolet e d 5ml']),
    findProductsFrom(ctx, supplierId, 'timolet'),
    findSupplierProducts(ctx, supplierId),
    findSupplierProducts(ctx, supplierId, { after: first.after ?? '' }),
  ])
    expectIndexed(await find.explain('executionStats'));
});
