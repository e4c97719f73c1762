import { attachAtDesk } from '@/features/support/tickets/attachments';
import { readAttachment } from '@/features/support/tickets/upload';
import { platformRoute } from '@/lib/actions/platform';

export const dynamic = 'force-dynamic';

/** Takes a file for the answer that is being written in the ticket of the address. */
export const POST = platformRoute('tickets:write', 'ticket.attach', async (ctx, request) => {
  const ticketId = new URL(request.url).searchParams.get('ticketId') ?? '';
  const { input, body } = readAttachment(request);
  return Response.json(await attachAtDesk(ctx, ticketId, input, body), { status: 201 });
});
