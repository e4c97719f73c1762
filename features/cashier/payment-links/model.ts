import 'server-only';
import { Schema } from 'mongoose';
import { defineMasterModel } from '@/lib/master/define-master-model';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { patientCopy } from '../bills/model';
import { END_REASON_IDS, LINK_STATES } from './policy';

const id = Schema.Types.ObjectId;
const fixed = { type: String, required: true, immutable: true };

/** A link by which a patient pays what is due of a bill, from its making to its end. */
const paymentLink = new Schema(
  {
    billId: { type: id, required: true, immutable: true },
    billNumber: fixed,
    /** Of its bill; absent for the first. */
    branchId: { type: id, immutable: true },
    patientId: { type: id, required: true },
    patient: patientCopy,
    amountMinor: { type: Number, required: true, immutable: true },
    currency: fixed,
    state: { type: String, enum: LINK_STATES, required: true },
    /** Something may still come of it; absent at its end. */
    isOpen: Boolean,
    expiresAt: { type: Date, required: true, immutable: true },
    /** What the provider knows it by, and its page. */
    providerId: String,
    url: String,
    /** Of the account at that time. */
    accountId: String,
    madeByName: fixed,
    endReason: { type: String, enum: END_REASON_IDS },
    endedByName: String,
    endedAt: Date,
    paidMinor: Number,
    paymentId: String,
    paidAt: Date,
    /** What was too much, as an advance. */
    overMinor: Number,
    /** What a person has to look at. */
    problem: String,
  },
  { timestamps: true, strict: 'throw' },
);
// the links of a bill, newest first
paymentLink.index({ billId: 1, _id: -1 });
// what may still come in, and what is unclear, the oldest first
paymentLink.index({ isOpen: 1, _id: 1 }, { sparse: true });
// an event of the provider
paymentLink.index({ providerId: 1 }, { unique: true, sparse: true });
export const paymentLinkModel = defineTenantModel('PaymentLink', 'payment_links', paymentLink);

/**
 * The ledger of what providers have told us, by organization: the id is theirs, so that a second delivery
 * finds the first. Nothing of a patient or of an amount is kept here.
 */
const event = new Schema(
  {
    /** `<organization>:<event>` */
    _id: { type: String, required: true },
    organizationId: { type: id, required: true },
    type: { type: String, required: true },
    kind: { type: String, enum: ['link', 'refund', 'other'], required: true },
    /** What it is about, as the provider names it. */
    about: String,
    outcome: { type: String, enum: ['received', 'processed', 'ignored', 'failed'], required: true },
    error: String,
    attempts: { type: Number, default: 0 },
    deliveries: { type: Number, default: 1 },
    receivedAt: { type: Date, required: true },
    processedAt: Date,
  },
  { strict: 'throw' },
);
// what an organization was told, newest first
event.index({ organizationId: 1, receivedAt: -1, _id: -1 });
// kept for three months
event.index({ receivedAt: 1 }, { expireAfterSeconds: 90 * 86_400 });
export const paymentEventModel = defineMasterModel('PaymentEvent', 'payment_events', event);
