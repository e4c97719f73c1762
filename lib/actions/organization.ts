import 'server-only';
import { randomUUID } from 'node:crypto';
import { AuditDraft } from '../audit/draft';
import { settleStaff } from '../audit/notes';
import { branchesOf } from '../branches';
import { organizationModel } from '../master/models/organization';
import { objectId } from '../mongo';
import { organizationFacts } from '../organizations/facts';
import { mintTenantContext, type TenantContext } from '../tenancy/context';
import { acquireTenantDatabase } from '../tenancy/factory';
import { again, done, type Outcome } from '../work/outcome';

/** What work of an organization came to: its result, or that there is no organization, or not now. */
type Turned<T> = { outcome: 'done'; result: T } | { outcome: 'gone' } | { outcome: 'later' };

/** While a database is moved: some minutes. */
const LATER_MS = 120_000;

/** The outcome of work that was nothing but a turn of `asOrganization`. */
export const outcomeOf = ({ outcome }: Turned<unknown>): Outcome =>
  outcome === 'later' ? again(new Date(Date.now() + LATER_MS)) : done;

/**
 * The gate of work that is an organization's own and nobody's in particular, such as money that has come in.
 * It goes on whatever the organization owes us, for what has happened must be written down; it waits while
 * the database is moved. `name` is who did it, in the log and on papers.
 * @param audit the name of the entry that a change of `work` leaves.
 */
export async function asOrganization<T>(
  organizationId: string,
  { name, audit }: { name: string; audit: string },
  work: (ctx: TenantContext) => Promise<T>,
): Promise<Turned<T>> {
  const organization = await organizationModel
    .findById(objectId(organizationId))
    .select('organizationName timeZone country plan status features hold branches placement.schemaVersion')
    .lean();
  if (!organization || organization.status === 'deleted' || !organization.placement?.schemaVersion)
    return { outcome: 'gone' };
  if ((organization.hold?.mode ?? 'none') !== 'none') return { outcome: 'later' };
  const lease = await acquireTenantDatabase(organizationId);
  try {
    const draft = new AuditDraft(audit);
    const ctx = mintTenantContext({
      organizationId,
      organization: organizationFacts(organization),
      timeZone: organization.timeZone,
      branches: branchesOf(organization.branches),
      actor: { kind: 'system', name },
      can: () => false,
      db: lease.value,
      requestId: randomUUID(),
      audit: draft,
    });
    try {
      return { outcome: 'done', result: await work(ctx) };
    } finally {
      await settleStaff(ctx, draft);
    }
  } finally {
    lease.release();
  }
}
