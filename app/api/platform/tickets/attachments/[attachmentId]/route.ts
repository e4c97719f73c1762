import { openDeskAttachment } from '@/features/support/tickets/attachments';
import { platformRoute } from '@/lib/actions/platform';
import { downloadResponse } from '@/lib/download';

export const dynamic = 'force-dynamic';

/** A file of any ticket, for the company's people. */
export const GET = platformRoute<{ attachmentId: string }>(
  'tickets:read',
  'ticket.open-attachment',
  async (ctx, _request, { attachmentId }) => {
    const { file, content } = await openDeskAttachment(ctx, attachmentId);
    return downloadResponse(file, content);
  },
);
