import 'server-only';
import { Schema } from 'mongoose';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { BEARER_IDS, CUT_REASON_IDS } from './policy';

const id = Schema.Types.ObjectId;
const money = { type: Number, required: true, immutable: true };
const fixed = { type: String, required: true, immutable: true };

const part = new Schema(
  {
    claimId: { type: id, required: true },
    claimNumber: fixed,
    billId: { type: id, required: true },
    billNumber: fixed,
    patientName: fixed,
    receivedMinor: money,
    tdsMinor: money,
    cutMinor: money,
    bearer: { type: String, enum: BEARER_IDS, required: true },
    reason: { type: String, enum: CUT_REASON_IDS },
  },
  { _id: false, strict: 'throw' },
);

/**
 * One transfer of a payer over one claim or several: what came, what was withheld as tax, what was cut.
 * Written once; what was wrong is taken back by a row below zero on its own day.
 */
const settlement = new Schema(
  {
    number: fixed,
    payerId: { type: id, required: true, immutable: true },
    payerName: fixed,
    /** Where; absent at the first branch. */
    branchId: { type: id, immutable: true },
    day: fixed,
    at: { type: Date, required: true, immutable: true },
    /** When the money was on the account. */
    receivedDay: fixed,
    reference: { type: String, immutable: true },
    /** What the transfer is known by: it settles once. */
    referenceKey: String,
    amountMinor: money,
    tdsMinor: money,
    cutMinor: money,
    parts: { type: [part], required: true },
    currency: fixed,
    ofSettlementId: { type: id, immutable: true },
    ofNumber: { type: String, immutable: true },
    isReversed: { type: Boolean, required: true },
    reason: { type: String, immutable: true },
    byUserId: fixed,
    byName: fixed,
  },
  { timestamps: true, strict: 'throw' },
);
// each number once
settlement.index({ number: 1 }, { unique: true });
// the same transfer twice
settlement.index(
  { referenceKey: 1 },
  { unique: true, partialFilterExpression: { referenceKey: { $type: 'string' } } },
);
// those of a payer, the newest first
settlement.index({ payerId: 1, at: -1, _id: -1 });
// a day's, and reports over days
settlement.index({ day: 1, at: 1, _id: 1 });
export const settlementModel = defineTenantModel('Settlement', 'settlements', settlement, {
  sensitive: ['reason'],
});
