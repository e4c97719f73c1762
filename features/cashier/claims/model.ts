import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { PAYER_KIND_IDS } from '../payers/policy';
import { CLAIM_MODE_IDS, CLAIM_STAGE_IDS, CLAIM_STATE_IDS, CLAIM_TURN_IDS } from './policy';

const id = Schema.Types.ObjectId;
const fixed = { type: String, required: true, immutable: true };
const sum = { type: Number, required: true, default: 0 };

/**
 * What a payer owes for one bill, from the question whether it will pay to the last rupee. Received,
 * withheld, written off, given back to the patient and open are the whole at all times.
 */
const claim = new Schema(
  {
    number: fixed,
    payerId: { type: id, required: true, immutable: true },
    payerName: fixed,
    payerKind: { type: String, enum: PAYER_KIND_IDS, required: true },
    coverageId: { type: id, immutable: true },
    patientId: { type: id, required: true },
    patient: {
      type: new Schema({ name: fixed, number: fixed }, { _id: false, strict: 'throw' }),
      required: true,
    },
    mode: { type: String, enum: CLAIM_MODE_IDS, required: true, immutable: true },
    stage: { type: String, enum: CLAIM_STAGE_IDS, required: true },
    status: { type: String, enum: CLAIM_STATE_IDS, required: true },
    turn: { type: String, enum: CLAIM_TURN_IDS, required: true },
    /** When it was asked, or billed: its age counts from there. */
    day: { type: String, required: true },
    at: { type: Date, required: true },
    /** The payer should have paid by then. */
    dueDay: String,
    billId: id,
    billNumber: String,
    /** The payer's number of the approval, and of the claim. */
    authorizationNumber: String,
    claimNumber: String,
    askedMinor: Number,
    approvedMinor: Number,
    /** An approval counts until this day. */
    validUntil: String,
    claimedMinor: sum,
    receivedMinor: sum,
    tdsMinor: sum,
    writtenOffMinor: sum,
    returnedMinor: sum,
    openMinor: sum,
    isOpen: { type: Boolean, required: true, default: false },
    currency: fixed,
    policyNumber: String,
    memberId: String,
    procedure: String,
    /** What happened, in order, as text: it holds what payers asked about a patient. */
    history: { type: String, required: true },
    version: { type: Number, required: true, default: 0 },
    byName: fixed,
  },
  { timestamps: true, strict: 'throw' },
);
// each number once
claim.index({ number: 1 }, { unique: true });
// the worklists, the oldest first
claim.index({ turn: 1, at: 1, _id: 1 });
// the same of one payer
claim.index({ turn: 1, payerId: 1, at: 1, _id: 1 });
// what a payer owes, the oldest first, and its age
claim.index({ isOpen: 1, payerId: 1, at: 1, _id: 1 });
// a patient's, the newest first
claim.index({ patientId: 1, at: -1, _id: -1 });
// those of a bill
claim.index({ billId: 1, at: 1 });
export const claimModel = defineTenantModel('Claim', 'claims', claim, {
  sensitive: ['policyNumber', 'memberId', 'procedure', 'history'],
});
