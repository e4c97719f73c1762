import 'server-only';
import { Schema } from 'mongoose';
import { ONCE_PER_PRESS } from '@/lib/mongo';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { fixed, money, patientCopy } from '../bills/model';
import { METHOD_IDS } from '../shifts/policy';
import { RECEIPT_KINDS } from './policy';

const id = Schema.Types.ObjectId;

/** Money in or out by one way. A refund's is below zero and names the receipt whose money goes back. */
const tender = new Schema(
  {
    method: { type: String, enum: METHOD_IDS, required: true },
    amountMinor: money,
    reference: String,
    tenderedMinor: Number,
    changeMinor: Number,
    advanceId: id,
    ofReceiptId: id,
    ofNumber: String,
    /** How much of it refunds have given back. */
    refundedMinor: { type: Number, required: true, default: 0 },
  },
  { _id: false, strict: 'throw' },
);

/**
 * Receipts, advances and refunds: rows that are written once. Only what is left of an advance, what of a
 * tender has gone back, and the count of prints change.
 */
const receipt = new Schema(
  {
    kind: { type: String, enum: RECEIPT_KINDS, required: true, immutable: true },
    number: fixed,
    /** Where; absent at the first branch. */
    branchId: { type: id, immutable: true },
    day: fixed,
    at: { type: Date, required: true, immutable: true },
    patientId: { type: id, required: true },
    patient: patientCopy,
    tenders: { type: [tender], required: true },
    /** The sum of the tenders. */
    amountMinor: money,
    /** What of it is money: without advances that are used or given back to. */
    moneyMinor: money,
    billId: { type: id, immutable: true },
    billNumber: { type: String, immutable: true },
    creditNoteId: { type: id, immutable: true },
    creditNoteNumber: { type: String, immutable: true },
    /** An advance: what has not been used. */
    leftMinor: Number,
    isHeld: Boolean,
    reason: String,
    currency: fixed,
    shiftId: { type: id, immutable: true },
    cashierId: fixed,
    cashierName: fixed,
    /** What its transfers are known by. */
    referenceKeys: { type: [String], default: undefined },
    requestKey: { type: String, immutable: true },
    prints: { type: Number, required: true },
  },
  { timestamps: true, strict: 'throw' },
);
// each number once
receipt.index({ number: 1 }, { unique: true });
// the same press twice
receipt.index({ requestKey: 1 }, ONCE_PER_PRESS);
// the same transfer twice
receipt.index(
  { referenceKeys: 1 },
  { unique: true, partialFilterExpression: { referenceKeys: { $type: 'string' } } },
);
// the receipts of a bill, in order
receipt.index({ billId: 1, at: 1, _id: 1 });
// what a patient has in advance, the oldest first
receipt.index({ patientId: 1, isHeld: 1, at: 1, _id: 1 });
// a day's receipts, read backwards, and reports over days
receipt.index({ day: 1, at: 1, _id: 1 });
// a shift's receipts, newest first
receipt.index({ shiftId: 1, at: 1, _id: 1 });
export const receiptModel = defineTenantModel('Receipt', 'receipts', receipt, { sensitive: ['reason'] });

/**
 * Cash of a patient on a day, held against the legal limit. The row makes two receipts wait for each other.
 */
const cashDay = new Schema(
  { _id: { type: String, required: true }, minor: { type: Number, required: true } },
  { strict: 'throw' },
);
export const cashDayModel = defineTenantModel('CashDay', 'cash_days', cashDay);
