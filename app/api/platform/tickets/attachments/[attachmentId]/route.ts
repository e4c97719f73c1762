import { openDeskAttachment } from '@/features/support/tickets/attachments';
import { failResponse } from '@/lib/actions/failure';
import { markGated } from '@/lib/actions/gated';
import { requirePlatformAdmin } from '@/lib/actions/platform';
import { downloadResponse } from '@/lib/download';

export const dynamic = 'force-dynamic';

/** A file of any ticket, for the company's people. */
export const GET = markGated(
  async (_request: Request, { params }: { params: Promise<{ attachmentId: string }> }) => {
    try {
      const ctx = await requirePlatformAdmin('ticket.open-attachment');
      const { file, content } = await openDeskAttachment(ctx, (await params).attachmentId);
      return downloadResponse(file, content);
    } catch (error) {
      return failResponse(error);
    }
  },
  'platform',
);
