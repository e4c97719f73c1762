import 'server-only';
import { Schema } from 'mongoose';
import { ONCE_PER_PRESS } from '@/lib/mongo';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { fixed, money } from '../bills/model';

const id = Schema.Types.ObjectId;

/** How much of which drawer. */
const part = new Schema(
  { shiftId: { type: id, required: true }, cashierName: fixed, shiftDay: fixed, amountMinor: money },
  { _id: false, strict: 'throw' },
);

/**
 * Cash of closed shifts that was taken to the bank. A mistake is taken back by a row of its own, below zero,
 * on the day on which it was seen.
 */
const deposit = new Schema(
  {
    number: fixed,
    /** Where; absent at the first branch. */
    branchId: { type: id, immutable: true },
    day: fixed,
    at: { type: Date, required: true, immutable: true },
    amountMinor: money,
    currency: fixed,
    parts: { type: [part], required: true },
    bank: fixed,
    slipNumber: fixed,
    carriedBy: fixed,
    byUserId: fixed,
    byName: fixed,
    isTakenBack: { type: Boolean, required: true },
    ofDepositId: { type: id, immutable: true },
    reason: { type: String, immutable: true },
    requestKey: { type: String, immutable: true },
  },
  { timestamps: true, strict: 'throw' },
);
// each number once
deposit.index({ number: 1 }, { unique: true });
// the same press twice
deposit.index({ requestKey: 1 }, ONCE_PER_PRESS);
// all, newest first
deposit.index({ at: -1, _id: -1 });
// what was deposited on a day
deposit.index({ day: 1, at: 1, _id: 1 });
export const depositModel = defineTenantModel('Deposit', 'deposits', deposit, {
  sensitive: ['carriedBy', 'reason'],
});
