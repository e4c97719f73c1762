import 'server-only';
import { keyset } from '@/lib/keyset';
import { hereOnly } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import type { Day } from '@/lib/time';
import { type Deposit, toDeposit } from './dto';
import { depositModel } from './model';
import type { DepositListQuery } from './schema';

const PAGE_SIZE = 25;

export type DepositPage = { deposits: Deposit[]; after: string | null; before: string | null };

/** A page of deposits, the newest first. */
export async function listDeposits(ctx: TenantContext, query: DepositListQuery): Promise<DepositPage> {
  const page = keyset({ field: 'at', kind: 'date', idKind: 'object-id', direction: -1 }, query, PAGE_SIZE);
  const rows = await depositModel(ctx)
    .find({ ...page.filter, ...hereOnly(ctx) })
    .sort(page.sort)
    .limit(page.limit)
    .lean();
  const shown = page.toPage(rows, (row) => [row.at.toISOString(), row._id.toString()]);
  return { deposits: shown.rows.map(toDeposit), after: shown.after, before: shown.before };
}

/** The find behind the deposits of a day. */
export const findDepositsOf = (ctx: TenantContext, day: Day) =>
  depositModel(ctx)
    .find({ day, ...hereOnly(ctx) })
    .sort({ day: 1, at: 1, _id: 1 });

export type DepositSums = { documents: number; amountMinor: number };

/** What went to the bank on a day, less what was taken back. */
export async function depositsOfDay(ctx: TenantContext, day: Day): Promise<DepositSums> {
  const rows = await findDepositsOf(ctx, day).select('amountMinor').lean();
  return {
    documents: rows.length,
    amountMinor: rows.reduce((sum, row) => sum + row.amountMinor, 0),
  };
}
