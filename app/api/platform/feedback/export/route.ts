import { exportFeedback } from '@/features/support/feedback/queries';
import { feedbackListQuery } from '@/features/support/feedback/schema';
import { failResponse } from '@/lib/actions/failure';
import { markGated } from '@/lib/actions/gated';
import { requirePlatformAdmin } from '@/lib/actions/platform';
import { csvResponse } from '@/lib/csv';
import { today } from '@/lib/time';

export const GET = markGated(async (request: Request) => {
  try {
    const ctx = await requirePlatformAdmin();
    const query = feedbackListQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
    return csvResponse(`feedback-${today('UTC')}.csv`, exportFeedback(ctx, query));
  } catch (error) {
    return failResponse(error);
  }
}, 'platform');
