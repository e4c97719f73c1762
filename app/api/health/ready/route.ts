import { readiness } from '@/features/fleet/status/readiness';
import { markGated } from '@/lib/actions/gated';

export const dynamic = 'force-dynamic';

/** 200 when the master database answers, 503 when not; says which real parts run. */
export const GET = markGated(async () => {
  const state = await readiness();
  return Response.json(state, { status: state.status === 'ready' ? 200 : 503 });
}, 'public');
