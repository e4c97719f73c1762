import { afterAll, beforeAll, expect, it } from 'vitest';
import { batchModel, medicineModel } from '@/features/pharmacy/medicines/model';
import { objectId } from '@/lib/mongo';
import { aMedicine } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { heedTransit } from './heed-transit';

let org: Awaited<ReturnType<typeof testOrganization>>;
beforeAll(async () => {
  org = await testOrganization();
});
afterAll(async () => {
  await org.dispose();
  await closeConnections();
});

it('calls nothing low for what is on its way between stores, and the rest as before', async () => {
  const ctx = org.ctx();
  const [moving, short] = [await aMedicine(ctx), await aMedicine(ctx)];
  const lot = (medicineId: string, transit: number) => ({
    ...{ medicineId: objectId(medicineId), lotNumber: 'A', expiresOn: '2030-01-01', quantity: 0 },
    ...{ hasStock: false, transit },
  });
  await batchModel(ctx).collection.insertMany([lot(moving.id, 6), lot(short.id, 5)]);

  const changed: number[] = [];
  const progress = { from: null, done: async (_at: unknown, count: number) => void changed.push(count) };
  await heedTransit(org.db, progress);
  await heedTransit(org.db, progress);
  expect(changed).toEqual([1, 0]);
  const isLow = async (id: string) => (await medicineModel(ctx).findById(id).orFail().lean()).isLow;
  expect([await isLow(moving.id), await isLow(short.id)]).toEqual([false, true]);
});
