import 'server-only';
import type { StoredFile } from '@/features/patients/files/dto';
import { deleteFile, uploadFile } from '@/features/patients/files/service';
import type { TenantContext } from '@/lib/tenancy/context';
import { getClaim } from '../queries';
import type { AttachPaperInput, RemovePaperInput } from '../schema';

/**
 * Puts a paper to a payer's case: what was sent to it, and what came back. It is read by who may read the
 * case, and is none of the patient's documents.
 * @throws AppError NOT_FOUND, LIMIT_REACHED, INVALID_INPUT, UNAVAILABLE.
 */
export async function attachPaper(
  ctx: TenantContext,
  { claimId, ...sent }: AttachPaperInput,
  body: AsyncIterable<Uint8Array>,
): Promise<StoredFile> {
  const { id, patientId } = await getClaim(ctx, claimId);
  return uploadFile(ctx, { ...sent, patientId, claimId: id }, body);
}

/** @throws AppError NOT_FOUND; FORBIDDEN for a colleague's. */
export async function removePaper(
  ctx: TenantContext,
  { claimId, fileId }: RemovePaperInput,
): Promise<StoredFile> {
  const { id } = await getClaim(ctx, claimId);
  return deleteFile(ctx, fileId, id);
}
