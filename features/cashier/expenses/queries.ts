import 'server-only';
import type { ClientSession } from 'mongoose';
import { notFoundError } from '@/lib/errors';
import { keyset } from '@/lib/keyset';
import { objectId, op } from '@/lib/mongo';
import { hereOnly, inScope } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import { type Expense, toExpense } from './dto';
import { expenseModel } from './model';
import { CATEGORY_IDS, type ExpenseCategory, type ExpenseState } from './policy';
import type { ExpenseListQuery } from './schema';

const PAGE_SIZE = 25;
/** Nobody lets more wait. */
const MOST_WAITING = 100;

type ExpensePage = { expenses: Expense[]; after: string | null; before: string | null };

/** The find behind what waits in one state. */
export const findWaiting = (ctx: TenantContext, status: ExpenseState) =>
  expenseModel(ctx).find({ status }).sort({ at: -1, _id: -1 }).limit(MOST_WAITING);

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getExpense(ctx: TenantContext, expenseId: string): Promise<Expense> {
  const row = await expenseModel(ctx).findById(objectId(expenseId, 'expense')).lean();
  if (!row) throw notFoundError('expense');
  return toExpense(row);
}

/** What waits to be approved or paid, at most 100 of each; or a page of all, the newest first. */
export async function listExpenses(ctx: TenantContext, query: ExpenseListQuery): Promise<ExpensePage> {
  if (query.show === 'waiting') {
    const [requested, approved] = await Promise.all([
      findWaiting(ctx, 'requested').lean(),
      findWaiting(ctx, 'approved').lean(),
    ]);
    return { expenses: [...requested, ...approved].map(toExpense), after: null, before: null };
  }
  const page = keyset({ field: 'at', kind: 'date', idKind: 'object-id', direction: -1 }, query, PAGE_SIZE);
  const rows = await expenseModel(ctx).find(page.filter).sort(page.sort).limit(page.limit).lean();
  const shown = page.toPage(rows, (row) => [row.at.toISOString(), row._id.toString()]);
  return { expenses: shown.rows.map(toExpense), after: shown.after, before: shown.before };
}

export type ExpenseSums = { documents: number; drawerMinor: number; bankMinor: number };

/** What was paid on a day out of drawers and out of the bank, less what came back. */
export async function expensesOfDay(
  ctx: TenantContext,
  day: Day,
  session?: ClientSession,
): Promise<ExpenseSums> {
  const rows = await expenseModel(ctx)
    .find({ paidDay: day, ...hereOnly(ctx) })
    .select('from amountMinor')
    .session(session ?? null)
    .lean();
  const sum = (from: string) => rows.reduce((all, row) => all + (row.from === from ? row.amountMinor : 0), 0);
  return { documents: rows.length, drawerMinor: sum('drawer'), bankMinor: sum('bank') };
}

type Span = { from: Day; to: Day; scope?: string };
const within = (ctx: TenantContext, { from, to, scope }: Span) => ({
  paidDay: op({ $gte: from, $lte: to }),
  ...inScope(ctx, scope),
});

/** What was paid over days by category. */
export async function expensesByCategory(ctx: TenantContext, { from, to, scope }: Span) {
  return expenseModel(ctx).aggregate<{ _id: string; documents: number; amountMinor: number }>([
    { $match: { paidDay: { $gte: from, $lte: to }, ...inScope(ctx, scope) } },
    { $group: { _id: '$category', amountMinor: { $sum: '$amountMinor' }, documents: { $sum: 1 } } },
  ]);
}

/** The find behind the expenses of a category over days, in order. */
export const findExpensesOf = (ctx: TenantContext, category: ExpenseCategory, span: Span, limit: number) =>
  expenseModel(ctx)
    .find({ $and: [within(ctx, span), { category }] })
    .sort({ paidDay: 1, paidAt: 1, _id: 1 })
    .limit(limit);

/** The same as rows; none of a category that there is none of. */
export async function listExpensesOf(
  ctx: TenantContext,
  key: string,
  span: Span,
  limit: number,
): Promise<Expense[]> {
  const category = CATEGORY_IDS.find((one) => one === key);
  return category ? (await findExpensesOf(ctx, category, span, limit).lean()).map(toExpense) : [];
}
