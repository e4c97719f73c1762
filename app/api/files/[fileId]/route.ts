import { openStoredFile } from '@/features/patients/files/queries';
import { staffRoute } from '@/lib/actions/staff';
import { isLaterRange, streamResponse } from '@/lib/download';

export const dynamic = 'force-dynamic';

/** A document of a patient. */
export const GET = staffRoute<{ fileId: string }>('files:read', async (ctx, request, { fileId }) => {
  const { file, source } = await openStoredFile(ctx, fileId, { isMore: isLaterRange(request) });
  return streamResponse(file, source, request);
});
