import { dispenseModel } from '@/features/dispensary/dispenses/model';
import * as lotRecalls from '@/features/dispensary/lot-recalls/actions';
import { lotRecallModel } from '@/features/dispensary/lot-recalls/model';
import * as returns from '@/features/dispensary/returns/actions';
import * as goodsReceipts from '@/features/pharmacy/goods-receipts/actions';
import { goodsReceiptModel } from '@/features/pharmacy/goods-receipts/model';
import { batchModel, movementModel } from '@/features/pharmacy/medicines/model';
import * as purchaseOrders from '@/features/pharmacy/purchase-orders/actions';
import { purchaseOrderModel } from '@/features/pharmacy/purchase-orders/model';
import * as supplierAccounts from '@/features/pharmacy/supplier-accounts/actions';
import * as supplierProducts from '@/features/pharmacy/supplier-products/actions';
import { supplierProductModel } from '@/features/pharmacy/supplier-products/model';
import * as supplierReturns from '@/features/pharmacy/supplier-returns/actions';
import { supplierReturnModel } from '@/features/pharmacy/supplier-returns/model';
import * as suppliers from '@/features/pharmacy/suppliers/actions';
import { supplierModel } from '@/features/pharmacy/suppliers/model';
import { newObjectId, objectId } from '@/lib/mongo';
import { shiftDay, today } from '@/lib/time';
import {
  anyBatch,
  ctx,
  type Fields,
  idOf,
  medicineId,
  patientId,
  type Step,
  supplierId,
  tomorrow,
} from './scene';

const recallId = async () => idOf(await lotRecallModel(ctx()).findOne().lean());

async function invoiceFields(): Promise<Fields> {
  const line = {
    ...{
      medicineId: await medicineId(),
      medicineName: 'Timolol',
      unitsPerPack: '1',
      packs: '2',
      freePacks: '',
    },
    ...{
      lotNumber: 'B2',
      expiresOn: shiftDay(tomorrow(), 300),
      rate: '10',
      mrp: '',
      discount: '',
      taxBp: '0',
      theirName: 'Timolet',
    },
  };
  return {
    ...{ supplierId: await supplierId(), requestKey: newObjectId().toString(), invoiceNumber: 'I-1' },
    ...{ invoiceDay: today(ctx().timeZone), total: '20', lines: JSON.stringify([line]) },
  };
}

/** A bottle that went out with the dispense of the day. */
async function givenBefore(): Promise<Fields> {
  const dispense = await dispenseModel(ctx()).findOne().orFail().lean();
  const [medicine, batch] = [objectId(await medicineId()), objectId(await anyBatch())];
  const _id = newObjectId();
  await movementModel(ctx()).create({
    ...{ _id, medicineId: medicine, batchId: batch, lotNumber: 'A1', kind: 'dispense', quantity: -2 },
    ...{ onHandAfter: 0, dispenseId: dispense._id, byUserId: 'a', byName: 'A', at: new Date() },
  });
  const line = { movementId: _id.toString(), quantity: 1, place: 'shelf', isOpened: false };
  const facts = { dispenseId: idOf(dispense), requestKey: newObjectId().toString(), reason: 'unused' };
  return { ...facts, lines: JSON.stringify([line]) };
}

async function orderFields(): Promise<Fields> {
  const line = {
    ...{ medicineId: await medicineId(), medicineName: 'Timolol', unitsPerPack: '1', packs: '5' },
    ...{ freePacks: '', rate: '10' },
  };
  return {
    supplierId: await supplierId(),
    requestKey: newObjectId().toString(),
    lines: JSON.stringify([line]),
  };
}

async function orderOf(status: 'draft' | 'approved'): Promise<Fields> {
  const row = await purchaseOrderModel(ctx()).findOne({ status }).orFail().lean();
  return { orderId: idOf(row), version: String(row.version) };
}

