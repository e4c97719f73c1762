import 'server-only';
import type { ClientSession } from 'mongoose';
import type { TenantContext } from '@/lib/tenancy/context';
import { type BillSettings, toBillSettings } from './dto';
import { billSettingsModel } from './model';

export const SETTINGS_ID = 'settings';

const readRow = (ctx: TenantContext, session?: ClientSession) =>
  billSettingsModel(ctx)
    .findById(SETTINGS_ID)
    .session(session ?? null)
    .lean();

type Where = { session?: ClientSession | undefined; branchId?: string };

/**
 * How this hospital bills at a branch, without one where the actor works; what nobody has chosen is what is
 * usual in its country.
 */
export async function getBillSettings(
  ctx: TenantContext,
  { session, branchId = ctx.branch.id }: Where = {},
): Promise<BillSettings> {
  const branch = ctx.branches.find(({ id }) => id === branchId);
  return toBillSettings(await readRow(ctx, session), ctx.organization, branch);
}

/** The same without what a branch has of its own: for the page on which it is chosen. */
export const getSharedBillSettings = async (ctx: TenantContext): Promise<BillSettings> =>
  toBillSettings(await readRow(ctx), ctx.organization);
