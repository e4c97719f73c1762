import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { ORDER_STATUSES } from './policy';

const id = Schema.Types.ObjectId;
const fixed = { type: String, required: true, immutable: true };
const count = { type: Number, required: true };

const line = new Schema(
  {
    medicineId: { type: id, required: true },
    name: { type: String, required: true },
    unit: { type: String, required: true },
    unitsPerPack: count,
    packs: count,
    freePacks: count,
    /** Of a pack, as it was agreed; absent where nobody knows it yet. */
    rateMinor: Number,
    receivedPacks: count,
    receivedFree: count,
  },
  { _id: false, strict: 'throw' },
);

/** An order to a supplier. Its lines change while it is a draft; afterwards only what has come of them. */
const order = new Schema(
  {
    requestKey: fixed,
    number: fixed,
    supplierId: { type: id, required: true },
    supplierName: { type: String, required: true },
    status: { type: String, enum: ORDER_STATUSES, required: true },
    lines: { type: [line], required: true },
    note: String,
    version: { type: Number, required: true },
    byUserId: fixed,
    byName: fixed,
    at: { type: Date, required: true, immutable: true },
    approvedByName: String,
    approvedAt: Date,
    mailedAt: Date,
    mailedTo: String,
    mailedByName: String,
    /** Why nobody waits for it, or for the rest of it. */
    endReason: String,
    endedByName: String,
    endedAt: Date,
  },
  { timestamps: true, strict: 'throw' },
);
// a press that arrives twice
order.index({ requestKey: 1 }, { unique: true });
// each number once
order.index({ number: 1 }, { unique: true });
// those of a status, newest first
order.index({ status: 1, at: -1, _id: -1 });
// all, newest first
order.index({ at: -1, _id: -1 });
export const purchaseOrderModel = defineTenantModel('PurchaseOrder', 'purchase_orders', order);
