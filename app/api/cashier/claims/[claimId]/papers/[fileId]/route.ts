import { openPaper } from '@/features/cashier/claims/queries';
import { staffRoute } from '@/lib/actions/staff';
import { isLaterRange, streamResponse } from '@/lib/download';

export const dynamic = 'force-dynamic';

/** A paper of a payer's case. */
export const GET = staffRoute<{ claimId: string; fileId: string }>(
  'bills:read',
  async (ctx, request, { claimId, fileId }) => {
    const { file, source } = await openPaper(ctx, { claimId, fileId }, { isMore: isLaterRange(request) });
    return streamResponse(file, source, request);
  },
);
