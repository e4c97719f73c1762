import { expect, it } from 'vitest';
import { billModel } from '@/features/cashier/bills/model';
import { onlineRefundModel } from '@/features/cashier/online-refunds/model';
import { paymentLinkModel } from '@/features/cashier/payment-links/model';
import { receiptModel } from '@/features/cashier/payments/model';
import { newObjectId } from '@/lib/mongo';
import { migratedOrganization } from '@/tests/assertions/migration';
import { placeLinks } from './place-links';

const org = migratedOrganization();

it('brings links and refunds to the branch of their papers, and those of the first say nothing', async () => {
  const ctx = org.ctx();
  const branchId = newObjectId();
  const [here, there] = [newObjectId(), newObjectId()];
  for (const model of [billModel(ctx), receiptModel(ctx)])
    await model.collection.insertMany([
      { _id: here, number: 'B/1', requestKey: 'a' },
      { _id: there, number: 'HB/1', requestKey: 'b', branchId },
    ]);
  const papers = [here, there];
  await paymentLinkModel(ctx).collection.insertMany(
    papers.map((billId, index) => ({ billId, providerId: `link-${index}` })),
  );
  await onlineRefundModel(ctx).collection.insertMany(papers.map((receiptId) => ({ receiptId })));

  expect(await org.runTwice(placeLinks)).toEqual([1, 1, 0, 0]);
  for (const model of [paymentLinkModel(ctx), onlineRefundModel(ctx)]) {
    const rows = await model.collection.find({}).sort({ _id: 1 }).toArray();
    expect(rows.map((row) => row.branchId?.toString() ?? null)).toEqual([null, branchId.toString()]);
  }
});
