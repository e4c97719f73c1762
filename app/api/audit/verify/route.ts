import { verifyAudit } from '@/features/insight/audit/queries';
import { staffRoute } from '@/lib/actions/staff';
import { ndjsonResponse } from '@/lib/ndjson';

/** Checks the log's chain and says how far it is: one JSON object a line, the verdict last. */
export const GET = staffRoute('audit:read', async (ctx) => ndjsonResponse(verifyAudit(ctx)));
