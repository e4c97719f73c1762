import { afterAll, beforeAll, expect, it } from 'vitest';
import { batchModel, medicineModel, movementModel } from '@/features/pharmacy/medicines/model';
import { getMedicine, listBatches, listMedicines } from '@/features/pharmacy/medicines/queries';
import { medicineListQuery, receiveStockInput } from '@/features/pharmacy/medicines/schema';
import { dispense, holdBatch, receiveStock, stopSelling } from '@/features/pharmacy/medicines/service';
import { proposeOrders } from '@/features/pharmacy/reorders/queries';
import { listAnalysis } from '@/features/pharmacy/stock-analysis/queries';
import { analysisQuery } from '@/features/pharmacy/stock-analysis/schema';
import { FIRST_STORE_ID } from '@/features/pharmacy/stores/policy';
import { listStores } from '@/features/pharmacy/stores/queries';
import { addStore } from '@/features/pharmacy/stores/service';
import { receiveTransfer, sendTransfer } from '@/features/pharmacy/transfers/service';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { levelsByStore } from './policy';
import { findComing, findLevelsIn, findLevelsOf, listLevels, proposeRefills } from './queries';
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
const refillOf = async (storeId: string) =>
  (await proposeRefills(ctx, [storeId], FIRST_STORE_ID)).flatMap(({ lines }) => lines);
const levelsOf = async (medicineId: string) => {
  const [levels, stores, batches] = await Promise.all([
    listLevels(ctx, medicineId),
    listStores(ctx),
    listBatches(ctx, medicineId),
  ]);
  return levelsByStore(levels, { stores, batches, today: today(ctx.timeZone) });
};
const putLevel = (medicineId: string, storeId: string, min: string, max: string, version = '0') =>
  setLevel(ctx, setLevelInput.parse({ medicineId, storeId, min, max, version }));

it('fills a store up to its most out of the first, first expiry first, less what is on its way', async () => {
  const medicineId = await stocked([
    ['LATE', 50, 300],
    ['SOON', 8, 60],
  ]);
  await putLevel(medicineId, counterId, '4', '20');
  const [line] = await refillOf(counterId);
  expect(line).toMatchObject({ there: 0, coming: 0, needed: 20 });
  expect(line?.lots.map(({ quantity }) => quantity)).toEqual([8, 12]);
  const transfer = await sendTransfer(ctx, {
    ...{ fromId: FIRST_STORE_ID, toId: counterId, note: undefined, lines: line?.lots.slice(0, 1) ?? [] },
  });
  expect(await refillOf(counterId)).toEqual([]);
  const [sent] = transfer.lines;
  await receiveTransfer(ctx, {
    ...{ transferId: transfer.id, version: 0, reason: undefined },
    lines: [{ batchId: sent?.batchId ?? '', received: 8, lost: 0, back: 0 }],
  });
  await dispense(ctx, { medicineId, storeId: counterId, quantity: 4, note: undefined });
  expect(await refillOf(counterId)).toMatchObject([{ there: 4, needed: 16 }]);
  expect((await levelsOf(medicineId)).map(({ there, min }) => [there, min])).toEqual([
    [50, null],
    [4, 4],
  ]);
});

it('promises each piece to one store, counts what is held apart, and leaves what is stopped where it is', async () => {
  const medicineId = await stocked([['ONE', 10, 300]]);
  const ward = await addStore(ctx, { name: 'Ward', isCounter: false });
  await putLevel(medicineId, counterId, '2', '8');
  await putLevel(medicineId, ward.id, '2', '8');
  const sent = async () =>
    (await proposeRefills(ctx, [counterId, ward.id], FIRST_STORE_ID)).map(({ storeId, lines }) => [
      storeId,
      lines
        .filter(({ id }) => id === medicineId)
        .flatMap(({ lots }) => lots)
        .reduce((sum, { quantity }) => sum + quantity, 0),
    ]);
  expect(await sent()).toEqual([
    [counterId, 8],
    [ward.id, 2],
  ]);
  await stopSelling(ctx, { medicineId, reason: 'Banned' });
  expect(await sent()).toEqual([
    [counterId, 0],
    [ward.id, 0],
  ]);
  const [lot] = await listBatches(ctx, medicineId);
  await holdBatch(ctx, { medicineId, batchId: lot?.id ?? '', reason: 'Cloudy' });
  expect((await levelsOf(medicineId))[0]).toMatchObject({ there: 0, unusable: 10, min: null });
});

it('does not order what is on its way between stores, and does not call it low', async () => {
  const { id: medicineId } = await aMedicine(ctx, { reorderLevel: '5' });
  await receiveStock(
    ctx,
    receiveStockInput.parse({
      ...{ medicineId, lotNumber: 'T1', quantity: '12', cost: '2' },
      expiresOn: shiftDay(today(ctx.timeZone), 300),
    }),
  );
  const [lot] = await listBatches(ctx, medicineId);
  const isProposed = async () => (await proposeOrders(ctx, 30)).some(({ id }) => id === medicineId);
  const isListedLow = async () => {
    const { name } = await getMedicine(ctx, medicineId);
    const { medicines } = await listMedicines(ctx, medicineListQuery.parse({ show: 'low', q: name }));
    return medicines.some(({ id }) => id === medicineId);
  };
  const transfer = await sendTransfer(ctx, {
    ...{ fromId: FIRST_STORE_ID, toId: counterId, note: undefined },
    lines: [{ batchId: lot?.id ?? '', quantity: 8 }],
  });
  expect(await getMedicine(ctx, medicineId)).toMatchObject({ onHand: 4, mark: 'enough' });
  expect(await isListedLow()).toBe(false);
  expect(await isProposed()).toBe(false);
  await receiveTransfer(ctx, {
    ...{ transferId: transfer.id, version: 0, reason: 'Dropped' },
    lines: [{ batchId: lot?.id ?? '', received: 0, lost: 8, back: 0 }],
  });
  expect(await getMedicine(ctx, medicineId)).toMatchObject({ onHand: 4, mark: 'low' });
  expect(await isListedLow()).toBe(true);
  expect(await isProposed()).toBe(true);
  expect(
    await batchModel(ctx)
      .findById(objectId(lot?.id ?? ''))
      .lean(),
  ).toMatchObject({ transit: 0 });
});

it('counts for the least of the first store what comes back to it', async () => {
  const medicineId = await stocked([['B', 30, 300]]);
  const [lot] = await listBatches(ctx, medicineId);
  const line = (quantity: number) => [{ batchId: lot?.id ?? '', quantity }];
  const there = await sendTransfer(ctx, {
    ...{ fromId: FIRST_STORE_ID, toId: counterId, note: undefined, lines: line(30) },
  });
  await receiveTransfer(ctx, {
    ...{ transferId: there.id, version: 0, reason: undefined },
    lines: [{ batchId: lot?.id ?? '', received: 30, lost: 0, back: 0 }],
  });
  await putLevel(medicineId, FIRST_STORE_ID, '6', '30');
  const packs = async () => (await proposeOrders(ctx, 30)).find(({ id }) => id === medicineId)?.packs ?? 0;
  expect(await packs()).toBe(30);
  await sendTransfer(ctx, {
    ...{ fromId: counterId, toId: FIRST_STORE_ID, note: undefined, lines: line(20) },
  });
  expect(await packs()).toBe(0);
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
});
