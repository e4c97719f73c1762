import { failResponse } from '@/lib/actions/failure';
import { markGated } from '@/lib/actions/gated';
import { requirePlatformAdmin } from '@/lib/actions/platform';
import { csvResponse } from '@/lib/csv';
import { exportPlatformAudit } from '@/lib/features/platform/queries/audit';
import { platformAuditQuery } from '@/lib/features/platform/schema';

/** The company's log as filtered, as CSV or, with `?format=json`, one JSON object a line; streamed. */
export const GET = markGated(async (request: Request) => {
  try {
    const ctx = await requirePlatformAdmin();
    const given = Object.fromEntries(new URL(request.url).searchParams);
    const query = platformAuditQuery.parse(given);
    const name = `company-log-${new Date().toISOString().slice(0, 10)}`;
    if (given.format !== 'json') return csvResponse(`${name}.csv`, exportPlatformAudit(ctx, query, 'csv'));
    const answer = csvResponse(`${name}.jsonl`, exportPlatformAudit(ctx, query, 'json'));
    answer.headers.set('content-type', 'application/x-ndjson; charset=utf-8');
    return answer;
  } catch (error) {
    return failResponse(error);
  }
}, 'platform');
