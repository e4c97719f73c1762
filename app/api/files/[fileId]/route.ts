import { staffRoute } from '@/lib/actions/staff';
import { downloadResponse } from '@/lib/download';
import { openStoredFile } from '@/lib/features/files/queries';

export const dynamic = 'force-dynamic';

/** A document of a patient. */
export const GET = staffRoute<{ fileId: string }>('files:read', async (ctx, _request, { fileId }) => {
  const { file, content } = await openStoredFile(ctx, fileId);
  return downloadResponse(file, content);
});
