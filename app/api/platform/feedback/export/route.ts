import { feedbackColumns } from '@/features/support/feedback/columns';
import { eachFeedback } from '@/features/support/feedback/queries';
import { feedbackListQuery } from '@/features/support/feedback/schema';
import { platformExport } from '@/lib/actions/exports';

/** What people wrote, as the list is filtered. */
export const GET = platformExport({
  permission: 'feedback:write',
  audit: 'feedback.export',
  query: feedbackListQuery,
  name: (_query, day) => `feedback-${day}`,
  columns: feedbackColumns,
  rows: eachFeedback,
});
