import 'server-only';
import { Schema } from 'mongoose';
import { keysOf } from '@/lib/query-words';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { KINDS } from './policy';

const id = Schema.Types.ObjectId;

/** A letter or certificate as it was signed. A change is a new row of the same number that voids this one. */
const letterSchema = new Schema(
  {
    /** Of the press that made it. */
    requestKey: { type: String, required: true, immutable: true },
    /** "L-000012": the same in each version. */
    number: { type: String, required: true, immutable: true },
    /** From 1. */
    version: { type: Number, required: true, immutable: true },
    visitId: { type: id, required: true, immutable: true },
    patientId: { type: id, required: true, immutable: true },
    patientName: { type: String, required: true },
    patientNumber: { type: String, required: true },
    /** "42 years, male", as at the visit. */
    patientAge: { type: String, required: true },
    kind: { type: String, enum: keysOf(KINDS), required: true, immutable: true },
    /** Of the visit, and of the signature. */
    day: { type: String, required: true, immutable: true },
    signedDay: { type: String, required: true, immutable: true },
    /** Letter as JSON. */
    content: { type: String, required: true, immutable: true },
    /** What was posted, so that the same press with other values is told from itself. */
    posted: { type: String, required: true, immutable: true },
    signedAt: { type: Date, required: true, immutable: true },
    signedByName: { type: String, required: true, immutable: true },
    registrationNumber: { type: String, required: true, immutable: true },
    isVoid: { type: Boolean, required: true },
    voidedAt: Date,
    voidedByName: String,
    voidReason: String,
  },
  { timestamps: true, strict: 'throw' },
);
// a press that arrives twice
letterSchema.index({ requestKey: 1 }, { unique: true });
// one row for each version of a letter; its versions
letterSchema.index({ number: 1, version: 1 }, { unique: true });
// a patient's letters, newest first
letterSchema.index({ patientId: 1, _id: -1 });
// what a visit has
letterSchema.index({ visitId: 1, _id: -1 });

export const letterModel = defineTenantModel('Letter', 'letters', letterSchema, {
  sensitive: ['content', 'posted', 'voidReason'],
});
