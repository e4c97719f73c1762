import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { ORDER_STATES } from './policy';

const id = Schema.Types.ObjectId;
const fixed = { type: String, required: true, immutable: true };

/** A test or a procedure that a visit asks for, until it is done. Never deleted. */
const order = new Schema(
  {
    visitId: { type: id, required: true, immutable: true },
    /** Of what is asked for: the same line of an examination is one order, however often it is saved. */
    key: fixed,
    patientId: { type: id, required: true, immutable: true },
    patient: {
      type: new Schema({ name: fixed, number: fixed }, { _id: false, strict: 'throw' }),
      required: true,
    },
    /** Where the visit is; absent at the first branch. */
    branchId: { type: id, immutable: true },
    doctorId: { type: id, immutable: true },
    doctorName: { type: String, immutable: true },
    /** When it was first asked for. */
    day: fixed,
    at: { type: Date, required: true, immutable: true },
    kind: { type: String, enum: ['investigation', 'procedure'], required: true, immutable: true },
    what: fixed,
    code: fixed,
    side: { type: String, enum: ['right', 'left', 'both', 'none'], required: true, immutable: true },
    urgency: { type: String, enum: ['routine', 'soon', 'urgent'], required: true },
    /** Of the urgency: urgent ones stand first. */
    rank: { type: Number, required: true },
    status: { type: String, enum: ORDER_STATES, required: true },
    /** The examination asks for it still; what was done stays done without. */
    isAsked: { type: Boolean, required: true },
    doneAt: Date,
    doneByName: String,
    /** The charge that doing it made: undone, it goes with it. */
    chargeKey: String,
    /** Whether there was a price for it when it was done. */
    isPriced: Boolean,
    /** The bill that had it before it was done. */
    billNumber: String,
    /** Why it was last said not to be done after all. */
    undoneReason: String,
  },
  { timestamps: true, strict: 'throw' },
);
// what a visit asks for, each once
order.index({ visitId: 1, key: 1 }, { unique: true });
// what of a kind is to be done at a branch: urgent first, then the oldest
order.index({ status: 1, kind: 1, branchId: 1, rank: 1, at: 1, _id: 1 });
// what was done at a branch, the newest first
order.index({ status: 1, branchId: 1, doneAt: -1, _id: -1 });
export const orderModel = defineTenantModel('Order', 'orders', order, {
  sensitive: ['what', 'code', 'undoneReason'],
});
