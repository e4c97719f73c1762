import { exportOrganizations } from '@/features/platform/overview/queries/organizations';
import { organizationListQuery } from '@/features/platform/overview/schema';
import { failResponse } from '@/lib/actions/failure';
import { markGated } from '@/lib/actions/gated';
import { requirePlatformAdmin } from '@/lib/actions/platform';
import { csvResponse } from '@/lib/csv';

/** The organizations that the list shows with this address, all of them, as CSV. */
export const GET = markGated(async (request: Request) => {
  try {
    const ctx = await requirePlatformAdmin();
    const query = organizationListQuery.parse(Object.fromEntries(new URL(request.url).searchParams));
    const day = new Date().toISOString().slice(0, 10);
    return csvResponse(`organizations-${day}.csv`, exportOrganizations(ctx, query));
  } catch (error) {
    return failResponse(error);
  }
}, 'platform');
