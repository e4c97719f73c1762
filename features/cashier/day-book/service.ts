import 'server-only';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { keyAt } from '@/lib/branches';
import { AppError } from '@/lib/errors';
import { op } from '@/lib/mongo';
import { hereOnly } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, formatDay, today } from '@/lib/time';
import { moneyDayModel, shiftModel } from '../shifts/model';
import { ensureMoneyDay } from '../shifts/service';
import { type DayBook, dayTotals, readDayBook } from './queries';

/**
 * Closes a day of the branch: nothing more is entered for it, on any of its counters. What it comes to is
 * kept beside it, so that a later reading that differs is seen.
 * @throws AppError CONFLICT for a day to come, one that is closed, or while a shift of it is open.
 */
export async function closeDay(ctx: TenantContext, { day }: { day: Day }): Promise<DayBook> {
  if (day > today(ctx.timeZone)) throw new AppError('CONFLICT', 'This day has not come yet.');
  await ensureMoneyDay(ctx, day);
  await auditedWrite(
    ctx,
    async (session) => {
      // Touched first: a receipt at the same moment comes before, and is counted, or is refused.
      const row = await moneyDayModel(ctx)
        .findOneAndUpdate(
          { _id: keyAt(day, ctx.branch), isClosed: false },
          { $set: { isClosed: true, closedAt: new Date(), closedByName: ctx.actor.name } },
          { session },
        )
        .lean();
      if (!row) throw new AppError('CONFLICT', `${formatDay(day)} is closed already.`);
      const open = await shiftModel(ctx)
        .find({ status: 'open', day: op({ $lte: day }), ...hereOnly(ctx) })
        .session(session)
        .select('cashierName')
        .limit(5)
        .lean();
      if (open.length > 0)
        throw new AppError(
          'CONFLICT',
          `Still open: the shift of ${open.map(({ cashierName }) => cashierName).join(', ')}. Count and close it first: its cashier does, or you here in the day book.`,
        );
      const sums = await dayTotals(ctx, day, session);
      await moneyDayModel(ctx).updateOne({ _id: keyAt(day, ctx.branch) }, { $set: sums }, { session });
      noteChange<Record<string, unknown>>(ctx, null, sums, ['billedMinor', 'collectedMinor']);
    },
    { inTurn: 'money' },
  );
  return readDayBook(ctx, day);
}
