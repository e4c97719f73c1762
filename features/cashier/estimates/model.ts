import 'server-only';
import { Schema } from 'mongoose';
import { ONCE_PER_PRESS } from '@/lib/mongo';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { fixed, money, patientCopy } from '../bills/model';

const id = Schema.Types.ObjectId;

/** A copy of what a service was said to cost. */
const line = new Schema(
  {
    serviceId: { type: id, required: true },
    code: fixed,
    name: fixed,
    hsn: { type: String, default: '' },
    quantity: money,
    unitMinor: money,
    taxMinor: money,
    totalMinor: money,
  },
  { _id: false, strict: 'throw' },
);

/**
 * What something would cost, said in advance. Never a bill, and never made one by a change: a bill is
 * issued of it, at the prices of that day, and named here.
 */
const estimate = new Schema(
  {
    number: fixed,
    day: fixed,
    at: { type: Date, required: true, immutable: true },
    /** The last day. */
    validUntil: fixed,
    patientId: { type: id, required: true },
    patient: patientCopy,
    doctorId: { type: id, immutable: true },
    doctorName: { type: String, immutable: true },
    lines: { type: [line], required: true },
    currency: fixed,
    taxMinor: money,
    roundOffMinor: money,
    totalMinor: money,
    note: { type: String, immutable: true },
    billId: id,
    billNumber: String,
    isWithdrawn: { type: Boolean, required: true },
    reason: String,
    prints: { type: Number, required: true },
    requestKey: { type: String, immutable: true },
    byUserId: fixed,
    byName: fixed,
  },
  { timestamps: true, strict: 'throw' },
);
// each number once
estimate.index({ number: 1 }, { unique: true });
// the same press twice
estimate.index({ requestKey: 1 }, ONCE_PER_PRESS);
// a patient's estimates, newest first
estimate.index({ patientId: 1, at: -1, _id: -1 });
// all, newest first
estimate.index({ at: -1, _id: -1 });
export const estimateModel = defineTenantModel('Estimate', 'estimates', estimate, {
  sensitive: ['note', 'reason'],
});
