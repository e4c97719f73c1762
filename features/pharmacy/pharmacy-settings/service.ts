import 'server-only';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { AppError } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';
import { type PharmacySettings, toPharmacySettings } from './dto';
import { pharmacySettingsModel } from './model';
import { SETTINGS_ID } from './queries';
import type { PharmacySettingsInput } from './schema';

/** @throws AppError CONFLICT when somebody else has changed them since they were opened. */
export async function updatePharmacySettings(
  ctx: TenantContext,
  { version, licences, pharmacist, returnDays, isOpenedTaken, isScanAsked }: PharmacySettingsInput,
): Promise<PharmacySettings> {
  return auditedWrite(ctx, async (session) => {
    const before = await pharmacySettingsModel(ctx).findById(SETTINGS_ID).session(session).lean();
    if (version !== (before?.version ?? 0))
      throw new AppError('CONFLICT', 'Somebody else has changed these settings meanwhile.');
    const optional = { licences, pharmacist, returnDays };
    const kept = Object.entries(optional).filter(([, value]) => value !== undefined);
    const gone = Object.entries(optional).filter(([, value]) => value === undefined);
    const row = await pharmacySettingsModel(ctx)
      .findOneAndUpdate(
        { _id: SETTINGS_ID },
        {
          $set: { isOpenedTaken, isSoldUnscanned: !isScanAsked, ...Object.fromEntries(kept) },
          ...(gone.length > 0 ? { $unset: Object.fromEntries(gone.map(([name]) => [name, ''])) } : {}),
          $inc: { version: 1 },
        },
        { session, upsert: true, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    ctx.audit?.about('pharmacy-settings');
    const after = toPharmacySettings(row);
    noteChange(ctx, toPharmacySettings(before), after, [
      ...(['licences', 'pharmacist', 'returnDays', 'isOpenedTaken', 'isScanAsked'] as const),
    ]);
    return after;
  });
}
