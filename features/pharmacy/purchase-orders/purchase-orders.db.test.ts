import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { findReceiptsOfOrder, listReceiptsOfOrder } from '@/features/pharmacy/goods-receipts/queries';
import { receiveGoodsInput } from '@/features/pharmacy/goods-receipts/schema';
import { receiveGoods } from '@/features/pharmacy/goods-receipts/service';
import { getMedicine } from '@/features/pharmacy/medicines/queries';
import { dispense } from '@/features/pharmacy/medicines/service';
import { proposeOrders } from '@/features/pharmacy/reorders/queries';
import { addSupplierInput } from '@/features/pharmacy/suppliers/schema';
import { addSupplier } from '@/features/pharmacy/suppliers/service';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aBatch, aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { findOrders, getOrder, listOrders, piecesOnOrder } from './queries';
import { addOrderInput, approveOrderInput, endOrderInput, ordersQuery, updateOrderInput } from './schema';
import { addOrder, approveOrder, cancelOrder, closeOrder, updateOrder } from './service';

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

const row = (medicineId: string, rest: Record<string, string> = {}) => ({
  ...{ medicineId, medicineName: 'Timolol', unitsPerPack: '1', packs: '10', freePacks: '1', rate: '60' },
  ...rest,
});
const asked = (lines: unknown[], rest: Record<string, unknown> = {}) =>
  addOrderInput.parse({ supplierId, requestKey: randomUUID(), ...rest, lines: JSON.stringify(lines) });
async function approved(medicineId: string, rest: Record<string, string> = {}) {
  const { id, version } = await addOrder(ctx, asked([row(medicineId, rest)]));
  return approveOrder(ctx, approveOrderInput.parse({ orderId: id, version: String(version) }));
}
let serial = 0;
const goods = (orderId: string, medicineId: string, line: Record<string, string>, total: string) =>
  receiveGoodsInput.parse({
    ...{
      supplierId,
      orderId,
      requestKey: randomUUID(),
      invoiceNumber: `PO-INV-${++serial}`,
      invoiceDay: day,
      total,
    },
    lines: JSON.stringify([
      {
        ...{
          medicineId,
          medicineName: 'Timolol',
          unitsPerPack: '1',
          packs: '4',
          freePacks: '0',
          lotNumber: `L${serial}`,
        },
        ...{ expiresOn: shiftDay(day, 400), rate: '60', mrp: '90', discount: '', taxBp: '0', ...line },
      },
    ]),
  });

it('goes from a draft over its approval and two deliveries to the end, with what is open and what was dearer', async () => {
  const { id: medicineId } = await aMedicine(ctx);
  const press = asked([row(medicineId)]);
  const [draft, again] = await Promise.all([addOrder(ctx, press), addOrder(ctx, press)]);
  expect(again.id).toBe(draft.id);
  expect(draft).toMatchObject({ state: 'draft', number: expect.stringMatching(/^PO-\d{6}$/) });
  // Goods come against approved orders only, and what was refused has left nothing.
  await expect(receiveGoods(ctx, goods(draft.id, medicineId, {}, '240'))).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  expect((await getMedicine(ctx, medicineId)).onHand).toBe(0);

  const changed = await updateOrder(
    ctx,
    updateOrderInput.parse({
      ...{ orderId: draft.id, version: '0', supplierId, note: 'By Friday' },
      lines: JSON.stringify([row(medicineId)]),
    }),
  );
  await expect(
    approveOrder(ctx, approveOrderInput.parse({ orderId: draft.id, version: '0' })),
  ).rejects.toThrow(/changed/);
  await approveOrder(ctx, approveOrderInput.parse({ orderId: draft.id, version: String(changed.version) }));
  expect((await piecesOnOrder(ctx)).get(medicineId)).toBe(11);

  const first = await receiveGoods(ctx, goods(draft.id, medicineId, { rate: '66' }, '264'));
  expect(first.lines[0]).toMatchObject({ orderRateMinor: 6_000, rateMinor: 6_600, isUnordered: false });
  const part = await getOrder(ctx, draft.id);
  expect(part).toMatchObject({
    state: 'part-received',
    lines: [{ openPacks: 6, openFree: 1, receivedPacks: 4 }],
  });
  await expect(
    cancelOrder(
      ctx,
      endOrderInput.parse({ orderId: draft.id, version: String(part.version), reason: 'Late' }),
    ),
  ).rejects.toThrow(/has come/);
  await receiveGoods(ctx, goods(draft.id, medicineId, { packs: '6', freePacks: '1' }, '360'));
  expect(await getOrder(ctx, draft.id)).toMatchObject({
    state: 'closed',
    lines: [{ openPacks: 0, openFree: 0 }],
  });
  expect((await getMedicine(ctx, medicineId)).onHand).toBe(11);
  expect((await piecesOnOrder(ctx)).get(medicineId)).toBeUndefined();
  expect(await listReceiptsOfOrder(ctx, draft.id)).toHaveLength(2);
  expectIndexed(await findReceiptsOfOrder(ctx, draft.id).explain('executionStats'));
});

