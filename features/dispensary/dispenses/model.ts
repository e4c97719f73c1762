import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

const id = Schema.Types.ObjectId;

/** What was handed out against a prescription at one time. What was given is written once, never changed. */
const dispenseSchema = new Schema(
  {
    /** Of the press: one that arrives twice happens once. */
    requestKey: { type: String, required: true, immutable: true },
    prescriptionId: { type: id, required: true, immutable: true },
    patientId: { type: id, required: true, immutable: true },
    day: { type: String, required: true, immutable: true },
    /** DispensedLine[] as JSON. */
    content: { type: String, required: true, immutable: true },
    /** Counselling as JSON: what the patient was told, the one thing that is written later. */
    counselling: String,
    byUserId: { type: String, required: true, immutable: true },
    byName: { type: String, required: true, immutable: true },
    at: { type: Date, required: true, immutable: true },
  },
  { strict: 'throw' },
);
// a press that arrives twice
dispenseSchema.index({ requestKey: 1 }, { unique: true });
// what was handed out, newest first
dispenseSchema.index({ at: -1, _id: -1 });
// what a prescription has led to
dispenseSchema.index({ prescriptionId: 1, at: -1 });

export const dispenseModel = defineTenantModel('Dispense', 'dispenses', dispenseSchema, {
  sensitive: ['content', 'counselling'],
});
