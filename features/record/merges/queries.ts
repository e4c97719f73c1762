import 'server-only';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type PatientMerge, toMerge } from './dto';
import { mergeModel } from './model';
import { countRecords } from './service/move-records';

/** The merge by which a record is used no more; null where it is used. @throws AppError NOT_FOUND. */
export async function findMerge(ctx: TenantContext, mergedId: string): Promise<PatientMerge | null> {
  const row = await mergeModel(ctx)
    .findOne({ mergedId: objectId(mergedId, 'patient') })
    .sort({ at: -1 })
    .select('-changes')
    .lean();
  return row && !row.undoneAt ? toMerge(row) : null;
}

/** How many records of each kind would move. @throws AppError NOT_FOUND for a malformed id. */
export const countMovable = (ctx: TenantContext, patientId: string) =>
  countRecords(ctx, objectId(patientId, 'patient'));
