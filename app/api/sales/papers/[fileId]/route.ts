import { openPaper } from '@/features/dispensary/sales/queries';
import { staffRoute } from '@/lib/actions/staff';
import { isLaterRange, streamResponse } from '@/lib/download';

export const dynamic = 'force-dynamic';

/** A paper that was shown at the counter; the address names its sale, with which alone it is found. */
export const GET = staffRoute<{ fileId: string }>('dispenses:read', async (ctx, request, { fileId }) => {
  const dispenseId = new URL(request.url).searchParams.get('sale') ?? '';
  const { file, source } = await openPaper(ctx, { dispenseId, fileId }, { isMore: isLaterRange(request) });
  return streamResponse(file, source, request);
});