it('says what nobody has ordered, refuses another supplier, and counts two deliveries at one moment', async () => {
  const { id: medicineId } = await aMedicine(ctx);
  const { id: other } = await aMedicine(ctx);
  const { id } = await approved(medicineId);
  const stray = await receiveGoods(ctx, goods(id, other, {}, '240'));
  expect(stray.lines[0]).toMatchObject({ isUnordered: true, orderRateMinor: null });
  const else_ = (await addSupplier(ctx, addSupplierInput.parse({ name: 'Other', creditDays: '0' }))).id;
  await expect(
    receiveGoods(ctx, { ...goods(id, medicineId, {}, '240'), supplierId: else_ }),
  ).rejects.toMatchObject({ code: 'CONFLICT' });
  await Promise.all(
    ['3', '2'].map((packs) => receiveGoods(ctx, goods(id, medicineId, { packs }, `${Number(packs) * 60}`))),
  );
  const order = await getOrder(ctx, id);
  expect(order.lines[0]?.receivedPacks).toBe(5);
  const over = await closeOrder(
    ctx,
    endOrderInput.parse({ orderId: id, version: String(order.version), reason: 'The maker has none' }),
  );
  expect(over).toMatchObject({ state: 'closed-short', endReason: 'The maker has none' });
  await expect(receiveGoods(ctx, goods(id, medicineId, {}, '240'))).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  for (const show of ['approved', 'draft', 'all'] as const)
    expectIndexed(await findOrders(ctx, ordersQuery.parse({ show })).find.explain('executionStats'));
  expect((await listOrders(ctx, ordersQuery.parse({ show: 'all' }))).orders.length).toBeGreaterThan(1);
});

it('proposes by use while it was there, less the shelf and what is on order', async () => {
  const { id: medicineId } = await aMedicine(ctx, { reorderLevel: '5' });
  await receiveGoods(ctx, { ...goods('', medicineId, { packs: '20' }, '1200'), orderId: undefined });
  await dispense(ctx, { medicineId, quantity: 14, note: undefined });
  const mine = async () => (await proposeOrders(ctx, 30)).find(({ id }) => id === medicineId);
  // 14 in the week that is looked at least: 2 a day, 60 in 30 days, and 5 beside, less 6 there.
  expect(await mine()).toMatchObject({ packs: 59, usable: 6, onOrder: 0, supplierId, rateMinor: 6_000 });
  await approved(medicineId, { packs: '20', freePacks: '' });
  expect(await mine()).toMatchObject({ packs: 39, onOrder: 20 });
  // What expires before it is used does not count.
  await aBatch(ctx, { medicineId, lotNumber: 'SHORT', inDays: 10, quantity: 100 });
  expect(await mine()).toMatchObject({ packs: 39, usable: 6 });
});
