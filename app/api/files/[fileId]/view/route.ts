import { openShown } from '@/features/patients/files/queries';
import { staffRoute } from '@/lib/actions/staff';
import { isLaterRange, streamResponse } from '@/lib/download';

export const dynamic = 'force-dynamic';

/** A PDF or a film of a patient, to be seen in the page. Anything else is downloaded. */
export const GET = staffRoute<{ fileId: string }>('files:read', async (ctx, request, { fileId }) => {
  const { file, source } = await openShown(ctx, fileId, { isMore: isLaterRange(request) });
  return streamResponse(file, source, request, 'inline');
});
