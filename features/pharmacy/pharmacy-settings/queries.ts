import 'server-only';
import type { ClientSession } from 'mongoose';
import type { TenantContext } from '@/lib/tenancy/context';
import { type PharmacySettings, toPharmacySettings } from './dto';
import { pharmacySettingsModel } from './model';

export const SETTINGS_ID = 'settings';

/** How this pharmacy works; what nobody has chosen is what is usual. */
export async function getPharmacySettings(
  ctx: TenantContext,
  session?: ClientSession,
): Promise<PharmacySettings> {
  const row = await pharmacySettingsModel(ctx)
    .findById(SETTINGS_ID)
    .session(session ?? null)
    .lean();
  return toPharmacySettings(row);
}
