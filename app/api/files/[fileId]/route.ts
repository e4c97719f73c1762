import { openStoredFile } from '@/features/patients/files/queries';
import { staffRoute } from '@/lib/actions/staff';
import { downloadResponse } from '@/lib/download';

export const dynamic = 'force-dynamic';

/** A document of a patient. */
export const GET = staffRoute<{ fileId: string }>('files:read', async (ctx, _request, { fileId }) => {
  const { file, content } = await openStoredFile(ctx, fileId);
  return downloadResponse(file, content);
});
