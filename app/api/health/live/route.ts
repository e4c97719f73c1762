import { markGated } from '@/lib/actions/gated';

/** The process answers. */
export const GET = markGated(() => Response.json({ status: 'live' }), 'public');
