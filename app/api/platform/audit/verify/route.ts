import { verifyPlatformAudit } from '@/features/platform/overview/queries/audit';
import { platformRoute } from '@/lib/actions/platform';
import { ndjsonResponse } from '@/lib/ndjson';

/** Checks the chain of the company's log; the verdict comes last. */
export const GET = platformRoute('audit:read', 'audit.verify', async (ctx) =>
  ndjsonResponse(verifyPlatformAudit(ctx)),
);
