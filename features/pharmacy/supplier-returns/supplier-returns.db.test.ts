import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { receiveGoodsInput } from '@/features/pharmacy/goods-receipts/schema';
import { receiveGoods } from '@/features/pharmacy/goods-receipts/service';
import { batchModel, medicineModel, movementModel } from '@/features/pharmacy/medicines/model';
import { getMedicine } from '@/features/pharmacy/medicines/queries';
import { addSupplierInput } from '@/features/pharmacy/suppliers/schema';
import { addSupplier } from '@/features/pharmacy/suppliers/service';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { findInvoicesOf, findSupplierReturns, listReturnableLots, listSupplierReturns } from './queries';
import { addSupplierReturnInput, closeSupplierReturnInput, supplierReturnsQuery } from './schema';
import { addSupplierReturn, closeSupplierReturn } from './service';

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

const press = (supplierId: string, lines: unknown[], rest: Record<string, unknown> = {}) =>
  addSupplierReturnInput.parse({
    ...{ supplierId, requestKey: randomUUID(), reason: 'near-expiry', expected: '20', ...rest },
    lines: JSON.stringify(lines),
  });

it('leaves the stock at what it had cost, once, never more than there is, and is credited or refused', async () => {
  const { id: supplierId } = await addSupplier(ctx, addSupplierInput.parse({ name: 'Sri', creditDays: '0' }));
  const { id: medicineId } = await aMedicine(ctx);
  const day = today(ctx.timeZone);
  await receiveGoods(
    ctx,
    receiveGoodsInput.parse({
      ...{ supplierId, requestKey: randomUUID(), invoiceNumber: 'R1', invoiceDay: day, total: '40' },
      lines: JSON.stringify([
        {
          ...{ medicineId, medicineName: 'T', unitsPerPack: '1', packs: '10', freePacks: '', lotNumber: 'A' },
          ...{ expiresOn: shiftDay(day, 60), rate: '4', mrp: '', discount: '', taxBp: '0' },
        },
      ]),
    }),
  );
  const [lot] = await listReturnableLots(ctx, supplierId);
  if (!lot) throw new Error('Nothing may go back');
  expect(lot).toMatchObject({ lotNumber: 'A', quantity: 10, isProposed: true, valueMinor: 4_000 });
  const { batchId } = lot;
  await batchModel(ctx).updateOne(
    { _id: objectId(batchId) },
    { $set: { quarantine: 2 }, $inc: { quantity: -2 } },
  );
  await medicineModel(ctx).updateOne({ _id: objectId(medicineId) }, { $inc: { onHand: -2 } });

  const back = press(supplierId, [
    { batchId, from: 'shelf', quantity: 3 },
    { batchId, from: 'quarantine', quantity: 2 },
  ]);
  const all = await Promise.all([1, 2].map(() => addSupplierReturn(ctx, back)));
  expect(new Set(all.map(({ id }) => id)).size).toBe(1);
  const [first] = all;
  if (!first) throw new Error('Nothing went back');
  expect(first).toMatchObject({
    state: 'open',
    expectedMinor: 2_000,
    lines: [{ costMinor: 1_200 }, { costMinor: 800 }],
  });
  expect(await batchModel(ctx).findById(objectId(batchId)).lean()).toMatchObject({
    ...{ quantity: 5, quarantine: 0, valueMinor: 2_000 },
  });
  const moved = await movementModel(ctx)
    .find({ returnId: objectId(first.id) })
    .lean();
  expect(moved.map(({ kind, quantity }) => [kind, quantity])).toEqual([
    ['supplier-return', -3],
    ['supplier-return', -2],
  ]);
  await expect(
    addSupplierReturn(ctx, press(supplierId, [{ batchId, from: 'shelf', quantity: 6 }])),
  ).rejects.toMatchObject({ code: 'CONFLICT', field: `lines.${batchId}:shelf:` });
  const outcomes = await Promise.allSettled(
    [1, 2].map(() => addSupplierReturn(ctx, press(supplierId, [{ batchId, from: 'shelf', quantity: 5 }]))),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await getMedicine(ctx, medicineId)).toMatchObject({ onHand: 0 });

  const closing = {
    returnId: first.id,
    version: '0',
    outcome: 'credited',
    creditNote: 'CN 7',
    amount: '18.50',
  };
  expect(closeSupplierReturnInput.safeParse({ ...closing, creditNote: '' }).success).toBe(false);
  const closed = await closeSupplierReturn(ctx, closeSupplierReturnInput.parse(closing));
  expect(closed).toMatchObject({ state: 'credited', creditedMinor: 1_850, creditNote: 'CN 7' });
  await expect(closeSupplierReturn(ctx, closeSupplierReturnInput.parse(closing))).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  const { returns } = await listSupplierReturns(ctx, supplierReturnsQuery.parse({}));
  expect(returns.map(({ state }) => state)).toEqual(['open']);
  for (const show of ['open', 'all'] as const)
    expectIndexed(
      await findSupplierReturns(ctx, supplierReturnsQuery.parse({ show })).find.explain('executionStats'),
    );
  expectIndexed(await findInvoicesOf(ctx, supplierId).explain('executionStats'));
});
