import { afterAll, beforeAll, expect, it } from 'vitest';
import { lotCode, readLotCode } from '@/features/pharmacy/medicines/lot-code';
import { batchModel } from '@/features/pharmacy/medicines/model';
import { searchMedicines } from '@/features/pharmacy/medicines/queries';
import { newObjectId, objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { readPdf } from '@/tests/assertions/pdf-text';
import { aBatch } from '@/tests/builders/medicine';
import { closeConnections, testOrganization } from '@/tests/builders/organization';
import { printLotLabels } from './print-lot';
import { lotLabelQuery } from './schema';

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

it('prints as many labels as are asked for, and a scan of one finds the medicine and the lot', async () => {
  const medicine = await aBatch(ctx, { lotNumber: 'OWN77' });
  const { _id } = await batchModel(ctx)
    .findOne({ medicineId: objectId(medicine.id) })
    .orFail()
    .lean();
  await batchModel(ctx).updateOne({ _id }, { $set: { mrpMinor: 9_050 } });
  const { content } = await printLotLabels(ctx, _id.toString(), lotLabelQuery.parse({ count: '3' }));
  const text = readPdf(content).text.join('\n');
  expect(text.split('OWN77')).toHaveLength(4);
  for (const words of [medicine.name, 'MRP', '90.50']) expect(text).toContain(words);

  const code = lotCode(_id.toString());
  expect(await searchMedicines(ctx, ` ${code.toUpperCase()} `)).toMatchObject([
    { id: medicine.id, lot: { lotNumber: 'OWN77' } },
  ]);
  expect(await searchMedicines(ctx, lotCode(newObjectId().toString()))).toEqual([]);
  await expect(printLotLabels(ctx, newObjectId().toString(), lotLabelQuery.parse({}))).rejects.toMatchObject({
    code: 'NOT_FOUND',
  });
});

it('takes no other code for an own label', () => {
  for (const text of ['', 'cvlot.', 'cvlot.12', '08901234567890', `cvg.${'a'.repeat(24)}`, 'timolol'])
    expect(readLotCode(text), text).toBeNull();
  expect(lotLabelQuery.parse({ count: '1000', paper: 'x', from: '99' })).toEqual({
    ...{ count: 1, paper: 'label', from: 1 },
  });
});
