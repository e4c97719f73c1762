import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { REFUND_STATES } from './policy';

const id = Schema.Types.ObjectId;
const fixed = { type: String, required: true, immutable: true };

/** A part of a refund voucher that goes back by the provider, written with the voucher and then followed. */
const onlineRefund = new Schema(
  {
    receiptId: { type: id, required: true, immutable: true },
    receiptNumber: fixed,
    /** Of its voucher; absent for the first. */
    branchId: { type: id, immutable: true },
    patientName: fixed,
    day: fixed,
    at: { type: Date, required: true, immutable: true },
    /** The payment at the provider. */
    paymentId: fixed,
    amountMinor: { type: Number, required: true, immutable: true },
    currency: fixed,
    state: { type: String, enum: REFUND_STATES, required: true },
    /** Not at its end: absent once it is given back. */
    isOpen: Boolean,
    /** Raised by who asks once more, after a failure. */
    attempt: { type: Number, required: true },
    refundId: String,
    /** Why it failed, or why it could not be asked for yet. */
    why: String,
    doneAt: Date,
  },
  { timestamps: true, strict: 'throw' },
);
// what goes back by a voucher
onlineRefund.index({ receiptId: 1, _id: 1 });
// what is not at its end, the oldest first
onlineRefund.index({ isOpen: 1, at: 1, _id: 1 }, { sparse: true });
// an event of the provider
onlineRefund.index({ refundId: 1 }, { sparse: true });
export const onlineRefundModel = defineTenantModel('OnlineRefund', 'online_refunds', onlineRefund);
