import { openStoredFile } from '@/features/patients/files/queries';
import { staffRoute } from '@/lib/actions/staff';
import { downloadResponse } from '@/lib/download';
import { notFoundError } from '@/lib/errors';

export const dynamic = 'force-dynamic';

/** A PDF of a patient, to be read in the page. Anything else is downloaded. */
export const GET = staffRoute<{ fileId: string }>('files:read', async (ctx, _request, { fileId }) => {
  const { file, content } = await openStoredFile(ctx, fileId);
  if (file.contentType !== 'application/pdf') throw notFoundError('document');
  return downloadResponse(file, content, 'inline');
});
