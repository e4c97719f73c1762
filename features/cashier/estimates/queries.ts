import 'server-only';
import { notFoundError } from '@/lib/errors';
import { keyset } from '@/lib/keyset';
import { objectId } from '@/lib/mongo';
import type { TenantContext } from '@/lib/tenancy/context';
import { today } from '@/lib/time';
import { type Estimate, toEstimate } from './dto';
import { estimateModel } from './model';
import type { EstimateListQuery } from './schema';

const PAGE_SIZE = 25;
const MOST_OF_PATIENT = 20;

/** @throws AppError NOT_FOUND for a malformed, a missing and a foreign id alike. */
export async function getEstimate(ctx: TenantContext, estimateId: string): Promise<Estimate> {
  const row = await estimateModel(ctx).findById(objectId(estimateId, 'estimate')).lean();
  if (!row) throw notFoundError('estimate');
  return toEstimate(row, today(ctx.timeZone));
}

/** The find behind a patient's estimates. */
export const findEstimatesOf = (ctx: TenantContext, patientId: string) =>
  estimateModel(ctx)
    .find({ patientId: objectId(patientId, 'patient') })
    .sort({ at: -1, _id: -1 })
    .limit(MOST_OF_PATIENT);

/** A patient's estimates that still hold, the newest first. */
export async function listOpenEstimates(ctx: TenantContext, patientId: string): Promise<Estimate[]> {
  const day = today(ctx.timeZone);
  const rows = await findEstimatesOf(ctx, patientId).lean();
  return rows.map((row) => toEstimate(row, day)).filter(({ state }) => state === 'open');
}

export type EstimatePage = { estimates: Estimate[]; after: string | null; before: string | null };

/** A page of all estimates, the newest first. */
export async function listEstimates(ctx: TenantContext, query: EstimateListQuery): Promise<EstimatePage> {
  const page = keyset({ field: 'at', kind: 'date', idKind: 'object-id', direction: -1 }, query, PAGE_SIZE);
  const rows = await estimateModel(ctx).find(page.filter).sort(page.sort).limit(page.limit).lean();
  const shown = page.toPage(rows, (row) => [row.at.toISOString(), row._id.toString()]);
  const day = today(ctx.timeZone);
  return {
    estimates: shown.rows.map((row) => toEstimate(row, day)),
    after: shown.after,
    before: shown.before,
  };
}
