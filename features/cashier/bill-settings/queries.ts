import 'server-only';
import type { ClientSession } from 'mongoose';
import type { TenantContext } from '@/lib/tenancy/context';
import { type BillSettings, toBillSettings } from './dto';
import { billSettingsModel } from './model';

export const SETTINGS_ID = 'settings';

/** How this hospital bills; what nobody has chosen is what is usual in its country. */
export async function getBillSettings(ctx: TenantContext, session?: ClientSession): Promise<BillSettings> {
  const row = await billSettingsModel(ctx)
    .findById(SETTINGS_ID)
    .session(session ?? null)
    .lean();
  return toBillSettings(row, ctx.organization);
}
