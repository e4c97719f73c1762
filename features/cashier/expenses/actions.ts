'use server';
import { revalidatePath } from 'next/cache';
import { staffAction } from '@/lib/actions/staff';
import { paths } from '@/lib/paths';
import {
  approveExpenseInput,
  askExpenseInput,
  payExpenseInput,
  refuseExpenseInput,
  returnExpenseInput,
} from './schema';
import { approveExpense, askExpense, payExpense, refuseExpense, returnExpense } from './service';

const target = ({ expenseId }: { expenseId: string }): string => `expense:${expenseId}`;

async function refreshed<T>(change: Promise<T>): Promise<T> {
  const result = await change;
  revalidatePath(paths.expenses);
  revalidatePath(paths.dayBook());
  revalidatePath(paths.shift);
  return result;
}

export const askExpenseAction = staffAction({
  permission: 'expenses:write',
  input: askExpenseInput,
  audit: 'expense.ask',
  run: (ctx, input) => refreshed(askExpense(ctx, input)),
  message: ({ number, status }) =>
    status === 'approved' ? `${number} can be paid.` : `${number} is asked for. Somebody else approves it.`,
});

export const approveExpenseAction = staffAction({
  permission: 'expense-approvals:write',
  input: approveExpenseInput,
  audit: 'expense.approve',
  target,
  run: (ctx, input) => refreshed(approveExpense(ctx, input)),
  message: ({ number }) => `${number} is approved.`,
});

export const refuseExpenseAction = staffAction({
  permission: 'expense-approvals:write',
  input: refuseExpenseInput,
  audit: 'expense.refuse',
  target,
  run: (ctx, input) => refreshed(refuseExpense(ctx, input)),
  message: ({ number }) => `${number} is refused.`,
});

export const payExpenseAction = staffAction({
  permission: 'expenses:write',
  input: payExpenseInput,
  audit: 'expense.pay',
  target,
  run: (ctx, input) => refreshed(payExpense(ctx, input)),
  message: ({ number }) => `${number} is paid.`,
});

export const returnExpenseAction = staffAction({
  permission: 'expenses:write',
  input: returnExpenseInput,
  audit: 'expense.return',
  target,
  run: (ctx, input) => refreshed(returnExpense(ctx, input)),
  message: ({ number }) => `The money is back, as ${number}.`,
});
