import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { organizationModel } from '@/lib/master/models/organization';

/** Templates that a demo or a sandbox can be filled from, by name. */
export async function listTemplates(_ctx: PlatformContext): Promise<{ id: string; name: string }[]> {
  const rows = await organizationModel
    .find({ purpose: 'template', status: 'active' })
    .sort({ nameKey: 1 })
    .limit(100)
    .select('organizationName')
    .lean();
  return rows.map(({ _id, organizationName }) => ({ id: _id.toString(), name: organizationName }));
}
