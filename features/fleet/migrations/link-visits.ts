import 'server-only';
import { linkVisitsOf } from '@/features/frontdesk/queue/visit-links';
import { forgetRollups } from '@/features/insight/reports/rollups/roll-up';
import { tenantDefinitionOf } from '@/lib/tenancy/define-tenant-model';
import type { TenantDatabase } from '@/lib/tenancy/tenant-database';
import { type Pass, type WalkProgress, walk } from './walk';

/** Version 4: every visit says which day of its patient it follows; the reports count retention by it. */
export async function linkVisits(db: TenantDatabase, progress: WalkProgress): Promise<void> {
  const definition = tenantDefinitionOf('patients');
  let linked = 0;
  const pass: Pass = {
    name: 'visits of patients',
    definition,
    fields: ['_id'],
    changesOf: async (rows) => {
      const days = await linkVisitsOf(
        { db },
        rows.map(({ _id }) => _id),
      );
      linked += days.length;
      return [];
    },
  };
  await walk(db, [pass], {
    from: progress.from,
    done: async (position, changed) => {
      await progress.done(position, changed + linked);
      linked = 0;
    },
  });
  // Days that were rolled up meanwhile had visits without links.
  await forgetRollups({ db });
}
