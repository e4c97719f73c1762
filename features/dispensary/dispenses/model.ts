import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';

const id = Schema.Types.ObjectId;

/**
 * What was handed out at one time, against a prescription or sold at the counter. What was given is written
 * once, never changed.
 */
const dispenseSchema = new Schema(
  {
    /** Of the press: one that arrives twice happens once. */
    requestKey: { type: String, required: true, immutable: true },
    /** Absent of what was sold at the counter without one. */
    prescriptionId: { type: id, immutable: true },
    /** Absent of what was sold to somebody who has no record. */
    patientId: { type: id, immutable: true },
    /** Sale as JSON: who bought, and the paper that was shown. */
    sale: { type: String, immutable: true },
    /** Of a sale: the bill that was written with it. */
    billId: { type: id, immutable: true },
    /** Where it was given out; absent at the first branch. */
    branchId: { type: id, immutable: true },
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
// the same at a branch
dispenseSchema.index({ branchId: 1, at: -1, _id: -1 });
// what a prescription has led to
dispenseSchema.index({ prescriptionId: 1, at: -1 });
// what some patients were given, newest first
dispenseSchema.index({ patientId: 1, at: -1, _id: -1 });

export const dispenseModel = defineTenantModel('Dispense', 'dispenses', dispenseSchema, {
  sensitive: ['content', 'counselling', 'sale'],
});