export const SUPPLY: Step[] = [
  ['who sells is added', suppliers.addSupplierAction, () => ({ name: 'Sri Sai', creditDays: '30' })],
  [
    'and corrected',
    suppliers.updateSupplierAction,
    async () => ({
      ...{ supplierId: await supplierId(), name: 'Sri Sai Agencies', creditDays: '30', isActive: 'on' },
      version: '0',
    }),
  ],
  ['their invoice comes', goodsReceipts.receiveGoodsAction, invoiceFields],
  [
    'what the supplier calls it is forgotten',
    supplierProducts.forgetProductAction,
    async () => ({
      supplierId: await supplierId(),
      productId: idOf(await supplierProductModel(ctx()).findOne().lean()),
    }),
  ],
  [
    'and is paid',
    goodsReceipts.paySupplierAction,
    async () => ({
      receiptId: idOf(await goodsReceiptModel(ctx()).findOne().lean()),
      ...{ requestKey: newObjectId().toString(), amount: '10', method: 'cash' },
    }),
  ],
  [
    'a lot is recalled',
    lotRecalls.openRecallAction,
    async () => ({
      ...{ medicineId: await medicineId(), batchId: await anyBatch(), source: 'maker', reason: 'Cloudy' },
    }),
  ],
  [
    'somebody is told',
    lotRecalls.noteContactAction,
    async () => ({ recallId: await recallId(), patientId: await patientId(), outcome: 'told' }),
  ],
  ['and it is over', lotRecalls.closeRecallAction, async () => ({ recallId: await recallId() })],
  ['a patient brings something back', returns.takeBackAction, givenBefore],
  ['something is ordered', purchaseOrders.addOrderAction, orderFields],
  [
    'the order is changed',
    purchaseOrders.updateOrderAction,
    async () => ({ ...(await orderFields()), ...(await orderOf('draft')) }),
  ],
  ['and approved', purchaseOrders.approveOrderAction, () => orderOf('draft')],
  [
    'part of it came, and the rest is not waited for',
    purchaseOrders.closeOrderAction,
    async () => {
      await purchaseOrderModel(ctx()).updateOne(
        { status: 'approved' },
        { $set: { 'lines.0.receivedPacks': 1 } },
      );
      return { ...(await orderOf('approved')), reason: 'The maker has none' };
    },
  ],
  [
    'another is cancelled',
    purchaseOrders.cancelOrderAction,
    async () => {
      await purchaseOrderModel(ctx()).updateOne(
        { status: 'closed' },
        { $set: { status: 'approved', 'lines.0.receivedPacks': 0 } },
      );
      return { ...(await orderOf('approved')), reason: 'Too dear' };
    },
  ],
  [
    'something goes back to who sold it',
    supplierReturns.addSupplierReturnAction,
    async () => ({
      ...{ supplierId: await supplierId(), requestKey: newObjectId().toString(), reason: 'damaged' },
      lines: JSON.stringify([
        {
          batchId: idOf(await batchModel(ctx()).findOne({ lotNumber: 'B2' }).orFail().lean()),
          ...{ from: 'shelf', quantity: 1 },
        },
      ]),
    }),
  ],
  [
    'and is credited',
    supplierReturns.closeSupplierReturnAction,
    async () => ({
      returnId: idOf(await supplierReturnModel(ctx()).findOne().orFail().lean()),
      ...{ version: '0', outcome: 'credited', creditNote: 'CN 1', amount: '5' },
    }),
  ],
  [
    'a credit is set off against an invoice',
    supplierAccounts.setOffCreditAction,
    async () => ({
      returnId: idOf(await supplierReturnModel(ctx()).findOne().orFail().lean()),
      receiptId: idOf(await goodsReceiptModel(ctx()).findOne({ isDue: true }).orFail().lean()),
      ...{ version: '1', amount: '1' },
    }),
  ],
  [
    'an order is mailed',
    purchaseOrders.mailOrderAction,
    async () => {
      await supplierModel(ctx()).updateMany({}, { $set: { email: 'orders@example.com' } });
      await purchaseOrderModel(ctx()).updateMany({}, { $set: { status: 'approved' } });
      return orderOf('approved');
    },
  ],
];
