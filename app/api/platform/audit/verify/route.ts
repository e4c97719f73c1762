import { verifyPlatformAudit } from '@/features/platform/overview/queries/audit';
import { failResponse } from '@/lib/actions/failure';
import { markGated } from '@/lib/actions/gated';
import { requirePlatformAdmin } from '@/lib/actions/platform';
import { ndjsonResponse } from '@/lib/ndjson';

/** Checks the chain of the company's log; the verdict comes last. */
export const GET = markGated(async () => {
  try {
    return ndjsonResponse(verifyPlatformAudit(await requirePlatformAdmin()));
  } catch (error) {
    return failResponse(error);
  }
}, 'platform');
