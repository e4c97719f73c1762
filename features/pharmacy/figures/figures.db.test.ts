import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { TenantContext } from '@/lib/tenancy/context';
import { monthOf, shiftDay, shiftMonth, today } from '@/lib/time';
import { aBatch, aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { receiveGoodsInput } from '../goods-receipts/schema';
import { receiveGoods } from '../goods-receipts/service';
import { listMovements } from '../medicines/queries';
import { dispense, returnStock } from '../medicines/service';
import { addSupplierInput } from '../suppliers/schema';
import { addSupplier } from '../suppliers/service';
import { listItemFigures, listSupplierFigures, sumStock } from './queries';

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
  expect(await listItemFigures(ctx, shiftMonth(month, -1))).toEqual([]);
  expect(await listSupplierFigures(ctx, shiftMonth(month, -1))).toEqual([]);
});
