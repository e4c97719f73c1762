import 'server-only';
import { Schema } from 'mongoose';
import { FORM_IDS } from '@/features/pharmacy/medicines/policy';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { STOCKTAKE_STATES } from './policy';

const id = Schema.Types.ObjectId;
const fixed = { type: String, required: true, immutable: true };

/** A count of what stands in a store, while it goes on working. */
const stocktake = new Schema(
  {
    number: fixed,
    storeId: { type: id, required: true, immutable: true },
    storeName: fixed,
    /** Only what has this form; absent for everything. */
    form: { type: String, enum: FORM_IDS, immutable: true },
    state: { type: String, enum: STOCKTAKE_STATES, required: true },
    isOpen: { type: Boolean, required: true },
    version: { type: Number, required: true },
    submittedById: String,
    submittedByName: String,
    decidedByName: String,
    decidedAt: Date,
    note: String,
    byUserId: fixed,
    byName: fixed,
    at: { type: Date, required: true, immutable: true },
  },
  { timestamps: true, strict: 'throw' },
);
// each number once
stocktake.index({ number: 1 }, { unique: true });
// all, newest first
stocktake.index({ at: -1, _id: -1 });
// whether a store is being counted
stocktake.index({ storeId: 1, isOpen: 1 });
export const stocktakeModel = defineTenantModel('Stocktake', 'stocktakes', stocktake);

/** What somebody has counted of a lot. */
const count = new Schema(
  {
    stocktakeId: { type: id, required: true, immutable: true },
    medicineId: { type: id, required: true, immutable: true },
    batchId: { type: id, required: true, immutable: true },
    counted: { type: Number, required: true, min: 0 },
    /** What the ledger had at that moment. */
    expected: { type: Number, required: true },
    /** When it was counted, which may be before it was entered. */
    at: { type: Date, required: true },
    byUserId: { type: String, required: true },
    byName: { type: String, required: true },
    version: { type: Number, required: true },
    /** What the difference was worth when it was approved; absent before, and where nobody knows. */
    worthMinor: Number,
  },
  { timestamps: true, strict: 'throw' },
);
// each lot once; the counts of a stocktake
count.index({ stocktakeId: 1, batchId: 1 }, { unique: true });
export const stocktakeCountModel = defineTenantModel('StocktakeCount', 'stocktake_counts', count);
