import { openPaper } from '@/features/cashier/claims/queries';
import { staffRoute } from '@/lib/actions/staff';
import { isLaterRange, streamResponse } from '@/lib/download';

export const dynamic = 'force-dynamic';

/** A paper of a payer's case, which the address names too: it is found with its case alone. */
export const GET = staffRoute<{ fileId: string }>('bills:read', async (ctx, request, { fileId }) => {
  const claimId = new URL(request.url).searchParams.get('claim') ?? '';
  const { file, source } = await openPaper(ctx, { claimId, fileId }, { isMore: isLaterRange(request) });
  return streamResponse(file, source, request);
});
