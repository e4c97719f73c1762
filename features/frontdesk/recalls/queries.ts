import 'server-only';
import type { Types } from 'mongoose';
import { SUMMARY_FIELDS, toPatientSummary } from '@/features/patients/patients/dto';
import { patientModel } from '@/features/patients/patients/model';
import { requireEntitlement } from '@/features/subscription/entitlements/service';
import { noteShown } from '@/lib/audit/shown';
import { keyset } from '@/lib/keyset';
import { op } from '@/lib/mongo';
import { inScope, scopeOf } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Day, monthOf, today } from '@/lib/time';
import { ASKED, type DuePeriod, dueDay, duePeriods, EARLIER, type RecallMonths, sinceDays } from './policy';
import type { RecallQuery } from './schema';
import { refreshRecalls } from './service';

const PAGE_SIZE = 25;
/** More than so many in one month are not counted. */
const MOST_COUNTED = 1_000;

const rangeOf = (period: DuePeriod, months: RecallMonths, day: Day) => {
  const { from, to } = sinceDays(period, months, day);
  return op({ $gte: from, $lte: to });
};

/** Who was seen last at one of the branches. */
function seenAt(ctx: TenantContext, scope: string) {
  const { branchId } = inScope(ctx, scope) as { branchId?: Types.ObjectId | null };
  return branchId === undefined ? {} : { recallBranchId: branchId };
}

/** The day that a list is in the order of. */
const fieldOf = (months: RecallMonths) => (months === ASKED ? 'reviewDue' : 'recallFrom');

/** The find behind the list; apart from it so that a test can ask how it is answered. */
export function findRecalls(ctx: TenantContext, query: RecallQuery, now = new Date()) {
  const day = today(ctx.timeZone, now);
  const due: DuePeriod = query.due ?? monthOf(day);
  const field = fieldOf(query.months);
  const page = keyset({ field, kind: 'text', idKind: 'object-id', direction: 1 }, query, PAGE_SIZE);
  const find = patientModel(ctx)
    .find({
      $and: [
        { [field]: rangeOf(due, query.months, day), ...seenAt(ctx, scopeOf(ctx, query.branch)) },
        page.filter,
      ],
    })
    .sort(page.sort)
    .limit(page.limit)
    .select(`${SUMMARY_FIELDS} recallFrom reviewDue`);
  return { due, page, find, field } as const;
}

/**
 * Patients whose last visit is so many months ago in a chosen month, or whom the doctor asked back for it,
 * with nothing booked since: 25 a page, who waits longest first.
 * @throws AppError PAYMENT_REQUIRED.
 */
export async function listRecalls(ctx: TenantContext, query: RecallQuery, now = new Date()) {
  requireEntitlement(ctx, 'analytics');
  await refreshRecalls(ctx);
  const { due, page, find, field } = findRecalls(ctx, query, now);
  const { rows, before, after } = page.toPage(await find.lean(), (row) => [
    row[field] ?? '',
    row._id.toString(),
  ]);
  await noteShown(
    ctx,
    rows.map(({ _id }) => _id.toString()),
  );
  return {
    due,
    patients: rows.map((row) => ({
      ...toPatientSummary(row),
      dueDay: dueDay(row[field] ?? '', query.months),
    })),
    before,
    after,
  };
}

/**
 * How many are due in each month of the year up to now, in the next one, and before.
 * @throws AppError PAYMENT_REQUIRED.
 */
export async function countRecalls(
  ctx: TenantContext,
  { months, branch }: Pick<RecallQuery, 'months' | 'branch'>,
  now = new Date(),
) {
  requireEntitlement(ctx, 'analytics');
  await refreshRecalls(ctx);
  const day = today(ctx.timeZone, now);
  return Promise.all(
    [EARLIER, ...duePeriods(day)].map(async (due: DuePeriod) => {
      const counted = await patientModel(ctx).countDocuments(
        { [fieldOf(months)]: rangeOf(due, months, day), ...seenAt(ctx, scopeOf(ctx, branch)) },
        { limit: MOST_COUNTED + 1 },
      );
      return { due, patients: Math.min(counted, MOST_COUNTED), isMore: counted > MOST_COUNTED };
    }),
  );
}
export type RecallCount = Awaited<ReturnType<typeof countRecalls>>[number];
