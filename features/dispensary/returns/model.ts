import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { RETURN_REASON_IDS } from './policy';

const id = Schema.Types.ObjectId;

/** What came back of a dispense at one time. Written once, never changed. */
const returnSchema = new Schema(
  {
    /** Of the press: one that arrives twice happens once. */
    requestKey: { type: String, required: true, immutable: true },
    dispenseId: { type: id, required: true, immutable: true },
    /** Absent of what was sold to somebody who has no record. */
    patientId: { type: id, immutable: true },
    day: { type: String, required: true, immutable: true },
    reason: { type: String, enum: RETURN_REASON_IDS, required: true, immutable: true },
    /** ReturnedLine[] and a note, as JSON. */
    content: { type: String, required: true, immutable: true },
    byUserId: { type: String, required: true, immutable: true },
    byName: { type: String, required: true, immutable: true },
    at: { type: Date, required: true, immutable: true },
  },
  { strict: 'throw' },
);
// a press that arrives twice
returnSchema.index({ requestKey: 1 }, { unique: true });
// what of a dispense has come back
returnSchema.index({ dispenseId: 1, at: -1 });

export const returnModel = defineTenantModel('MedicineReturn', 'medicine_returns', returnSchema, {
  sensitive: ['content'],
});
