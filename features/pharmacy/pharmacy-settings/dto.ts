import 'server-only';
import type { InferSchemaType } from 'mongoose';
import type { pharmacySettingsModel } from './model';

type Row = InferSchemaType<ReturnType<typeof pharmacySettingsModel>['schema']>;

/** What was chosen; until then nothing opened comes back, and everything else within thirty days. */
const DEFAULT_RETURN_DAYS = 30;

export const toPharmacySettings = (row: Partial<Row> | null) => ({
  licences: row?.licences ?? '',
  pharmacist: row?.pharmacist ?? '',
  returnDays: row ? (row.returnDays ?? null) : DEFAULT_RETURN_DAYS,
  isOpenedTaken: row?.isOpenedTaken ?? false,
  isScanAsked: !(row?.isSoldUnscanned ?? false),
  version: row?.version ?? 0,
});
export type PharmacySettings = ReturnType<typeof toPharmacySettings>;
