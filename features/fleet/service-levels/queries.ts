import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { objectId, op } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { dayOf, monthOf } from '@/lib/time';
import { type ServiceMonth, toServiceMonth } from './dto';
import { serviceMonthModel } from './model';
import { isMissed } from './policy';

const SHOWN = 12;
const running = (now: Date): string => monthOf(dayOf(now, 'UTC'));

async function monthsOf(organizationId: string, now: Date): Promise<ServiceMonth[]> {
  const rows = await serviceMonthModel
    .find({ organizationId: objectId(organizationId, 'organization') })
    .sort({ month: -1 })
    .limit(SHOWN)
    .lean();
  return rows.map((row) => toServiceMonth(row, running(now)));
}

/** What was promised to an organization and what it had, the newest month first. */
export const listServiceMonths = (
  _ctx: PlatformContext,
  organizationId: string,
  now = new Date(),
): Promise<ServiceMonth[]> => monthsOf(organizationId, now);

/** The same for the organization itself; who decided what of a month stays with the company. */
export async function listOwnServiceMonths(ctx: TenantContext, now = new Date()) {
  const months = await monthsOf(ctx.organizationId, now);
  return months.map(({ settlement, ...month }) => ({
    ...month,
    creditWords: settlement?.kind === 'credited' ? settlement.words : null,
  }));
}
export type OwnServiceMonth = Awaited<ReturnType<typeof listOwnServiceMonths>>[number];

/** Promises of the month before this one that were missed, and of which nobody has decided yet. */
export async function listMissed(now: Date) {
  const [year = 1970, number = 1] = running(now).split('-').map(Number);
  const before = new Date(Date.UTC(year, number - 2, 1)).toISOString().slice(0, 7);
  const rows = await serviceMonthModel.find({ month: before, failed: op({ $gt: 0 }) }).lean();
  return rows
    .filter((row) => !row.settlement && isMissed(row))
    .map((row) => ({
      organizationId: row.organizationId.toString(),
      ...toServiceMonth(row, running(now)),
    }));
}
