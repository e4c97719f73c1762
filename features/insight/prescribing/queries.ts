import 'server-only';
import { sumPrescribed } from '@/features/insight/reports/rollups/prescribed';
import { readPaperDays } from '@/features/insight/reports/rollups/roll-up';
import type { Range } from '@/features/insight/reports/schema';
import { assertEverywhere } from '@/lib/tenancy/at-branch';
import type { TenantContext } from '@/lib/tenancy/context';

/**
 * What was prescribed in a range of days and holds: medicines, who prescribed them, what the pharmacy did,
 * glasses, and how often papers were printed. From roll-ups, so that years can be asked for.
 */
export async function getPrescribing(ctx: TenantContext, range: Range, now = new Date()) {
  assertEverywhere(ctx);
  const { days, preparedThrough } = await readPaperDays(ctx, range, now);
  return { ...sumPrescribed(days), preparedThrough };
}
