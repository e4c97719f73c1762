import 'server-only';
import type { ClientSession } from 'mongoose';
import { keyAt } from '@/lib/branches';
import { AppError, duplicateKey } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, formatDay } from '@/lib/time';
import { moneyDayModel } from '../model';

/**
 * Makes the row of a day at the branch, outside of any transaction: two first uses inside of one would abort
 * each other.
 */
export async function ensureMoneyDay(ctx: TenantContext, day: Day): Promise<void> {
  try {
    const start = { $setOnInsert: { isClosed: false, rows: 0 } };
    await moneyDayModel(ctx).updateOne({ _id: keyAt(day, ctx.branch) }, start, { upsert: true });
  } catch (error) {
    if (!duplicateKey(error)) throw error;
  }
}

/** Counts a document into its day, in its transaction. @throws AppError CONFLICT when the day is closed. */
export async function enterDay(ctx: TenantContext, day: Day, session: ClientSession): Promise<void> {
  const { matchedCount } = await moneyDayModel(ctx).updateOne(
    { _id: keyAt(day, ctx.branch), isClosed: false },
    { $inc: { rows: 1 } },
    { session },
  );
  if (matchedCount === 0)
    throw new AppError('CONFLICT', `${formatDay(day)} is closed. Nothing more can be entered for it.`);
}
