import 'server-only';
import { recordPlatformAudit } from '@/lib/audit/record';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import { resealPasses } from '../reseal';
import { walk } from '../walk';

/**
 * After a new data key: seals with it what is sealed with a former one. Also done with each write.
 * @returns records changed.
 */
export async function resealOrganization(organizationId: string): Promise<number> {
  let total = 0;
  await withTenantDatabase(organizationId, (db) =>
    walk(db, resealPasses(organizationId), {
      from: null,
      done: async (_position, changed) => {
        total += changed;
      },
    }),
  );
  await recordPlatformAudit({
    actor: { kind: 'system', id: 'system', name: 'Key rotation' },
    action: 'organization.reseal',
    target: `organization:${organizationId}`,
    organizationId,
  });
  return total;
}
