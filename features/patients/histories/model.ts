import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

/** The history of a patient, under the patient's id: what it says, and who asked last. */
const historySchema = new Schema(
  {
    _id: { type: Schema.Types.ObjectId, required: true },
    /** HistoryParts as JSON. */
    history: { type: String, required: true },
    version: { type: Number, required: true },
    changedAt: { type: Date, required: true },
    changedByName: { type: String, required: true },
    askedAt: { type: Date, required: true },
    askedByName: { type: String, required: true },
  },
  { strict: 'throw' },
);

export const historyModel = defineTenantModel('History', 'histories', historySchema, {
  sensitive: ['history'],
});
