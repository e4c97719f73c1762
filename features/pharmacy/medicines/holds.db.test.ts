import { afterAll, beforeAll, expect, it } from 'vitest';
import { FIRST_STORE_ID } from '@/features/pharmacy/stores/policy';
import { addStore } from '@/features/pharmacy/stores/service';
import { closeStore } from '@/features/pharmacy/transfers/service';
import { auditedWrite } from '@/lib/audit/audited';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { expectIndexed } from '@/tests/assertions/explain';
import { aBatch, aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { batchModel, medicineModel, movementModel } from './model';
import { findLots, findQuarantine, listBatches, listQuarantine } from './queries';
import {
  dispense,
  disposeQuarantine,
  holdBatch,
  releaseBatch,
  releaseQuarantine,
  resumeSelling,
  stopSelling,
} from './service';
import { post } from './service/ledger';

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

const refused = { code: 'CONFLICT' };
async function stocked() {
  const { id: medicineId } = await aMedicine(ctx);
  await aBatch(ctx, { medicineId, lotNumber: 'EARLY', inDays: 30, quantity: 3 });
  await aBatch(ctx, { medicineId, lotNumber: 'LATE', inDays: 300, quantity: 3 });
  const [early, late] = await listBatches(ctx, medicineId);
  if (!early || !late) throw new Error('No stock');
  return { medicineId, early, late };
}
const give = (medicineId: string, quantity: number) =>
  dispense(ctx, { medicineId, quantity, note: undefined });
const shelf = async (medicineId: string) =>
  (await listBatches(ctx, medicineId)).map(({ lotNumber, quantity }) => [lotNumber, quantity]);

it('gives nothing of a lot that is held, and gives it again once it is released', async () => {
  const { medicineId, early } = await stocked();
  const batch = { medicineId, batchId: early.id };
  await holdBatch(ctx, { ...batch, reason: 'Recalled' });
  await expect(holdBatch(ctx, { ...batch, reason: 'Again' })).rejects.toMatchObject(refused);
  await give(medicineId, 1);
  expect(await shelf(medicineId)).toEqual([
    ['EARLY', 3],
    ['LATE', 2],
  ]);
  await expect(give(medicineId, 3)).rejects.toThrow(/Only 2 bottles/);
  expect((await listBatches(ctx, medicineId))[0]?.hold).toMatchObject({
    reason: 'Recalled',
    byName: ctx.actor.name,
  });
  await releaseBatch(ctx, batch);
  await expect(releaseBatch(ctx, batch)).rejects.toMatchObject(refused);
  await give(medicineId, 1);
  expect(await shelf(medicineId)).toEqual([
    ['EARLY', 2],
    ['LATE', 2],
  ]);
});

it('gives nothing of a medicine that is stopped', async () => {
  const { medicineId } = await stocked();
  expect((await stopSelling(ctx, { medicineId, reason: 'Banned' })).stop).toMatchObject({ reason: 'Banned' });
  await expect(stopSelling(ctx, { medicineId, reason: 'Again' })).rejects.toMatchObject(refused);
  await expect(give(medicineId, 1)).rejects.toThrow(/not given out: Banned/);
  expect((await resumeSelling(ctx, { medicineId })).stop).toBeNull();
  expect((await give(medicineId, 1)).onHand).toBe(5);
});

it('keeps the quarantine of each store apart, and closes no store that has one', async () => {
  const { medicineId, early } = await stocked();
  const ward = await addStore(ctx, { name: 'Ward', isCounter: false });
  const of = { medicineId, batchId: early.id };
  const lot = { batchId: objectId(early.id), lotNumber: 'EARLY', place: 'quarantine' as const };
  const medicine = await medicineModel(ctx).findById(objectId(medicineId)).orFail().lean();
  await auditedWrite(ctx, async (session) => {
    const changes = [
      { ...lot, quantity: 1 },
      { ...lot, quantity: 3, storeId: objectId(ward.id) },
    ];
    await post(ctx, session, { medicine, kind: 'return', changes });
  });
  const kept = async () =>
    (await listQuarantine(ctx, medicineId)).map(({ storeId, quarantine }) => [storeId, quarantine]);
  expect(await kept()).toEqual([
    [FIRST_STORE_ID, 1],
    [ward.id, 3],
  ]);
  await expect(closeStore(ctx, ward.id)).rejects.toThrow(/quarantine/);
  const reason = 'Looked at';
  await expect(releaseQuarantine(ctx, { ...of, quantity: 2, reason })).rejects.toThrow(/Only 1 bottle/);
  await releaseQuarantine(ctx, { ...of, fromStoreId: ward.id, quantity: 2, reason });
  expect(await kept()).toEqual([
    [FIRST_STORE_ID, 1],
    [ward.id, 1],
  ]);
  await disposeQuarantine(ctx, { ...of, fromStoreId: ward.id, reason });
  await expect(disposeQuarantine(ctx, { ...of, fromStoreId: ward.id, reason })).rejects.toMatchObject(
    refused,
  );
  expect(await kept()).toEqual([[FIRST_STORE_ID, 1]]);
  expect(await closeStore(ctx, ward.id)).toMatchObject({ isActive: false });
  // The ledger says the same of each place.
  const rows = await movementModel(ctx)
    .find({ batchId: objectId(early.id), place: 'quarantine' })
    .lean();
  const sum = (storeId: string | undefined) =>
    rows.reduce((all, row) => all + (row.storeId?.toString() === storeId ? row.quantity : 0), 0);
  expect([sum(undefined), sum(ward.id)]).toEqual([1, 0]);
});

it('keeps what is in quarantine off the shelf; the ledger has both places', async () => {
  const { medicineId, early } = await stocked();
  const of = { medicineId, batchId: early.id };
  const medicine = await medicineModel(ctx).findById(objectId(medicineId)).orFail().lean();
  const lot = { batchId: objectId(early.id), lotNumber: 'EARLY' };
  await auditedWrite(ctx, async (session) => {
    const changes = [{ ...lot, quantity: 4, place: 'quarantine' as const }];
    await post(ctx, session, { medicine, kind: 'return', changes });
  });
  expect((await listQuarantine(ctx, medicineId)).map(({ quarantine }) => quarantine)).toEqual([4]);
  expectIndexed(await findQuarantine(ctx, medicineId).explain('executionStats'));
  expectIndexed(await findLots(ctx, medicineId).explain('executionStats'));
  await expect(give(medicineId, 7)).rejects.toThrow(/Only 6 bottles/);
  const reason = 'Looked at';
  await expect(releaseQuarantine(ctx, { ...of, quantity: 5, reason })).rejects.toThrow(/Only 4 bottles/);
  expect((await releaseQuarantine(ctx, { ...of, quantity: 1, reason })).onHand).toBe(7);
  expect((await disposeQuarantine(ctx, { ...of, reason })).onHand).toBe(7);
  await expect(disposeQuarantine(ctx, { ...of, reason })).rejects.toMatchObject(refused);
  expect(await shelf(medicineId)).toEqual([
    ['EARLY', 4],
    ['LATE', 3],
  ]);
  const ledger = await movementModel(ctx)
    .find({ medicineId: objectId(medicineId) })
    .lean();
  const sumOf = (place: string | undefined) =>
    ledger.filter((row) => (row.place ?? undefined) === place).reduce((sum, row) => sum + row.quantity, 0);
  expect([sumOf(undefined), sumOf('quarantine')]).toEqual([7, 0]);
  const rows = await batchModel(ctx)
    .find({ medicineId: objectId(medicineId) })
    .lean();
  expect(rows.reduce((sum, { quantity }) => sum + quantity, 0)).toBe(7);
});
