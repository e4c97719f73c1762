import 'server-only';
import { Schema } from 'mongoose';
import { ONCE_PER_PRESS } from '@/lib/mongo';
import { defineTenantModel } from '@/lib/tenancy/define-tenant-model';
import { fixed, money } from '../bills/model';
import { CATEGORY_IDS, EXPENSE_STATES } from './policy';

const id = Schema.Types.ObjectId;

/**
 * What the hospital pays for at its counter: asked for, approved by somebody else, paid. Money that comes
 * back is a row of its own with an amount below zero, on the day on which it came.
 */
const expense = new Schema(
  {
    number: fixed,
    /** Where it is asked for, and then where it is paid; absent at the first branch. */
    branchId: { type: id },
    day: fixed,
    at: { type: Date, required: true, immutable: true },
    category: { type: String, enum: CATEGORY_IDS, required: true, immutable: true },
    payee: fixed,
    note: { type: String, immutable: true },
    amountMinor: money,
    currency: fixed,
    from: { type: String, enum: ['drawer', 'bank'], required: true, immutable: true },
    status: { type: String, enum: EXPENSE_STATES, required: true },
    byUserId: fixed,
    byName: fixed,
    decidedByName: String,
    decidedAt: Date,
    /** Why it was refused, or why its money came back. */
    reason: String,
    /** The day whose money it is; absent until it is paid. */
    paidDay: String,
    paidAt: Date,
    paidByName: String,
    reference: String,
    shiftId: id,
    ofExpenseId: { type: id, immutable: true },
    requestKey: { type: String, immutable: true },
  },
  { timestamps: true, strict: 'throw' },
);
// each number once
expense.index({ number: 1 }, { unique: true });
// the same press twice
expense.index({ requestKey: 1 }, ONCE_PER_PRESS);
// all, newest first
expense.index({ at: -1, _id: -1 });
// what waits for a decision or for its money, newest first
expense.index({ status: 1, at: -1, _id: -1 });
// what was paid on a day, and reports over days
expense.index({ paidDay: 1, paidAt: 1, _id: 1 });
export const expenseModel = defineTenantModel('Expense', 'expenses', expense, {
  sensitive: ['payee', 'note', 'reason'],
});
