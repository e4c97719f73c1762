import 'server-only';
import { auditedWrite } from '@/lib/audit/audited';
import { noteChange } from '@/lib/audit/changes';
import { branchNameOf } from '@/lib/branches';
import { AppError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type PharmacySettings, toPharmacySettings } from './dto';
import { pharmacySettingsModel } from './model';
import { SETTINGS_ID } from './queries';
import type { PharmacySettingsInput } from './schema';

/** @throws AppError CONFLICT when somebody else has changed them since they were opened. */
export async function updatePharmacySettings(
  ctx: TenantContext,
  {
    version,
    licences,
    pharmacist,
    ofBranches,
    returnDays,
    isOpenedTaken,
    isScanAsked,
  }: PharmacySettingsInput,
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
          $set: {
            ...{ isOpenedTaken, isSoldUnscanned: !isScanAsked },
            ...(ofBranches ? { ofBranches: rowsOf(ctx, ofBranches) } : {}),
            ...Object.fromEntries(kept),
          },
          ...(gone.length > 0 ? { $unset: Object.fromEntries(gone.map(([name]) => [name, ''])) } : {}),
          $inc: { version: 1 },
        },
        { session, upsert: true, returnDocument: 'after' },
      )
      .orFail()
      .lean();
    ctx.audit?.about('pharmacy-settings');
    const after = toPharmacySettings(row);
    noteChange(ctx, toldOf(ctx, toPharmacySettings(before)), toldOf(ctx, after), [
      ...(['licences', 'pharmacist', 'branches', 'returnDays', 'isOpenedTaken', 'isScanAsked'] as const),
    ]);
    return after;
  });
}

/** Of branches that there are, and only where something is said of them. */
const rowsOf = (ctx: TenantContext, said: NonNullable<PharmacySettingsInput['ofBranches']>) =>
  said
    .filter(({ branchId }) => ctx.branches.some(({ id, isFirst }) => id === branchId && !isFirst))
    .filter(({ licences, pharmacist }) => licences ?? pharmacist)
    .map(({ branchId, ...texts }) => ({ branchId: objectId(branchId, 'branch'), ...texts }));

/** As the log tells it: what each branch prints, by its name. */
const toldOf = (ctx: TenantContext, { ofBranches, ...settings }: PharmacySettings) => ({
  ...settings,
  branches:
    ofBranches
      .map(({ branchId, licences, pharmacist }) =>
        [branchNameOf(ctx, branchId), licences, pharmacist].filter(Boolean).join(', '),
      )
      .join('; ') || null,
});
