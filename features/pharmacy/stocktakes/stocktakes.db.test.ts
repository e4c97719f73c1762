import { afterAll, beforeAll, expect, it } from 'vitest';
import { batchModel, movementModel } from '@/features/pharmacy/medicines/model';
import { getMedicine, listBatches } from '@/features/pharmacy/medicines/queries';
import { adjustStockInput, receiveStockInput } from '@/features/pharmacy/medicines/schema';
import { adjustStock, dispense, receiveStock } from '@/features/pharmacy/medicines/service';
import { FIRST_STORE_ID } from '@/features/pharmacy/stores/policy';
import { addStore } from '@/features/pharmacy/stores/service';
import { closeStore, reopenStore } from '@/features/pharmacy/transfers/service';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { stocktakeModel } from './model';
import {
  findCounts,
  findStocktakes,
  getStocktake,
  listDifferences,
  listOthersToApprove,
  listSheet,
} from './queries';
import { foundLotInput, saveCountsInput, stocktakesQuery } from './schema';
import {
  approveStocktake,
  cancelStocktake,
  countFoundLot,
  recountStocktake,
  saveCounts,
  startStocktake,
  submitStocktake,
} from './service';
import { findMovedSince } from './service/count';

let org: Awaited<ReturnType<typeof testOrganization>>;
let counter: TenantContext;
let second: TenantContext;
beforeAll(async () => {
  org = await testOrganization();
  await org.addStaff('pharmacist', 'Asha');
  counter = org.ctx('pharmacist');
  second = org.ctx('owner');
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const stocked = async (quantity: number, storeId = FIRST_STORE_ID) => {
  const { id: medicineId } = await aMedicine(counter);
  await receiveStock(
    counter,
    receiveStockInput.parse({
      ...{ medicineId, storeId, lotNumber: 'A1', quantity: String(quantity), cost: '2' },
      expiresOn: shiftDay(today(counter.timeZone), 200),
    }),
  );
  const { _id } = await batchModel(counter)
    .findOne({ medicineId: objectId(medicineId) })
    .orFail()
    .lean();
  return { medicineId, batchId: _id.toString() };
};

type Said = { batchId: string; counted: number | null; version?: number; secondsAgo?: number };
const save = (stocktakeId: string, said: readonly Said[], ctx = counter) =>
  saveCounts(
    ctx,
    saveCountsInput.parse({
      ...{ stocktakeId, sentAt: '5000000' },
      lines: JSON.stringify(
        said.map(({ batchId, counted, version = 0, secondsAgo = 0 }) => ({
          ...{ batchId, counted, version, typedAt: 5_000_000 - secondsAgo * 1_000 },
        })),
      ),
    }),
  );
const versionOf = async (stocktakeId: string, batchId: string) =>
  (await listSheet(counter, await getStocktake(counter, stocktakeId))).find(
    (line) => line.batchId === batchId,
  )?.version ?? 0;
const begin = (storeId = FIRST_STORE_ID, at = new Date()) =>
  startStocktake(counter, { storeId, form: undefined }, at);
const cancel = async (id: string) =>
  cancelStocktake(counter, { stocktakeId: id, version: (await getStocktake(counter, id)).version });

it('never shows who counts what should be there, and what is sold meanwhile is no difference', async () => {
  const [one, two, three] = [await stocked(10), await stocked(8), await stocked(4)];
  // It came two hours ago.
  await movementModel(counter).collection.updateMany({}, { $set: { at: new Date(Date.now() - 7_200_000) } });
  const stocktake = await begin(FIRST_STORE_ID, new Date(Date.now() - 3_600_000));
  const sheet = await listSheet(counter, stocktake);
  expect(sheet.map(({ batchId }) => batchId).sort()).toEqual(
    [one.batchId, two.batchId, three.batchId].sort(),
  );
  for (const line of sheet)
    for (const key of ['quantity', 'expected', 'difference', 'valueMinor'])
      expect(Object.keys(line)).not.toContain(key);

  // Counted at 10, then one sold, then entered: the sale came after the count.
  await dispense(counter, { medicineId: one.medicineId, quantity: 3, note: undefined });
  await save(stocktake.id, [{ batchId: one.batchId, counted: 10, secondsAgo: 60 }]);
  // Counted after a sale: one is missing.
  await dispense(counter, { medicineId: two.medicineId, quantity: 2, note: undefined });
  await save(stocktake.id, [{ batchId: two.batchId, counted: 5 }]);
  await dispense(counter, { medicineId: two.medicineId, quantity: 1, note: undefined });

  await submitStocktake(counter, { stocktakeId: stocktake.id, version: 0 });
  await expect(save(stocktake.id, [{ batchId: three.batchId, counted: 4 }])).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  const submitted = await getStocktake(second, stocktake.id);
  expect((await listDifferences(counter, submitted)).hasCounted).toBe(true);
  const { compared, uncounted, hasCounted } = await listDifferences(second, submitted);
  expect(hasCounted).toBe(false);
  expect(
    compared.map(({ batchId, expected, counted, difference, valueMinor }) => [
      ...[batchId, expected, counted, difference, valueMinor],
    ]),
  ).toEqual([
    [one.batchId, 10, 10, 0, 0],
    [two.batchId, 6, 5, -1, -200],
  ]);
  expect(uncounted.map(({ batchId }) => batchId)).toEqual([three.batchId]);

  await expect(
    approveStocktake(counter, { stocktakeId: stocktake.id, version: 1, note: undefined }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  const press = () =>
    approveStocktake(second, { stocktakeId: stocktake.id, version: 1, note: 'Broken, not noted' });
  const both = await Promise.allSettled([press(), press()]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await getMedicine(counter, one.medicineId)).toMatchObject({ onHand: 7 });
  expect(await getMedicine(counter, two.medicineId)).toMatchObject({ onHand: 4 });
  expect(await getMedicine(counter, three.medicineId)).toMatchObject({ onHand: 4 });
  const corrected = await movementModel(counter).find({ kind: 'adjustment' }).lean();
  expect(corrected).toMatchObject([
    { quantity: -1, costMinor: -200, reason: `Stocktake ${stocktake.number}: Broken, not noted` },
  ]);
});

it('counts a lot again only over the count that was seen, and lets nobody approve their own', async () => {
  const { batchId } = await stocked(5);
  const stocktake = await begin();
  await save(stocktake.id, [{ batchId, counted: 4 }]);
  await expect(save(stocktake.id, [{ batchId, counted: 5 }], second)).rejects.toThrow(/has counted/);
  const version = () => versionOf(stocktake.id, batchId);
  await save(stocktake.id, [{ batchId, counted: 5, version: await version() }], second);
  await submitStocktake(counter, { stocktakeId: stocktake.id, version: 0 });
  // The owner has counted some of it by now.
  await expect(
    approveStocktake(second, { stocktakeId: stocktake.id, version: 1, note: undefined }),
  ).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await recountStocktake(second, { stocktakeId: stocktake.id, version: 1 });
  await save(stocktake.id, [{ batchId, counted: 5, version: await version() }]);
  await submitStocktake(counter, { stocktakeId: stocktake.id, version: 2 });
  expect(
    await approveStocktake(second, { stocktakeId: stocktake.id, version: 3, note: undefined }),
  ).toMatchObject({ state: 'approved' });
});

it('is approved by who has counted only where nobody else in the hospital may', async () => {
  const clinic = await testOrganization();
  const alone = clinic.ctx('owner');
  const { id: medicineId } = await aMedicine(alone);
  await receiveStock(
    alone,
    receiveStockInput.parse({
      ...{ medicineId, storeId: FIRST_STORE_ID, lotNumber: 'A1', quantity: '5' },
      expiresOn: shiftDay(today(alone.timeZone), 200),
    }),
  );
  const { _id: batchId } = await batchModel(alone).findOne({}).orFail().lean();
  const submitted = async () => {
    const { id } = await startStocktake(alone, { storeId: FIRST_STORE_ID, form: undefined });
    await save(id, [{ batchId: batchId.toString(), counted: 5 }], alone);
    return submitStocktake(alone, { stocktakeId: id, version: 0 });
  };
  const approve = ({ id, version }: { id: string; version: number }) =>
    approveStocktake(alone, { stocktakeId: id, version, note: undefined });
  expect(await listOthersToApprove(alone)).toEqual([]);
  expect(await approve(await submitted())).toMatchObject({
    ...{ state: 'approved', submittedByName: alone.actor.name, decidedByName: alone.actor.name },
  });
  // A receptionist may not, and changes nothing by being there; a pharmacist may.
  await clinic.addStaff('receptionist', 'Rekha');
  expect(await approve(await submitted())).toMatchObject({ state: 'approved' });
  await clinic.addStaff('pharmacist', 'Prema');
  expect((await listOthersToApprove(alone)).map(({ name }) => name)).toEqual(['Prema']);
  await expect(approve(await submitted())).rejects.toMatchObject({ code: 'FORBIDDEN' });
  await clinic.dispose();
});

it('takes a count back, and knows a stale one after that', async () => {
  const { batchId } = await stocked(5);
  const stocktake = await begin();
  const line = async () => (await listSheet(second, stocktake)).find((one) => one.batchId === batchId);
  await save(stocktake.id, [{ batchId, counted: 4 }]);
  expect(await line()).toMatchObject({ counted: 4, isMine: false });
  const seen = await versionOf(stocktake.id, batchId);
  await expect(save(stocktake.id, [{ batchId, counted: null }], second)).rejects.toThrow(/has counted/);
  await save(stocktake.id, [{ batchId, counted: null, version: seen }], second);
  expect(await line()).toMatchObject({ counted: null, version: 0, countedByName: null });
  await save(stocktake.id, [{ batchId, counted: 3 }], second);
  expect(await line()).toMatchObject({ counted: 3, isMine: true });
  await expect(save(stocktake.id, [{ batchId, counted: 4, version: seen }])).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  await save(stocktake.id, [{ batchId, counted: null, version: await versionOf(stocktake.id, batchId) }]);
  // Nothing is counted any more.
  await expect(submitStocktake(counter, { stocktakeId: stocktake.id, version: 0 })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  await cancel(stocktake.id);
});

it('saves a long sheet at once, each lot as of its own moment', { timeout: 120_000 }, async () => {
  const { id: medicineId } = await aMedicine(counter);
  const _id = objectId(medicineId);
  const lots = Array.from({ length: 1_200 }, (_, at) => ({
    ...{ _id: newObjectId(), medicineId: _id, lotNumber: `S${at}`, quantity: 3, hasStock: true },
    expiresOn: shiftDay(today(counter.timeZone), 200),
  }));
  await batchModel(counter).collection.insertMany(lots);
  const [first] = lots;
  const moved = { batchId: first?._id, medicineId: _id, lotNumber: 'S0', kind: 'dispense', quantity: -1 };
  await movementModel(counter).collection.insertOne({
    ...{ ...moved, onHandAfter: 0, byUserId: 'x', byName: 'x', at: new Date(Date.now() - 60_000) },
  });
  const stocktake = await begin(FIRST_STORE_ID, new Date(Date.now() - 3_600_000));
  await save(
    stocktake.id,
    lots.map(({ _id: id }, at) => ({ batchId: id.toString(), counted: 3, secondsAgo: at < 1 ? 600 : 0 })),
  );
  const counts = await findCounts(counter, stocktake.id).lean();
  expect(counts).toHaveLength(1_200);
  const expectedOf = (id: unknown) => counts.find(({ batchId }) => batchId.equals(id as never))?.expected;
  expect([expectedOf(first?._id), expectedOf(lots[1]?._id)]).toEqual([4, 3]);
  const since = {
    batchIds: lots.slice(0, 3).map(({ _id: id }) => id),
    since: new Date(),
    storeId: FIRST_STORE_ID,
  };
  expectIndexed(await findMovedSince(counter, since).explain('executionStats'));
  await cancel(stocktake.id);
  await batchModel(counter).collection.deleteMany({ medicineId: _id });
});

it('reads a sheet by what is decided in it, and says when it is too long', () => {
  const line = (at: number, isOpen?: boolean) => ({
    ...{ batchId: at.toString(16).padStart(24, '0'), counted: 1, version: 0, typedAt: 0 },
    ...(isOpen ? { isOpen } : {}),
  });
  const read = (lines: unknown[]) =>
    saveCountsInput.safeParse({
      ...{ stocktakeId: 'a'.repeat(24), sentAt: '0' },
      lines: JSON.stringify(lines),
    });
  expect(read([line(1), line(2, true)]).data?.lines).toMatchObject([{ batchId: line(1).batchId }]);
  expect(read([line(1, true)]).error?.issues[0]?.message).toMatch(/whose count stays/);
  expect(read(Array.from({ length: 1_501 }, (_, at) => line(at))).error?.issues[0]?.message).toMatch(
    /At most 1500/,
  );
  expect(read([line(1), line(1)]).success).toBe(false);
});

it('brings nothing into a store that was closed while it was counted', async () => {
  const { id: storeId } = await addStore(counter, { name: 'Ward', isCounter: false });
  const { medicineId, batchId } = await stocked(2, storeId);
  const stocktake = await begin(storeId);
  await save(stocktake.id, [{ batchId, counted: 3 }]);
  await dispense(counter, { medicineId, storeId, quantity: 2, note: undefined });
  await closeStore(counter, storeId);
  await submitStocktake(counter, { stocktakeId: stocktake.id, version: 0 });
  const approve = () => approveStocktake(second, { stocktakeId: stocktake.id, version: 1, note: undefined });
  await expect(approve()).rejects.toThrow(/Ward is closed/);
  await reopenStore(counter, storeId);
  expect(await approve()).toMatchObject({ state: 'approved' });
});

it('corrects no difference twice: one stocktake a store, and none over another correction', async () => {
  const { medicineId, batchId } = await stocked(9);
  const both = await Promise.allSettled([begin(), begin()]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const { _id } = await stocktakeModel(counter).findOne({ state: 'counting' }).orFail().lean();
  const stocktakeId = _id.toString();
  await save(stocktakeId, [{ batchId, counted: 7 }]);
  const [batch] = await listBatches(counter, medicineId);
  await adjustStock(
    counter,
    adjustStockInput.parse({
      ...{ medicineId, batchId, version: batch?.version, counted: '7', reason: 'Counted' },
    }) as Parameters<typeof adjustStock>[1],
  );
  await submitStocktake(counter, { stocktakeId, version: 0 });
  await expect(approveStocktake(second, { stocktakeId, version: 1, note: undefined })).rejects.toThrow(
    /corrected otherwise/,
  );
  expect(await getMedicine(counter, medicineId)).toMatchObject({ onHand: 7 });
  await cancel(stocktakeId);
});

it('counts one store alone, and takes a lot that was found into it', async () => {
  const { id: storeId } = await addStore(counter, { name: 'Theatre', isCounter: false });
  const { medicineId, batchId } = await stocked(6, storeId);
  await receiveStock(
    counter,
    receiveStockInput.parse({
      ...{ medicineId, lotNumber: 'A1', quantity: '4', cost: '2' },
      expiresOn: shiftDay(today(counter.timeZone), 200),
    }),
  );
  const stocktake = await begin(storeId);
  expect((await listSheet(counter, stocktake)).map((line) => line.batchId)).toEqual([batchId]);
  await save(stocktake.id, [{ batchId, counted: 5 }]);
  await countFoundLot(
    counter,
    foundLotInput.parse({
      ...{ stocktakeId: stocktake.id, medicineId, lotNumber: 'NEW', counted: '2' },
      expiresOn: shiftDay(today(counter.timeZone), 90),
    }),
  );
  await submitStocktake(counter, { stocktakeId: stocktake.id, version: 0 });
  await approveStocktake(second, { stocktakeId: stocktake.id, version: 1, note: undefined });
  const shelves = await listBatches(counter, medicineId);
  expect(shelves.map((shelf) => [shelf.lotNumber, shelf.storeId, shelf.quantity])).toEqual([
    ['NEW', storeId, 2],
    ['A1', FIRST_STORE_ID, 4],
    ['A1', storeId, 5],
  ]);
});

it('answers its lists by index and knows no stocktake of another hospital', async () => {
  expectIndexed(await findStocktakes(counter, stocktakesQuery.parse({})).find.explain('executionStats'));
  const stocktake = await begin();
  expectIndexed(await findCounts(counter, stocktake.id).explain('executionStats'));
  const other = await testOrganization();
  try {
    await expect(getStocktake(other.ctx('owner'), stocktake.id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  } finally {
    await other.dispose();
  }
});
