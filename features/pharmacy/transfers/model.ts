import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { TRANSFER_STATES } from './policy';

const id = Schema.Types.ObjectId;
const fixed = { type: String, required: true, immutable: true };
const count = { type: Number, required: true, min: 0 };

const line = new Schema(
  {
    medicineId: { type: id, required: true },
    batchId: { type: id, required: true },
    name: fixed,
    unit: fixed,
    lotNumber: fixed,
    expiresOn: fixed,
    sent: { type: Number, required: true, immutable: true, min: 1 },
    received: count,
    lost: count,
    /** Back to the store that sent it. */
    back: count,
  },
  { _id: false, strict: 'throw' },
);

/** What arrived, got lost or went back at one time. */
const arrival = new Schema(
  {
    at: { type: Date, required: true },
    byName: { type: String, required: true },
    text: { type: String, required: true },
    reason: String,
  },
  { _id: false, strict: 'throw' },
);

/** What goes from one store to another. It has left the one and is in neither until somebody receives it. */
const transfer = new Schema(
  {
    number: fixed,
    fromId: { type: id, required: true, immutable: true },
    fromName: fixed,
    toId: { type: id, required: true, immutable: true },
    toName: fixed,
    note: { type: String, immutable: true },
    lines: { type: [line], required: true },
    arrivals: { type: [arrival], required: true },
    state: { type: String, enum: TRANSFER_STATES, required: true },
    isOpen: { type: Boolean, required: true },
    version: { type: Number, required: true },
    byUserId: fixed,
    byName: fixed,
    at: { type: Date, required: true, immutable: true },
  },
  { timestamps: true, strict: 'throw' },
);
// each number once
transfer.index({ number: 1 }, { unique: true });
// all, newest first
transfer.index({ at: -1, _id: -1 });
// what is on its way, newest first
transfer.index({ isOpen: 1, at: -1, _id: -1 });
export const transferModel = defineTenantModel('StockTransfer', 'stock_transfers', transfer);
