import { expect, it } from 'vitest';
import { batchModel, medicineModel } from '@/features/pharmacy/medicines/model';
import { objectId } from '@/lib/mongo';
import { migratedOrganization } from '@/tests/assertions/migration';
import { aMedicine } from '@/tests/builders/medicine';
import { heedTransit } from './heed-transit';

const org = migratedOrganization();

it('calls nothing low for what is on its way between stores, and the rest as before', async () => {
  const ctx = org.ctx();
  const [moving, short] = [await aMedicine(ctx), await aMedicine(ctx)];
  const lot = (medicineId: string, transit: number) => ({
    ...{ medicineId: objectId(medicineId), lotNumber: 'A', expiresOn: '2030-01-01', quantity: 0 },
    ...{ hasStock: false, transit },
  });
  await batchModel(ctx).collection.insertMany([lot(moving.id, 6), lot(short.id, 5)]);

  expect(await org.runTwice(heedTransit)).toEqual([1, 0]);
  const isLow = async (id: string) => (await medicineModel(ctx).findById(id).orFail().lean()).isLow;
  expect([await isLow(moving.id), await isLow(short.id)]).toEqual([false, true]);
});
