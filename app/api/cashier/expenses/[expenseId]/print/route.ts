import { printQuery } from '@/features/cashier/bills/schema';
import { printExpense } from '@/features/cashier/expenses/paper';
import { staffDocument } from '@/lib/actions/exports';

/** The voucher of an expense that was paid. */
export const GET = staffDocument({
  permission: 'expenses:read',
  audit: 'expense.print',
  target: (_query, { expenseId = '' }) => `expense:${expenseId}`,
  query: printQuery,
  document: (ctx, { paper }, { expenseId = '' }) => printExpense(ctx, expenseId, paper),
});
