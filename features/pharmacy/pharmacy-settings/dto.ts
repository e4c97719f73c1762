import 'server-only';
import type { InferSchemaType } from 'mongoose';
import { FIRST_BRANCH_ID } from '@/lib/branches';
import type { pharmacySettingsModel } from './model';

type Row = InferSchemaType<ReturnType<typeof pharmacySettingsModel>['schema']>;

/** What was chosen; until then nothing opened comes back, and everything else within thirty days. */
const DEFAULT_RETURN_DAYS = 30;

const ofBranchesIn = (row: Partial<Row> | null) =>
  (row?.ofBranches ?? []).map(({ branchId, licences, pharmacist }) => ({
    ...{ branchId: branchId.toString(), licences: licences ?? '', pharmacist: pharmacist ?? '' },
  }));

/** @param branchId of the papers that are written: a branch that has licences of its own prints those. */
export function toPharmacySettings(row: Partial<Row> | null, branchId = FIRST_BRANCH_ID) {
  const ofBranches = ofBranchesIn(row);
  const own = ofBranches.find((one) => one.branchId === branchId);
  return {
    licences: own?.licences || (row?.licences ?? ''),
    pharmacist: own?.pharmacist || (row?.pharmacist ?? ''),
    ofBranches,
    returnDays: row ? (row.returnDays ?? null) : DEFAULT_RETURN_DAYS,
    isOpenedTaken: row?.isOpenedTaken ?? false,
    isScanAsked: !(row?.isSoldUnscanned ?? false),
    version: row?.version ?? 0,
  };
}
export type PharmacySettings = ReturnType<typeof toPharmacySettings>;
