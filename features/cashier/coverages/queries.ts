import 'server-only';
import type { ClientSession } from 'mongoose';
import { notFoundError } from '@/lib/errors';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { type Coverage, toCoverage } from './dto';
import { coverageModel } from './model';

const MOST = 20;

/** The find behind the list; apart from it so that a test can ask how it is answered. */
export const findCoverages = (ctx: TenantContext, patientId: string) =>
  coverageModel(ctx)
    .find({ patientId: objectId(patientId, 'patient'), isActive: true })
    .sort({ _id: -1 })
    .limit(MOST);

/** The policies of a patient that were not ended, the newest first. At most 20. */
export async function listCoverages(ctx: TenantContext, patientId: string): Promise<Coverage[]> {
  return (await findCoverages(ctx, patientId).lean()).map(toCoverage);
}

/** A policy of this patient. @throws AppError NOT_FOUND, also for somebody else's. */
export async function getCoverage(
  ctx: TenantContext,
  { coverageId, patientId }: { coverageId: string; patientId: string },
  session?: ClientSession,
): Promise<Coverage> {
  const row = await coverageModel(ctx)
    .findOne({ _id: objectId(coverageId, 'policy'), patientId: objectId(patientId, 'patient') })
    .session(session ?? null)
    .lean();
  if (!row) throw notFoundError('policy');
  return toCoverage(row);
}
