import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditEventModel } from '@/lib/audit/ledger';
import { notFoundError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { supportGrantModel } from '@/lib/master/models/support-grant';
import { objectId, op } from '@/lib/mongo';
import { STATE_ALLOWS } from '@/lib/organizations/policy';
import type { TenantContext } from '@/lib/tenancy/context';
import { toDeed, toGrant } from './dto';
import { opensTo } from './policy';

const RECENT = 20;
const DEEDS = 200;

async function findGrants(organizationId: string) {
  return supportGrantModel
    .find({ organizationId: objectId(organizationId, 'organization') })
    .sort({ createdAt: -1, _id: -1 })
    .limit(RECENT)
    .lean();
}

type Visit = { person: { id?: string | null }; enteredAt: Date; endedAt?: Date | null };

/** What was done in one stay, newest first; apart so that a test can ask how it is answered. */
export const findDeeds = (ctx: Pick<TenantContext, 'db'>, visit: Visit) =>
  auditEventModel(ctx)
    .find({
      'actor.id': visit.person.id ?? '',
      'actor.kind': 'support',
      at: op({ $gte: visit.enteredAt, $lte: visit.endedAt ?? new Date() }),
    })
    .sort({ seq: -1 })
    .limit(DEEDS);

/** Requests and grants of the organization, the last 20, each with what was done under it. */
export async function listSupportAccess(ctx: TenantContext, now = new Date()) {
  const rows = await findGrants(ctx.organizationId);
  return Promise.all(
    rows.map(async (row) => {
      const deeds = await Promise.all(row.visits.map((visit) => findDeeds(ctx, visit).lean()));
      return {
        ...toGrant(row, ctx.timeZone, now),
        deeds: deeds.toReversed().flatMap((stay) => stay.map((deed) => toDeed(deed, ctx.timeZone))),
      };
    }),
  );
}
export type SupportAccess = Awaited<ReturnType<typeof listSupportAccess>>[number];

/**
 * The same organization as support sees it: what was asked, what is open, and whether one may go in.
 * @throws NOT_FOUND
 */
export async function getAccessForSupport(ctx: PlatformContext, organizationId: string, now = new Date()) {
  const organization = await organizationModel
    .findById(objectId(organizationId, 'organization'))
    .select('status')
    .lean();
  if (!organization) throw notFoundError('organization');
  const rows = await findGrants(organizationId);
  return {
    hasWorkspace: STATE_ALLOWS[organization.status].read,
    canEnter: rows.some((row) => opensTo(row, ctx.actor.userId, now)),
    grants: rows.map((row) => ({
      ...toGrant(row, 'UTC', now),
      isMine: row.requestedBy?.id === ctx.actor.userId,
    })),
  };
}
export type AccessForSupport = Awaited<ReturnType<typeof getAccessForSupport>>;
