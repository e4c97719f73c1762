import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

const medicine = new Schema(
  {
    name: { type: String, required: true },
    genericName: String,
    form: { type: String, enum: ['drop', 'ointment', 'gel', 'tablet', 'capsule', 'injection', 'other'], required: true },
    strength: String,
    unit: { type: String, required: true },
    reorderLevel: { type: Number, required: true },
    priceCents: Number,
    isActive: { type: Boolean, required: true },
    nameKeys: { type: [String], required: true },
    sortName: { type: String, required: true },
    /** Sum over the batches, kept in the transaction of each movement; a dispense locks this row. */
    onHand: { type: Number, required: true },
    /** Earliest expiry of a batch with stock; '9999-12-31' without. */
    nextExpiry: { type: String, required: true },
    /** onHand <= reorderLevel, so that the list of what to order has an index. */
    isLow: { type: Boolean, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// one entry per name, form and strength
medicine.index({ sortName: 1, form: 1 }, { unique: true });
// the list by name; search by the beginning of a word
medicine.index({ isActive: 1, sortName: 1, _id: 1 });
medicine.index({ nameKeys: 1, sortName: 1, _id: 1 });
// the list by stock, and what is out
medicine.index({ isActive: 1, onHand: 1, _id: 1 });
// the list by expiry, and what expires
medicine.index({ isActive: 1, nextExpiry: 1, _id: 1 });
// what to order
medicine.index({ isActive: 1, isLow: 1, sortName: 1, _id: 1 });
export const medicineModel = defineTenantModel('Medicine', 'medicines', medicine);

const batch = new Schema(
  {
    medicineId: { type: Schema.Types.ObjectId, required: true },
    lotNumber: { type: String, required: true },
    expiresOn: { type: String, required: true },
    quantity: { type: Number, required: true, min: 0 },
  },
  { timestamps: true, strict: 'throw' },
);
// a medicine's batches, first expiring first; the same lot received twice is one batch
batch.index({ medicineId: 1, expiresOn: 1, lotNumber: 1 }, { unique: true });
export const batchModel = defineTenantModel('MedicineBatch', 'medicine_batches', batch);

/** The ledger: what came and went. Never changed. */
const movement = new Schema(
  {
    medicineId: { type: Schema.Types.ObjectId, required: true },
    batchId: { type: Schema.Types.ObjectId, required: true },
    lotNumber: { type: String, required: true },
    kind: { type: String, enum: ['receipt', 'dispense', 'adjustment', 'disposal'], required: true },
    /** Signed. */
    quantity: { type: Number, required: true },
    onHandAfter: { type: Number, required: true },
    reason: String,
    byName: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { strict: 'throw' },
);
// a medicine's ledger, newest first
movement.index({ medicineId: 1, at: -1, _id: -1 });
export const movementModel = defineTenantModel('StockMovement', 'stock_movements', movement);
