import { expect, it } from 'vitest';
import { supplierModel, supplierNumberModel } from '@/features/pharmacy/suppliers/model';
import { newObjectId } from '@/lib/mongo';
import { migratedOrganization } from '@/tests/assertions/migration';
import { keepNumbers } from './keep-numbers';

const org = migratedOrganization();

it('gives a shared tax number to the first that had it, and leaves all suppliers as they are', async () => {
  const ctx = org.ctx();
  const row = (name: string, taxNumber?: string) => ({
    ...{ _id: newObjectId(), name, identity: name, creditDays: 30, isActive: true, version: 0 },
    ...(taxNumber ? { taxNumber } : {}),
  });
  const rows = [row('a', '29AAGCB7383J1Z4'), row('b', '29AAGCB7383J1Z4'), row('c', 'X-1'), row('d')];
  await supplierModel(ctx).collection.insertMany(rows);
  expect(await org.runTwice(keepNumbers)).toEqual([2, 0]);
  expect(await supplierNumberModel(ctx).find().sort({ _id: 1 }).lean()).toMatchObject([
    { _id: '29AAGCB7383J1Z4', supplierId: rows[0]?._id },
    { _id: 'X-1', supplierId: rows[2]?._id },
  ]);
  expect(await supplierModel(ctx).collection.find().sort({ _id: 1 }).toArray()).toEqual(rows);
});
