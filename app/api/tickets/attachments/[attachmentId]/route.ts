import { openOwnAttachment } from '@/features/support/tickets/attachments';
import { staffRoute } from '@/lib/actions/staff';
import { downloadResponse } from '@/lib/download';

export const dynamic = 'force-dynamic';

/** A file of a ticket, for those who may read the ticket. */
export const GET = staffRoute<{ attachmentId: string }>(
  'support:read',
  async (ctx, _request, { attachmentId }) => {
    const { file, content } = await openOwnAttachment(ctx, attachmentId);
    return downloadResponse(file, content);
  },
);
