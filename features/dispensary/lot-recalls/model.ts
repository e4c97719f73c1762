import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { CONTACT_IDS, RECALL_SOURCE_IDS } from './policy';

const id = Schema.Types.ObjectId;
const fixed = { type: String, required: true, immutable: true };

/** A lot that is not to be used, wherever it is. */
const recall = new Schema(
  {
    medicineId: { type: id, required: true, immutable: true },
    batchId: { type: id, required: true, immutable: true },
    medicineName: fixed,
    unit: fixed,
    lotNumber: fixed,
    source: { type: String, enum: RECALL_SOURCE_IDS, required: true, immutable: true },
    reason: fixed,
    isOpen: { type: Boolean, required: true },
    byName: fixed,
    at: { type: Date, required: true, immutable: true },
    closedByName: String,
    closedAt: Date,
  },
  { timestamps: true, strict: 'throw' },
);
// one open recall of a lot
recall.index({ batchId: 1 }, { unique: true, partialFilterExpression: { isOpen: true } });
// open ones first, the newest first
recall.index({ isOpen: -1, at: -1, _id: -1 });
export const lotRecallModel = defineTenantModel('LotRecall', 'lot_recalls', recall);

/** What became of somebody who got the lot, as it was the last time. */
const contact = new Schema(
  {
    recallId: { type: id, required: true, immutable: true },
    patientId: { type: id, required: true, immutable: true },
    outcome: { type: String, enum: CONTACT_IDS, required: true },
    attempts: { type: Number, required: true },
    byName: { type: String, required: true },
    at: { type: Date, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// everybody once
contact.index({ recallId: 1, patientId: 1 }, { unique: true });
export const recallContactModel = defineTenantModel('RecallContact', 'recall_contacts', contact);
