import { COMPANY_COLUMNS, logResponse } from '@/features/insight/audit/export';
import { eachPlatformAuditEntry } from '@/features/platform/overview/queries/audit';
import { platformAuditQuery } from '@/features/platform/overview/schema';
import { failResponse } from '@/lib/actions/failure';
import { markGated } from '@/lib/actions/gated';
import { requirePlatformAdmin } from '@/lib/actions/platform';
import { today } from '@/lib/time';

/** The company's log as filtered, as CSV or, with `?format=json`, one JSON object a line; streamed. */
export const GET = markGated(async (request: Request) => {
  try {
    const ctx = await requirePlatformAdmin();
    const given = Object.fromEntries(new URL(request.url).searchParams);
    const entries = eachPlatformAuditEntry(ctx, platformAuditQuery.parse(given));
    return logResponse(`company-log-${today('UTC')}`, COMPANY_COLUMNS, entries, given.format);
  } catch (error) {
    return failResponse(error);
  }
}, 'platform');
