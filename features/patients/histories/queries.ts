import 'server-only';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type History, toHistory } from './dto';
import { historyModel } from './model';

/** A patient's history. @throws AppError NOT_FOUND for a malformed id. */
export async function findHistory(ctx: TenantContext, patientId: string): Promise<History> {
  return toHistory(patientId, await historyModel(ctx).findById(objectId(patientId, 'patient')).lean());
}
