import { openNoteAttachment } from '@/features/support/tickets/attachments';
import { platformRoute } from '@/lib/actions/platform';
import { downloadResponse } from '@/lib/download';

export const dynamic = 'force-dynamic';

/** A file of a note on a customer. */
export const GET = platformRoute<{ attachmentId: string }>(
  'organizations:read',
  'customer-note.open-attachment',
  async (ctx, _request, { attachmentId }) => {
    const { file, content } = await openNoteAttachment(ctx, attachmentId);
    return downloadResponse(file, content);
  },
);
