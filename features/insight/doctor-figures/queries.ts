import 'server-only';
import { sumDoctors } from '@/features/insight/reports/rollups/filled';
import { readPaperDays } from '@/features/insight/reports/rollups/roll-up';
import type { Range } from '@/features/insight/reports/schema';
import { assertEverywhere } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';

/**
 * What became of what each doctor prescribed in a range of days, and what was earned by what was handed out
 * in it: bills and returns of later days count for the day on which it was handed out. `costMinor` is null
 * where the cost of some of it is not known.
 */
export async function listDoctorFigures(
  ctx: TenantContext,
  range: Pick<Range, 'from' | 'to'>,
  now = new Date(),
) {
  assertEverywhere(ctx);
  const { days, preparedThrough } = await readPaperDays(ctx, range, now);
  return { preparedThrough, figures: sumDoctors(days.map(({ doctors }) => doctors)) };
}
