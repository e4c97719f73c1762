import 'server-only';
import type { ClientSession } from 'mongoose';
import type { StoredFile } from '@/features/patients/files/dto';
import { fileModel } from '@/features/patients/files/model';
import { deleteFile, uploadFile } from '@/features/patients/files/service';
import { AppError } from '@/lib/errors';
import type { TenantContext } from '@/lib/tenancy/context';
import { dispenseModel } from '../../dispenses/model';
import type { AttachScanInput, RemoveScanInput } from '../schema';

/** What was sold with a key is written: its papers stay as they are. @throws AppError CONFLICT. */
async function assertUnsold(ctx: TenantContext, requestKey: string): Promise<void> {
  if (!(await dispenseModel(ctx).exists({ requestKey }))) return;
  throw new AppError('CONFLICT', 'This was sold already. Its papers stay as they were.');
}

/**
 * Keeps a scan of the paper that was shown, before it is sold.
 * @throws AppError CONFLICT once it is sold; as `uploadFile`.
 */
export async function attachPaper(
  ctx: TenantContext,
  sent: AttachScanInput,
  body: AsyncIterable<Uint8Array>,
): Promise<StoredFile> {
  await assertUnsold(ctx, sent.saleKey);
  return uploadFile(ctx, sent, body);
}

/**
 * Takes away a scan that was the wrong one.
 * @throws AppError NOT_FOUND, FORBIDDEN, CONFLICT once it is sold.
 */
export async function removePaper(
  ctx: TenantContext,
  { saleKey, fileId }: RemoveScanInput,
): Promise<StoredFile> {
  await assertUnsold(ctx, saleKey);
  return deleteFile(ctx, fileId, saleKey);
}

/**
 * Notes, with a sale, that its papers are sold with: from then on nobody removes them.
 * @returns whether there are any.
 */
export async function keepPapers(
  ctx: TenantContext,
  saleKey: string,
  session: ClientSession,
): Promise<boolean> {
  const { matchedCount } = await fileModel(ctx).updateMany(
    { 'subject.kind': 'sale', 'subject.id': saleKey },
    { $unset: { unsoldSince: 1 } },
    { session, timestamps: false },
  );
  return matchedCount > 0;
}
