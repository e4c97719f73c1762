import 'server-only';
import type { ClientSession } from 'mongoose';
import type { TenantContext } from '@/lib/tenancy/context';
import { nextNumber } from '@/lib/tenancy/counters';
import type { Day } from '@/lib/time';
import type { BillSettings } from '../../bill-settings/dto';
import { documentNumber, financialYearOf, type SeriesKind } from '../../bill-settings/policy';

/**
 * The next number of a series, taken in the transaction that stores the document: one that aborts gives it
 * back, so that a series has neither a gap nor a double. The counter's row makes the others wait: taken
 * last.
 */
export async function takeNumber(
  ctx: TenantContext,
  settings: BillSettings,
  { kind, day }: { kind: SeriesKind; day: Day },
  session: ClientSession,
): Promise<string> {
  const year = financialYearOf(day, settings.yearStart);
  const { numberPrefix } = settings;
  const sequence = await nextNumber(ctx, `series:${numberPrefix}:${kind}:${year}`, session);
  return documentNumber(numberPrefix, kind, year, sequence);
}
