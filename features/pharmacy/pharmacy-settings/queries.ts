import 'server-only';
import type { ClientSession } from 'mongoose';
import type { TenantContext } from '@/lib/tenancy/context';
import { type PharmacySettings, toPharmacySettings } from './dto';
import { pharmacySettingsModel } from './model';

export const SETTINGS_ID = 'settings';

/**
 * How the pharmacy of the branch works at which somebody is at work; what nobody has chosen is what is usual.
 */
export async function getPharmacySettings(
  ctx: TenantContext,
  session?: ClientSession,
): Promise<PharmacySettings> {
  const row = await pharmacySettingsModel(ctx)
    .findById(SETTINGS_ID)
    .session(session ?? null)
    .lean();
  return toPharmacySettings(row, ctx.branch.id);
}

/** What the settings themselves show: what counts for all branches, and beside it what is one's own. */
export const getCommonSettings = async (ctx: TenantContext): Promise<PharmacySettings> =>
  toPharmacySettings(await pharmacySettingsModel(ctx).findById(SETTINGS_ID).lean());
