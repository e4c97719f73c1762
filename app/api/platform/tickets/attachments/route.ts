import { attachAtDesk } from '@/features/support/tickets/attachments';
import { readAttachment } from '@/features/support/tickets/upload';
import { failResponse } from '@/lib/actions/failure';
import { markGated } from '@/lib/actions/gated';
import { assertOwnOrigin } from '@/lib/actions/origin';
import { requirePlatformAdmin } from '@/lib/actions/platform';

export const dynamic = 'force-dynamic';

/** Takes a file for the answer that is being written in the ticket of the address. */
export const POST = markGated(async (request: Request) => {
  try {
    assertOwnOrigin(request);
    const ctx = await requirePlatformAdmin('ticket.attach');
    const ticketId = new URL(request.url).searchParams.get('ticketId') ?? '';
    const { input, body } = readAttachment(request);
    return Response.json(await attachAtDesk(ctx, ticketId, input, body), { status: 201 });
  } catch (error) {
    return failResponse(error);
  }
}, 'platform');
