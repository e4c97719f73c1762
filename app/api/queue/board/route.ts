import { listBoard } from '@/features/frontdesk/queue/queries';
import { staffRoute } from '@/lib/actions/staff';

/** What a board in the waiting room shows now: a tenth of what its page costs, for each screen that heard. */
export const GET = staffRoute('queue:read', async (ctx) => Response.json(await listBoard(ctx)));
