import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { SETTLED_BY_IDS } from './policy';

const id = Schema.Types.ObjectId;
const amount = { type: Number, required: true, immutable: true };
const fixed = { type: String, required: true, immutable: true };

const line = new Schema(
  {
    medicineId: { type: id, required: true },
    batchId: { type: id, required: true },
    name: fixed,
    unit: fixed,
    unitsPerPack: amount,
    packs: amount,
    freePacks: amount,
    pieces: amount,
    lotNumber: fixed,
    expiresOn: fixed,
    /** Of a pack; the most that it may be sold for is printed on it. */
    rateMinor: amount,
    mrpMinor: { type: Number, immutable: true },
    discountBp: amount,
    /** The scheme's, after the trade discount; absent where it was an amount, or none. */
    schemeBp: { type: Number, immutable: true },
    taxBp: amount,
    grossMinor: amount,
    discountMinor: amount,
    /** Absent in invoices of before. */
    schemeMinor: { type: Number, immutable: true },
    taxableMinor: amount,
    taxMinor: amount,
    netMinor: amount,
    costMinor: amount,
    /** What a pack cost the time before, from whomever. */
    lastRateMinor: { type: Number, immutable: true },
    /** What it was ordered at. */
    orderRateMinor: { type: Number, immutable: true },
    /** Came with the goods of an order, and was not on it. */
    isUnordered: { type: Boolean, immutable: true },
  },
  { _id: false, strict: 'throw' },
);

/** A supplier's invoice and what came with it. Written once; only what is paid of it changes. */
const receipt = new Schema(
  {
    requestKey: fixed,
    supplierId: { type: id, required: true, immutable: true },
    supplierName: fixed,
    /** The order that the goods came against. */
    orderId: { type: id, immutable: true },
    /** Where it was taken in; absent for the first store. */
    storeId: { type: id, immutable: true },
    invoiceNumber: fixed,
    /** As it is compared, with the year in which the supplier counts. */
    invoiceKey: fixed,
    invoiceDay: fixed,
    day: fixed,
    dueOn: fixed,
    /** None of a debit note: the supplier charges more, and nothing comes. */
    lines: { type: [line], required: true },
    isDebitNote: { type: Boolean, immutable: true },
    chargesMinor: amount,
    roundOffMinor: amount,
    taxableMinor: amount,
    taxMinor: amount,
    totalMinor: amount,
    isTaxClaimed: { type: Boolean, required: true, immutable: true },
    currency: fixed,
    note: { type: String, immutable: true },
    paidMinor: { type: Number, required: true },
    dueMinor: { type: Number, required: true },
    isDue: { type: Boolean, required: true },
    byUserId: fixed,
    byName: fixed,
    at: { type: Date, required: true, immutable: true },
  },
  { timestamps: true, strict: 'throw' },
);
// a press that arrives twice
receipt.index({ requestKey: 1 }, { unique: true });
// each invoice of a supplier once
receipt.index({ supplierId: 1, invoiceKey: 1 }, { unique: true });
// all, newest first
receipt.index({ at: -1, _id: -1 });
// what is to be paid, the oldest first
receipt.index({ isDue: 1, dueOn: 1, _id: 1 });
// what a medicine cost the last time
receipt.index({ 'lines.medicineId': 1, at: -1 });
// what a supplier has sent an invoice for, by its day
receipt.index({ supplierId: 1, invoiceDay: 1, _id: 1 });
// what came against an order
receipt.index({ orderId: 1, at: -1 }, { sparse: true });
// where a lot came from
receipt.index({ 'lines.batchId': 1 });
export const goodsReceiptModel = defineTenantModel('GoodsReceipt', 'goods_receipts', receipt);

/** Money that went to a supplier for an invoice. Written once, never changed. */
const payment = new Schema(
  {
    requestKey: fixed,
    receiptId: { type: id, required: true, immutable: true },
    supplierId: { type: id, required: true, immutable: true },
    day: fixed,
    method: { type: String, enum: SETTLED_BY_IDS, required: true, immutable: true },
    /** The return whose credit it is. */
    creditId: { type: id, immutable: true },
    reference: { type: String, immutable: true },
    amountMinor: amount,
    byUserId: fixed,
    byName: fixed,
    at: { type: Date, required: true, immutable: true },
  },
  { strict: 'throw' },
);
// a press that arrives twice
payment.index({ requestKey: 1 }, { unique: true });
// what a supplier was paid, by day
payment.index({ supplierId: 1, day: 1, _id: 1 });
// what was paid of an invoice
payment.index({ receiptId: 1, at: 1 });
export const supplierPaymentModel = defineTenantModel('SupplierPayment', 'supplier_payments', payment);
