import { afterAll, beforeAll, expect, it } from 'vitest';
import { batchModel } from '@/features/pharmacy/medicines/model';
import { listBatches, listMedicines, stockAlerts } from '@/features/pharmacy/medicines/queries';
import { medicineListQuery } from '@/features/pharmacy/medicines/schema';
import { dispense } from '@/features/pharmacy/medicines/service';
import { setLevelInput } from '@/features/pharmacy/stock-levels/schema';
import { setLevel } from '@/features/pharmacy/stock-levels/service';
import { FIRST_STORE_ID } from '@/features/pharmacy/stores/policy';
import { addStore } from '@/features/pharmacy/stores/service';
import { receiveTransfer, sendTransfer } from '@/features/pharmacy/transfers/service';
import { FIRST_BRANCH_ID } from '@/lib/branches';
import { objectId } from '@/lib/mongo';
import { EVERYWHERE } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { shiftDay, today } from '@/lib/time';
import { expectIndexed } from '@/tests/assertions/explain';
import { aBranch, ctxAt } from '@/tests/builders/branch';
import { aBatch, aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { findActive, listMedicinesAt, recentAlertsAt, stockAlertsAt } from './queries';

let org: Awaited<ReturnType<typeof testOrganization>>;
let ctx: TenantContext;
let hebbal: string;
let counterId: string;
beforeAll(async () => {
  org = await testOrganization({ plan: 'professional' });
  hebbal = (await aBranch(org, 'Hebbal', 'HB')).id;
  ctx = await ctxAt(org, 'owner', FIRST_BRANCH_ID);
  counterId = (await addStore(ctx, { name: 'Hebbal counter', branchId: hebbal, isCounter: true })).id;
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

const of = async (branchId: string, asked: Record<string, string>) =>
  listMedicinesAt(ctx, medicineListQuery.parse(asked), branchId);
const idsOf = async (branchId: string, show: string) =>
  (await of(branchId, { show })).page.medicines.map(({ id }) => id);

/** Brings pieces of the only lot of a medicine to the store of the other branch. */
async function carry(medicineId: string, quantity: number) {
  const lot = (await listBatches(ctx, medicineId)).find(({ storeId }) => storeId === FIRST_STORE_ID);
  const batchId = lot?.id ?? '';
  const { id: transferId } = await sendTransfer(ctx, {
    ...{ fromId: FIRST_STORE_ID, toId: counterId, note: undefined, lines: [{ batchId, quantity }] },
  });
  await receiveTransfer(ctx, {
    ...{ transferId, version: 0, reason: undefined },
    lines: [{ batchId, received: quantity, lost: 0, back: 0 }],
  });
}

it('calls low at a branch what its stores have too little of, and the whole what the hospital has', async () => {
  const [spread, never] = [await aMedicine(ctx), await aMedicine(ctx)];
  await aBatch(ctx, { medicineId: spread.id, quantity: 20 });
  await aBatch(ctx, { medicineId: never.id, quantity: 20 });
  await carry(spread.id, 4);
  // 4 of 20 are there, at a reorder level of 5; of the other one nothing ever was.
  expect(await idsOf(hebbal, 'low')).toEqual([spread.id]);
  expect(await idsOf(FIRST_BRANCH_ID, 'low')).toEqual([]);
  expect(await idsOf(EVERYWHERE, 'low')).toEqual([]);
  expect(await stockAlertsAt(ctx, hebbal)).toMatchObject({
    lowStock: [{ id: spread.id, onHand: 4, reorderLevel: 5 }],
  });
  expect(await stockAlertsAt(ctx, EVERYWHERE)).toEqual(await stockAlerts(ctx));

  await setLevel(
    ctx,
    setLevelInput.parse({ medicineId: spread.id, storeId: counterId, min: '2', max: '9', version: '0' }),
  );
  expect(await idsOf(hebbal, 'low')).toEqual([]);
  await dispense(ctx, { medicineId: spread.id, storeId: counterId, quantity: 4, note: undefined });
  // With a least it is the branch's, also when there is nothing left of it.
  const { page, counts } = await of(hebbal, { show: 'out' });
  expect(page.medicines).toMatchObject([{ id: spread.id, onHand: 0, reorderLevel: 2, mark: 'out' }]);
  expect(counts).toMatchObject({ low: 1, out: 1 });
  expect(await idsOf(FIRST_BRANCH_ID, 'out')).toEqual([]);
  const all = (await of(hebbal, {})).page.medicines;
  expect(all.find(({ id }) => id === never.id)).toMatchObject({ onHand: 0, mark: 'enough' });
  expect((await of(hebbal, { show: 'low', q: never.name })).page.medicines).toEqual([]);
  expect((await of(hebbal, { show: 'low', q: spread.name })).page.medicines).toHaveLength(1);
});

it('shows what expires where it stands', async () => {
  const medicine = await aMedicine(ctx);
  await aBatch(ctx, { medicineId: medicine.id, lotNumber: 'SOON', inDays: 40, quantity: 20 });
  await carry(medicine.id, 7);
  for (const branchId of [hebbal, FIRST_BRANCH_ID])
    expect(await idsOf(branchId, 'expiring')).toContain(medicine.id);
  const { expiring } = await stockAlertsAt(ctx, hebbal);
  expect(expiring).toMatchObject([{ id: medicine.id, lotNumber: 'SOON', quantity: 7, isExpired: false }]);
  await dispense(ctx, { medicineId: medicine.id, storeId: counterId, quantity: 7, note: undefined });
  expect(await idsOf(hebbal, 'expiring')).not.toContain(medicine.id);
  await batchModel(ctx).updateOne(
    { medicineId: objectId(medicine.id) },
    { $set: { expiresOn: shiftDay(today(ctx.timeZone), -1) } },
  );
  expect(await idsOf(FIRST_BRANCH_ID, 'expired')).toEqual([medicine.id]);
  expect((await of(hebbal, {})).counts.expired).toBe(0);
});

it('is the whole for a hospital of one branch, and for a branch that is given out of the stores of others', async () => {
  const query = medicineListQuery.parse({ show: 'low' });
  const whole = await listMedicines(ctx, query);
  const { id: storeless } = await aBranch(org, 'Camp', 'CA');
  const now = await ctxAt(org, 'owner', FIRST_BRANCH_ID);
  expect((await listMedicinesAt(now, query, storeless)).page).toEqual(whole);
  expect((await listMedicinesAt(org.ctx(), query, FIRST_BRANCH_ID)).page).toEqual(whole);
  expectIndexed(await findActive(ctx).explain('executionStats'));
});

it('computes what a branch is short of once a minute, of each branch and each hospital by itself', async () => {
  const low = await aMedicine(ctx);
  await aBatch(ctx, { medicineId: low.id, quantity: 5 });
  const first = await recentAlertsAt(ctx, FIRST_BRANCH_ID);
  expect(first).toEqual(await stockAlertsAt(ctx, FIRST_BRANCH_ID));
  expect(first.lowStock.map(({ id }) => id)).toContain(low.id);
  await dispense(ctx, { medicineId: low.id, storeId: FIRST_STORE_ID, quantity: 5, note: undefined });
  expect((await stockAlertsAt(ctx, FIRST_BRANCH_ID)).lowStock).not.toEqual(first.lowStock);
  // Who opens the page meanwhile sees what the first one saw, and asks nothing.
  expect(await recentAlertsAt(ctx, FIRST_BRANCH_ID)).toBe(first);
  expect(await recentAlertsAt(ctx, hebbal)).toEqual(await stockAlertsAt(ctx, hebbal));
  const other = await testOrganization({ plan: 'professional' });
  await aBranch(other, 'Camp', 'CA');
  const there = await ctxAt(other, 'owner', FIRST_BRANCH_ID);
  expect((await recentAlertsAt(there, FIRST_BRANCH_ID)).lowStock).toEqual([]);
  await other.dispose();
});
