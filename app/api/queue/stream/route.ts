import { queueStream } from '@/features/frontdesk/queue/stream';
import { staffRoute } from '@/lib/actions/staff';
import { watchStaff } from '@/lib/actions/watch';

export const dynamic = 'force-dynamic';

/** Server-sent events: the version of the queue, whenever it changes. */
export const GET = staffRoute('queue:read', async (ctx, request) =>
  queueStream({
    organizationId: ctx.organizationId,
    userId: ctx.actor.kind === 'staff' ? ctx.actor.userId : ctx.actor.name,
    isAllowed: await watchStaff('queue:read'),
    signal: request.signal,
  }),
);
