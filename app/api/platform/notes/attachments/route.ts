import { attachToNote } from '@/features/support/tickets/attachments';
import { readAttachment } from '@/features/support/tickets/upload';
import { platformRoute } from '@/lib/actions/platform';

export const dynamic = 'force-dynamic';

/** Takes a file for the note that is being written on the customer of the address. */
export const POST = platformRoute('customer-notes:write', 'customer-note.attach', async (ctx, request) => {
  const organizationId = new URL(request.url).searchParams.get('organizationId') ?? '';
  const { input, body } = readAttachment(request);
  return Response.json(await attachToNote(ctx, organizationId, input, body), { status: 201 });
});
