import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { RELATION_IDS } from './policy';

const id = Schema.Types.ObjectId;

/** A patient's policy, card of a scheme or employer: who pays for them, and how much. */
const coverage = new Schema(
  {
    patientId: { type: id, required: true, immutable: true },
    payerId: { type: id, required: true },
    payerName: { type: String, required: true },
    policyNumber: String,
    memberId: String,
    plan: String,
    holderName: String,
    relation: { type: String, enum: RELATION_IDS, required: true },
    validFrom: String,
    validTo: String,
    /** The most that it pays of one bill. */
    limitMinor: Number,
    /** What the patient bears of what is covered. */
    coPayBp: Number,
    isActive: { type: Boolean, required: true },
    savedByName: { type: String, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// a patient's policies, the newest first
coverage.index({ patientId: 1, isActive: 1, _id: -1 });
export const coverageModel = defineTenantModel('Coverage', 'coverages', coverage, {
  sensitive: ['policyNumber', 'memberId', 'plan', 'holderName'],
});
