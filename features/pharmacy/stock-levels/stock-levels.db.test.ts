import { afterAll, beforeAll, expect, it } from 'vitest';
import { medicineModel, movementModel } from '@/features/pharmacy/medicines/model';
import { receiveStockInput } from '@/features/pharmacy/medicines/schema';
import { dispense, receiveStock } from '@/features/pharmacy/medicines/service';
import { proposeOrders } from '@/features/pharmacy/reorders/queries';
import { findUse, listAnalysis } from '@/features/pharmacy/stock-analysis/queries';
import { analysisQuery } from '@/features/pharmacy/stock-analysis/schema';
import { FIRST_STORE_ID } from '@/features/pharmacy/stores/policy';
import { addStore } from '@/features/pharmacy/stores/service';
import { receiveTransfer, sendTransfer } from '@/features/pharmacy/transfers/service';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { findComing, findLevelsIn, findLevelsOf, listLevels, proposeRefill } from './queries';
import { setLevelInput } from './schema';
import { setLevel } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: TenantContext;
let counterId: string;
beforeAll(async () => {
  org = await testOrganization();
  ctx = org.ctx('pharmacist');
  counterId = (await addStore(ctx, { name: 'Counter', isCounter: false })).id;
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const stocked = async (lots: readonly [lot: string, quantity: number, inDays: number][], cost = '2') => {
  const { id: medicineId } = await aMedicine(ctx, { reorderLevel: '0' });
  for (const [lotNumber, quantity, inDays] of lots)
    await receiveStock(
      ctx,
      receiveStockInput.parse({
        ...{ medicineId, lotNumber, quantity: String(quantity), cost },
        expiresOn: shiftDay(today(ctx.timeZone), inDays),
      }),
    );
  return medicineId;
};
const putLevel = (medicineId: string, storeId: string, min: string, max: string, version = '0') =>
  setLevel(ctx, setLevelInput.parse({ medicineId, storeId, min, max, version }));

it('fills a store up to its most out of the first, first expiry first, less what is on its way', async () => {
  const medicineId = await stocked([
    ['LATE', 50, 300],
    ['SOON', 8, 60],
  ]);
  await putLevel(medicineId, counterId, '4', '20');
  const [line] = await proposeRefill(ctx, counterId, FIRST_STORE_ID);
  expect(line).toMatchObject({ there: 0, coming: 0, needed: 20 });
  expect(line?.lots.map(({ quantity }) => quantity)).toEqual([8, 12]);
  const transfer = await sendTransfer(ctx, {
    ...{ fromId: FIRST_STORE_ID, toId: counterId, note: undefined, lines: line?.lots.slice(0, 1) ?? [] },
  });
  expect(await proposeRefill(ctx, counterId, FIRST_STORE_ID)).toEqual([]);
  const [sent] = transfer.lines;
  await receiveTransfer(ctx, {
    ...{ transferId: transfer.id, version: 0, reason: undefined },
    lines: [{ batchId: sent?.batchId ?? '', received: 8, lost: 0, back: 0 }],
  });
  await dispense(ctx, { medicineId, storeId: counterId, quantity: 4, note: undefined });
  expect(await proposeRefill(ctx, counterId, FIRST_STORE_ID)).toMatchObject([{ there: 4, needed: 16 }]);
  expect((await listLevels(ctx, medicineId)).map(({ there, min }) => [there, min])).toEqual([
    [50, null],
    [4, 4],
  ]);
});

it('orders by least and most where the first store has them, and by use elsewhere', async () => {
  const medicineId = await stocked([['A', 6, 300]]);
  const ofMedicine = async () => (await proposeOrders(ctx, 30)).find(({ id }) => id === medicineId);
  expect(await ofMedicine()).toBeUndefined();
  await putLevel(medicineId, FIRST_STORE_ID, '6', '30');
  expect(await ofMedicine()).toMatchObject({ packs: 24, level: { min: 6, max: 30 }, abc: 'C' });
  await putLevel(medicineId, FIRST_STORE_ID, '', '', '1');
  expect(await ofMedicine()).toBeUndefined();
});

it('refuses a most below the least, a number that a colleague has changed, and what is not here', async () => {
  const medicineId = await stocked([]);
  for (const [min, max] of [
    ['5', '5'],
    ['5', ''],
    ['', '5'],
    ['x', '5'],
  ] as const)
    expect(setLevelInput.safeParse({ medicineId, storeId: counterId, min, max, version: '0' }).success).toBe(
      false,
    );
  const both = await Promise.allSettled([1, 2].map(() => putLevel(medicineId, counterId, '1', '9')));
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  for (const [id, storeId] of [
    [newObjectId().toString(), counterId],
    [medicineId, newObjectId().toString()],
  ] as const)
    await expect(putLevel(id, storeId, '1', '9')).rejects.toMatchObject({ code: 'NOT_FOUND' });
});

it('finds what makes most of the money and what does not move', async () => {
  const [dear, cheap, idle] = [
    await stocked([['D', 10, 300]], '500'),
    await stocked([['C', 10, 300]], '1'),
    await stocked([['I', 10, 300]], '20'),
  ];
  for (const medicineId of [dear, cheap])
    await dispense(ctx, { medicineId, storeId: FIRST_STORE_ID, quantity: 5, note: undefined });
  await dispense(ctx, { medicineId: idle, storeId: FIRST_STORE_ID, quantity: 1, note: undefined });
  await movementModel(ctx).collection.updateMany(
    { medicineId: objectId(idle), kind: 'dispense' },
    { $set: { at: new Date(Date.now() - 400 * 86_400_000) } },
  );
  const rows = async (query: Record<string, string>) => listAnalysis(ctx, analysisQuery.parse(query));
  const all = await rows({});
  const abcOf = (id: string) => all.find((row) => row.id === id)?.abc;
  expect([abcOf(dear), abcOf(cheap), abcOf(idle)]).toEqual(['A', 'C', 'C']);
  const still = await rows({ show: 'idle', days: '90' });
  const ids = still.map(({ id }) => id);
  expect(ids).toContain(idle);
  expect(ids).not.toContain(dear);
  expect(still.find(({ id }) => id === idle)).toMatchObject({ onHand: 9, valueMinor: 18_000 });
  expect(still.find(({ id }) => id === idle)?.lastGivenOn).toMatch(/^\d{4}-/);
  await medicineModel(ctx).updateOne({ _id: objectId(idle) }, { $set: { importance: 'vital' } });
  expect((await rows({ show: 'idle' })).find(({ id }) => id === idle)?.importance).toBe('vital');
});

it('answers its lists by index', async () => {
  const medicineId = await stocked([]);
  expectIndexed(await findLevelsOf(ctx, medicineId).explain('executionStats'));
  expectIndexed(await findLevelsIn(ctx, counterId).explain('executionStats'));
  expectIndexed(await findComing(ctx).explain('executionStats'));
  expectIndexed(await findUse(ctx, new Date(Date.now() - 86_400_000)).explain('executionStats'));
});
