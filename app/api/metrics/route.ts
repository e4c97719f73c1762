import { readMetrics } from '@/features/fleet/status/readiness';
import { markGated } from '@/lib/actions/gated';

export const dynamic = 'force-dynamic';

/** Prometheus' text format for a caller with METRICS_TOKEN; any other caller gets a 404. */
export const GET = markGated(async (request: Request) => {
  const metrics = await readMetrics(request.headers.get('authorization'));
  if (!metrics) return Response.json({ error: 'There is nothing here.' }, { status: 404 });
  return new Response(metrics.body, {
    headers: { 'content-type': metrics.contentType, 'cache-control': 'no-store' },
  });
}, 'public');
