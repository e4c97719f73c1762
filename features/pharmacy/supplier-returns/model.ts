import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { CLAIM_STATES, NOTE_REASON_IDS, RETURN_FROM, SUPPLIER_RETURN_REASON_IDS } from './policy';

const id = Schema.Types.ObjectId;
const fixed = { type: String, required: true, immutable: true };

const line = new Schema(
  {
    medicineId: { type: id, required: true },
    batchId: { type: id, required: true },
    name: fixed,
    unit: fixed,
    lotNumber: fixed,
    expiresOn: fixed,
    from: { type: String, enum: RETURN_FROM, required: true },
    quantity: { type: Number, required: true, immutable: true },
    /** What the pieces had cost; absent where nobody knows. */
    costMinor: { type: Number, immutable: true },
  },
  { _id: false, strict: 'throw' },
);

/** What went back to a supplier, and the credit that is expected for it. Only the claim changes. */
const supplierReturn = new Schema(
  {
    requestKey: fixed,
    number: fixed,
    supplierId: { type: id, required: true, immutable: true },
    supplierName: fixed,
    day: fixed,
    reason: {
      type: String,
      enum: [...SUPPLIER_RETURN_REASON_IDS, ...NOTE_REASON_IDS] as const,
      required: true,
      immutable: true,
    },
    /** None of a credit without goods. */
    lines: { type: [line], required: true },
    expectedMinor: { type: Number, immutable: true },
    note: { type: String, immutable: true },
    state: { type: String, enum: CLAIM_STATES, required: true },
    isOpen: { type: Boolean, required: true },
    creditNote: String,
    creditedMinor: Number,
    /** The tax in it, of a credit without goods. */
    creditedTaxMinor: Number,
    /** What of the credit was set off against invoices. */
    usedMinor: Number,
    endReason: String,
    endedByName: String,
    endedAt: Date,
    version: { type: Number, required: true },
    byUserId: fixed,
    byName: fixed,
    at: { type: Date, required: true, immutable: true },
  },
  { timestamps: true, strict: 'throw' },
);
// a press that arrives twice
supplierReturn.index({ requestKey: 1 }, { unique: true });
// each number once
supplierReturn.index({ number: 1 }, { unique: true });
// all, newest first
supplierReturn.index({ at: -1, _id: -1 });
// what a supplier has credited
supplierReturn.index({ supplierId: 1, state: 1, _id: 1 });
// claims that wait, newest first
supplierReturn.index({ isOpen: 1, at: -1, _id: -1 });
export const supplierReturnModel = defineTenantModel('SupplierReturn', 'supplier_returns', supplierReturn);
