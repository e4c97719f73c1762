import { attachOwn } from '@/features/support/tickets/attachments';
import { readAttachment } from '@/features/support/tickets/upload';
import { staffRoute } from '@/lib/actions/staff';

export const dynamic = 'force-dynamic';

/** Takes a file for the message that is being written. */
export const POST = staffRoute('support:ask', async (ctx, request) => {
  const { input, body } = readAttachment(request);
  return Response.json(await attachOwn(ctx, input, body), { status: 201 });
});
