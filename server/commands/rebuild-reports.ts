import 'server-only';
import { linkVisits } from '@/features/fleet/migrations/link-visits';
import { noteRecalls } from '@/features/fleet/migrations/note-recalls';
import { rebuildRollups } from '@/features/insight/reports/rollups/roll-up';
import { notFoundError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { objectId } from '@/lib/mongo';
import { withTenantDatabase } from '@/lib/tenancy/factory';

/** `npm run tenants -- rebuild-reports <organization id>`. @returns the exit code. */
export async function rebuildReports([organizationId = '']: readonly string[]): Promise<number> {
  const organization = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('timeZone')
    .lean();
  if (!organization) throw notFoundError('organization');
  const { timeZone } = organization;
  const days = await withTenantDatabase(organizationId, async (db) => {
    const progress = { from: null, done: async () => undefined };
    await linkVisits(db, progress);
    await noteRecalls(db, progress);
    return rebuildRollups({ db, timeZone });
  });
  process.stdout.write(`${days} days counted anew.\n`);
  return 0;
}
