import { afterAll, beforeAll, expect, it } from 'vitest';
import { getSaleShelf } from '@/features/dispensary/sales/queries';
import { sellInput } from '@/features/dispensary/sales/schema';
import { sell } from '@/features/dispensary/sales/service';
import { readStoreValues } from '@/features/pharmacy/figures/queries';
import { batchModel, movementModel } from '@/features/pharmacy/medicines/model';
import { findHere, findMoving, getMedicine, listBatches } from '@/features/pharmacy/medicines/queries';
import { adjustStockInput, receiveStockInput } from '@/features/pharmacy/medicines/schema';
import {
  adjustStock,
  deactivateMedicine,
  dispense,
  holdBatch,
  receiveStock,
  releaseBatch,
  returnStock,
} from '@/features/pharmacy/medicines/service';
import { storeModel } from '@/features/pharmacy/stores/model';
import { FIRST_STORE_ID } from '@/features/pharmacy/stores/policy';
import { counterStore, findStores, listStores } from '@/features/pharmacy/stores/queries';
import { addStore, chooseCounter, updateStore } from '@/features/pharmacy/stores/service';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { findLotsIn, findTransfers, getTransfer, listLotsIn, listTransfers } from './queries';
import { receiveTransferInput, sendTransferInput, transfersQuery } from './schema';
import { closeStore, receiveTransfer, reopenStore, sendTransfer } from './service';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: TenantContext;
let counterId: string;
beforeAll(async () => {
  org = await testOrganization();
  ctx = org.ctx('pharmacist');
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const stocked = async (quantity: number, cost = '4') => {
  const { id: medicineId } = await aMedicine(ctx);
  await receiveStock(
    ctx,
    receiveStockInput.parse({
      ...{ medicineId, lotNumber: 'A1', quantity: String(quantity), cost },
      expiresOn: shiftDay(today(ctx.timeZone), 200),
    }),
  );
  const { _id } = await batchModel(ctx)
    .findOne({ medicineId: objectId(medicineId) })
    .orFail()
    .lean();
  return { medicineId, batchId: _id.toString() };
};
const rowsOf = <T>(rows: readonly { medicineId: T }[]): T[] => rows.map(({ medicineId }) => medicineId);
const send = (fromId: string, toId: string, lines: unknown[]) =>
  sendTransfer(ctx, sendTransferInput.parse({ fromId, toId, lines: JSON.stringify(lines) }));
const receive = (transferId: string, version: number, lines: unknown[], reason?: string) =>
  receiveTransfer(
    ctx,
    receiveTransferInput.parse({
      transferId,
      version: String(version),
      lines: JSON.stringify(lines),
      reason,
    }),
  );
const ofStore = async (medicineId: string) =>
  (await listBatches(ctx, medicineId)).map(({ storeId, quantity }) => [storeId, quantity]);

it('asks a hospital with one store nothing, and gives out of it as ever', async () => {
  expect(await listStores(ctx)).toMatchObject([{ id: FIRST_STORE_ID, isCounter: true, isFirst: true }]);
  const { medicineId } = await stocked(5);
  await dispense(ctx, { medicineId, quantity: 2, note: undefined });
  expect(await ofStore(medicineId)).toEqual([[FIRST_STORE_ID, 3]]);
  const row = await movementModel(ctx)
    .findOne({ medicineId: objectId(medicineId), kind: 'dispense' })
    .orFail()
    .lean();
  expect(row.storeId).toBeUndefined();
});

it('names stores once, gives the counter one, and lets each person choose another', async () => {
  const counter = await addStore(ctx, { name: 'Pharmacy counter', isCounter: true });
  counterId = counter.id;
  expect((await listStores(ctx)).map(({ isCounter }) => isCounter)).toEqual([false, true]);
  await expect(addStore(ctx, { name: ' pharmacy  Counter', isCounter: false })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  await expect(addStore(ctx, { name: 'main store', isCounter: false })).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  expect((await counterStore(ctx)).id).toBe(counterId);
  await chooseCounter(ctx, FIRST_STORE_ID);
  expect((await counterStore(ctx)).id).toBe(FIRST_STORE_ID);
  expect((await counterStore(org.ctx('owner'))).id).toBe(counterId);
  await chooseCounter(ctx, counterId);
  await expect(
    updateStore(ctx, { storeId: counterId, name: 'Main Store', isCounter: true, version: 0 }),
  ).rejects.toMatchObject({ code: 'CONFLICT' });
  const changed = { storeId: counterId, name: 'Counter', isCounter: true, version: 0 };
  const both = await Promise.allSettled([updateStore(ctx, changed), updateStore(ctx, changed)]);
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const [first] = await listStores(ctx);
  await updateStore(ctx, {
    ...{ storeId: FIRST_STORE_ID, name: 'Basement', isCounter: false, version: first?.version ?? 0 },
  });
  expect((await listStores(ctx)).map(({ name }) => name)).toEqual(['Basement', 'Counter']);
  for (const storeId of [newObjectId().toString(), 'nonsense'])
    await expect(chooseCounter(ctx, storeId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  expectIndexed(await findStores(ctx).explain('executionStats'));
});

it('sends, takes in by parts, loses with a reason and sends back; in between it is in neither store', async () => {
  const { medicineId, batchId } = await stocked(20);
  await expect(dispense(ctx, { medicineId, quantity: 1, note: undefined })).rejects.toThrow(
    /Other stores have 20/,
  );
  const transfer = await send(FIRST_STORE_ID, counterId, [{ batchId, quantity: 12 }]);
  expect(transfer).toMatchObject({ state: 'sent', fromName: 'Basement', toName: 'Counter' });
  expect(await ofStore(medicineId)).toEqual([[FIRST_STORE_ID, 8]]);
  expect(await getMedicine(ctx, medicineId)).toMatchObject({ onHand: 8 });
  expect(await batchModel(ctx).findById(objectId(batchId)).lean()).toMatchObject({
    ...{ transit: 12, quantity: 8, valueMinor: 8_000 },
  });
  const lines = (await readStoreValues(ctx)).values.filter(({ place }) => place === 'transit');
  expect(lines).toMatchObject([{ pieces: 12, valueMinor: 4_800 }]);

  expect(
    receiveTransferInput.safeParse({
      ...{ transferId: transfer.id, version: '0' },
      lines: JSON.stringify([{ batchId, received: 0, lost: 1, back: 0 }]),
    }).success,
  ).toBe(false);
  const part = await receive(transfer.id, 0, [{ batchId, received: 7, lost: 0, back: 0 }]);
  expect(part).toMatchObject({ state: 'part', version: 1 });
  await expect(receive(transfer.id, 0, [{ batchId, received: 1, lost: 0, back: 0 }])).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  await expect(receive(transfer.id, 1, [{ batchId, received: 6, lost: 0, back: 0 }])).rejects.toMatchObject({
    // Said at the row that is too much.
    ...{
      field: `lines.${batchId}`,
      message: expect.stringMatching(/^Only 5 bottles of .* are on the way\.$/),
    },
  });
  const both = await Promise.allSettled(
    [1, 2].map(() => receive(transfer.id, 1, [{ batchId, received: 2, lost: 1, back: 2 }], 'Box was open')),
  );
  expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  expect(await getTransfer(ctx, transfer.id)).toMatchObject({
    state: 'done',
    lines: [{ sent: 12, received: 9, lost: 1, back: 2 }],
    arrivals: [{ reason: null }, { reason: 'Box was open' }],
  });
  expect(await ofStore(medicineId)).toEqual([
    [FIRST_STORE_ID, 10],
    [counterId, 9],
  ]);
  const lost = await movementModel(ctx)
    .findOne({ transferId: objectId(transfer.id), kind: 'disposal' })
    .orFail()
    .lean();
  expect(lost).toMatchObject({ quantity: -1, place: 'transit', costMinor: -400 });
  expect(lost.reason).toContain('Box was open');
  expect(await batchModel(ctx).findById(objectId(batchId)).lean()).toMatchObject({
    ...{ transit: 0, valueMinor: 7_600 },
  });

  await dispense(ctx, { medicineId, quantity: 4, note: undefined });
  expect(await ofStore(medicineId)).toEqual([
    [FIRST_STORE_ID, 10],
    [counterId, 5],
  ]);
  const given = await movementModel(ctx)
    .findOne({ medicineId: objectId(medicineId), kind: 'dispense' })
    .orFail()
    .lean();
  // What comes back stands where it was given from, no matter who takes it.
  await chooseCounter(ctx, FIRST_STORE_ID);
  await returnStock(ctx, { medicineId, movementId: given._id.toString(), quantity: 1, reason: 'Unopened' });
  await chooseCounter(ctx, counterId);
  expect(await ofStore(medicineId)).toEqual([
    [FIRST_STORE_ID, 10],
    [counterId, 6],
  ]);
  await expect(send(counterId, FIRST_STORE_ID, [{ batchId, quantity: 7 }])).rejects.toMatchObject({
    code: 'CONFLICT',
  });
});

it('sells from the store that the page shows, and from no other', async () => {
  const { medicineId, batchId } = await stocked(6);
  const { id } = await send(FIRST_STORE_ID, counterId, [{ batchId, quantity: 2 }]);
  await receive(id, 0, [{ batchId, received: 2, lost: 0, back: 0 }]);
  const shelf = await getSaleShelf(ctx, medicineId);
  expect(shelf).toMatchObject({ inOtherStores: 4, lots: [{ quantity: 2 }] });
  await holdBatch(ctx, { medicineId, batchId, reason: 'Cloudy' });
  expect(await getSaleShelf(ctx, medicineId)).toMatchObject({ inOtherStores: 0, lots: [] });
  await releaseBatch(ctx, { medicineId, batchId });
  expect((await getSaleShelf(ctx, medicineId, FIRST_STORE_ID)).lots).toMatchObject([{ quantity: 4 }]);
  const sale = (storeId: string, quantity: number) =>
    sell(
      ctx,
      sellInput.parse({
        ...{ requestKey: newObjectId().toString(), storeId, totalMinor: String(1_250 * quantity) },
        lines: JSON.stringify([{ medicineId, quantity }]),
      }),
    );
  await expect(sale(counterId, 3)).rejects.toMatchObject({ code: 'CONFLICT' });
  await sale(counterId, 2);
  await sale(FIRST_STORE_ID, 2);
  expect(await ofStore(medicineId)).toEqual([[FIRST_STORE_ID, 2]]);
});

it('lets 20 counters send the last 10 pieces and not one more', { timeout: 120_000 }, async () => {
  const { medicineId, batchId } = await stocked(10);
  const outcomes = await Promise.allSettled(
    Array.from({ length: 20 }, () => send(FIRST_STORE_ID, counterId, [{ batchId, quantity: 1 }])),
  );
  expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(10);
  expect(await batchModel(ctx).findById(objectId(batchId)).lean()).toMatchObject({
    quantity: 0,
    transit: 10,
  });
  // What is on its way keeps the medicine in use.
  await expect(deactivateMedicine(ctx, medicineId)).rejects.toMatchObject({ code: 'CONFLICT' });
});

it('closes a store in which nothing stands and to which nothing is on its way', async () => {
  const ward = await addStore(ctx, { name: 'Ward', isCounter: false });
  const { batchId } = await stocked(3);
  const { id } = await send(FIRST_STORE_ID, ward.id, [{ batchId, quantity: 3 }]);
  await expect(closeStore(ctx, ward.id)).rejects.toThrow(/on its way/);
  await receive(id, 0, [{ batchId, received: 3, lost: 0, back: 0 }]);
  await expect(closeStore(ctx, ward.id)).rejects.toThrow(/stock in Ward/);
  const home = await send(ward.id, FIRST_STORE_ID, [{ batchId, quantity: 3 }]);
  await receive(home.id, 0, [{ batchId, received: 3, lost: 0, back: 0 }]);
  expect(await closeStore(ctx, ward.id)).toMatchObject({ isActive: false });
  await expect(send(FIRST_STORE_ID, ward.id, [{ batchId, quantity: 1 }])).rejects.toMatchObject({
    code: 'CONFLICT',
  });
  for (const storeId of [FIRST_STORE_ID, counterId])
    await expect(closeStore(ctx, storeId)).rejects.toMatchObject({ code: 'CONFLICT' });
  expect(await reopenStore(ctx, ward.id)).toMatchObject({ isActive: true });
});

it('never closes a store while something comes into it', { timeout: 120_000 }, async () => {
  for (let round = 0; round < 8; round++) {
    const store = await addStore(ctx, { name: `Ward ${round}`, isCounter: false });
    const { medicineId, batchId } = await stocked(3);
    const expiresOn = shiftDay(today(ctx.timeZone), 200);
    const coming =
      round % 2 === 0
        ? () => send(FIRST_STORE_ID, store.id, [{ batchId, quantity: 3 }])
        : () =>
            receiveStock(
              ctx,
              receiveStockInput.parse({
                ...{ medicineId, storeId: store.id, lotNumber: 'R1', quantity: '2', cost: '1', expiresOn },
              }),
            );
    const [, closed] = await Promise.allSettled([coming(), closeStore(ctx, store.id)]);
    const inIt = await batchModel(ctx).countDocuments({ 'elsewhere.storeId': objectId(store.id) });
    const { transfers } = await listTransfers(ctx, transfersQuery.parse({}));
    const toIt = transfers.filter(({ toId }) => toId === store.id).length;
    expect([closed.status, inIt + toIt > 0]).not.toEqual(['fulfilled', true]);
  }
});

it('takes what comes back into the counter’s store once the one that gave it is closed', async () => {
  const ward = await addStore(ctx, { name: 'Day ward', isCounter: false });
  const { medicineId, batchId } = await stocked(2);
  const { id } = await send(FIRST_STORE_ID, ward.id, [{ batchId, quantity: 2 }]);
  await receive(id, 0, [{ batchId, received: 2, lost: 0, back: 0 }]);
  await dispense(ctx, { medicineId, storeId: ward.id, quantity: 2, note: undefined });
  await closeStore(ctx, ward.id);
  const given = await movementModel(ctx)
    .findOne({ medicineId: objectId(medicineId), kind: 'dispense' })
    .orFail()
    .lean();
  await returnStock(ctx, { medicineId, movementId: given._id.toString(), quantity: 1, reason: 'Unopened' });
  expect(await ofStore(medicineId)).toEqual([[counterId, 1]]);
  // What is in a closed store from earlier may leave it, and is not added to.
  await batchModel(ctx).collection.updateOne(
    { _id: objectId(batchId) },
    { $set: { elsewhere: [{ storeId: objectId(ward.id), quantity: 1 }] } },
  );
  const [shelf] = await listBatches(ctx, medicineId);
  const count = (counted: string) =>
    adjustStock(
      ctx,
      adjustStockInput.parse({
        ...{ medicineId, batchId, storeId: ward.id, version: shelf?.version, counted, reason: 'Counted' },
      }) as Parameters<typeof adjustStock>[1],
    );
  await expect(count('2')).rejects.toThrow(/Day ward is closed/);
  await count('0');
  expect(await ofStore(medicineId)).toEqual([]);
});

it('gives what comes back to a store that has closed since to the counter’s', async () => {
  const ward = await addStore(ctx, { name: 'Evening ward', isCounter: false });
  const { medicineId, batchId } = await stocked(2);
  const { id } = await send(FIRST_STORE_ID, ward.id, [{ batchId, quantity: 2 }]);
  await receive(id, 0, [{ batchId, received: 2, lost: 0, back: 0 }]);
  const { id: out } = await send(ward.id, FIRST_STORE_ID, [{ batchId, quantity: 2 }]);
  await storeModel(ctx).updateOne({ _id: objectId(ward.id) }, { $set: { isActive: false } });
  await receive(out, 0, [{ batchId, received: 1, lost: 0, back: 1 }], 'Too many');
  const left = await ofStore(medicineId);
  expect(left.reduce((sum, [, quantity]) => sum + Number(quantity), 0)).toBe(2);
  expect(left.map(([storeId]) => storeId)).not.toContain(ward.id);
});

it('sends at most 200 lots at once, and says what to do with the rest', () => {
  const lines = Array.from({ length: 450 }, (_, at) => ({
    ...{ batchId: at.toString(16).padStart(24, '0'), quantity: at < 201 ? 1 : 0 },
  }));
  const read = (some: unknown[]) =>
    sendTransferInput.safeParse({ fromId: FIRST_STORE_ID, toId: counterId, lines: JSON.stringify(some) });
  expect(read(lines).error?.issues[0]?.message).toMatch(/At most 200 lots go at once, and these are 201/);
  expect(read(lines.slice(1)).success).toBe(true);
});

it('answers its lists by index, and values all places together at what the lots have cost', async () => {
  for (const show of ['open', 'all'] as const)
    expectIndexed(await findTransfers(ctx, transfersQuery.parse({ show })).find.explain('executionStats'));
  for (const storeId of [FIRST_STORE_ID, counterId])
    expectIndexed(await findLotsIn(ctx, storeId).explain('executionStats'));
  const some = rowsOf(await batchModel(ctx).find({}).limit(3).lean());
  for (const find of findHere(ctx, some)) expectIndexed(await find.explain('executionStats'));
  expectIndexed(await findMoving(ctx, some).explain('executionStats'));
  for (const find of findHere(ctx)) expectIndexed(await find.explain('executionStats'));
  expect(
    (await listTransfers(ctx, transfersQuery.parse({}))).transfers.every(({ state }) => state !== 'done'),
  ).toBe(true);
  expect((await listLotsIn(ctx, counterId)).every(({ quantity }) => quantity > 0)).toBe(true);
  const rows = await batchModel(ctx).find({}).lean();
  const { values } = await readStoreValues(ctx);
  expect(values.reduce((sum, { valueMinor }) => sum + valueMinor, 0)).toBe(
    rows.reduce((sum, { valueMinor }) => sum + (valueMinor ?? 0), 0),
  );
});

it('knows no store and no transfer of another hospital', async () => {
  const other = await testOrganization();
  try {
    const { batchId } = await stocked(1);
    const { id } = await send(FIRST_STORE_ID, counterId, [{ batchId, quantity: 1 }]);
    const theirs = other.ctx('pharmacist');
    await expect(getTransfer(theirs, id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(chooseCounter(theirs, counterId)).rejects.toMatchObject({ code: 'NOT_FOUND' });
  } finally {
    await other.dispose();
  }
});
