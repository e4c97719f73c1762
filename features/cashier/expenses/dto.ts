import 'server-only';
import type { InferSchemaType, Types } from 'mongoose';
import type { expenseModel } from './model';

export type ExpenseRow = InferSchemaType<ReturnType<typeof expenseModel>['schema']> & { _id: Types.ObjectId };

export const toExpense = (row: ExpenseRow) => ({
  id: row._id.toString(),
  number: row.number,
  day: row.day,
  category: row.category,
  payee: row.payee,
  note: row.note ?? null,
  amountMinor: row.amountMinor,
  currency: row.currency,
  from: row.from,
  status: row.status,
  byUserId: row.byUserId,
  byName: row.byName,
  decidedByName: row.decidedByName ?? null,
  reason: row.reason ?? null,
  paidDay: row.paidDay ?? null,
  paidByName: row.paidByName ?? null,
  reference: row.reference ?? null,
  isReturn: row.ofExpenseId !== undefined && row.ofExpenseId !== null,
});
export type Expense = ReturnType<typeof toExpense>;
