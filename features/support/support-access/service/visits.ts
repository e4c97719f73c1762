import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { recordAudit } from '@/lib/audit/record';
import { supportActor } from '@/lib/auth/support';
import { AppError, notFoundError } from '@/lib/errors';
import { logger } from '@/lib/logger';
import { organizationModel } from '@/lib/master/models/organization';
import { sessionModel } from '@/lib/master/models/session';
import { supportGrantModel } from '@/lib/master/models/support-grant';
import { objectId } from '@/lib/mongo';
import { STATE_ALLOWS } from '@/lib/organizations/policy';
import { withTenantDatabase } from '@/lib/tenancy/factory';
import { formatInstant } from '@/lib/time';
import { enqueue } from '@/lib/work/queue';
import { mailOwners } from '../notify';
import { SCOPE_LABEL } from '../policy';
import { findOpenGrant } from './requests';

type EndedBy = 'support' | 'owner' | 'time';

/**
 * Puts this session into the organization's workspace. The owner is told.
 * @throws AppError NOT_FOUND without a grant, the same as for an organization that does not exist.
 */
export async function enterWorkspace(
  ctx: PlatformContext,
  { organizationId, sessionId }: { organizationId: string; sessionId: string },
  now = new Date(),
): Promise<void> {
  const grant = await findOpenGrant(organizationId, ctx.actor.userId, now);
  const organization = grant
    ? await organizationModel.findById(grant.organizationId).select('organizationName timeZone status').lean()
    : null;
  if (!grant?.expiresAt || !organization) throw notFoundError('organization');
  if (!STATE_ALLOWS[organization.status].read)
    throw new AppError('CONFLICT', 'This organization has no workspace that can be opened now.');
  // Leaving another workspace on the way is told there; the entry of this action is about entering.
  const { audit: _entry, ...before } = ctx;
  await leaveWorkspace(before, sessionId, now);

  const { userId: id, name, email } = ctx.actor;
  const grantId = grant._id.toString();
  const consent = { id: grant.decidedBy?.id ?? '', name: grant.decidedBy?.name ?? '' };
  // The organization's log first: without the entry there is no entering.
  await withTenantDatabase(organizationId, (db) =>
    recordAudit(
      {
        db,
        actor: supportActor({ userId: id, name, email, sessionId }, consent),
        requestId: ctx.requestId,
      },
      { action: 'support-access.enter', target: `support-grant:${grantId}`, inPlatformLog: true },
    ),
  );
  await auditedMasterWrite(ctx, async (session) => {
    await supportGrantModel.updateOne(
      { _id: grant._id },
      { $push: { visits: { sessionId, person: { id, name }, enteredAt: now } } },
      { session },
    );
    const { matchedCount } = await sessionModel.updateOne(
      { _id: sessionId, userId: objectId(id), organizationId: null, revokedAt: null },
      { $set: { supportGrantId: grant._id } },
      { session },
    );
    if (matchedCount !== 1)
      throw new AppError('UNAUTHENTICATED', 'Your session has ended. Please sign in again.');
  });
  await mailOwners(organizationId, {
    key: `enter:${grantId}:${now.getTime()}`,
    subject: `${name} of Chakravue has entered ${organization.organizationName}`,
    paragraphs: [
      `${name} of Chakravue support has entered your workspace (${SCOPE_LABEL[grant.scope].toLowerCase()}), as ${consent.name} allowed until ${formatInstant(grant.expiresAt, organization.timeZone)}.`,
      'What is opened and changed is listed under support access, where you can also end it at once.',
    ],
  });
}

/** Leaves the workspace that this session is in, if it is in one. @returns the organization's id. */
export async function leaveWorkspace(
  ctx: PlatformContext,
  sessionId: string,
  now = new Date(),
): Promise<string | null> {
  const session = await sessionModel
    .findOne({ _id: sessionId, userId: objectId(ctx.actor.userId) })
    .select('supportGrantId')
    .lean();
  if (!session?.supportGrantId) return null;
  await auditedMasterWrite(ctx, (transaction) =>
    sessionModel.updateOne({ _id: sessionId }, { $unset: { supportGrantId: '' } }, { session: transaction }),
  );
  return endVisits(session.supportGrantId.toString(), 'support', now, sessionId);
}

/** Notes the end of the stays under a grant, of one session or of all, in both logs and by mail. */
export async function endVisits(
  grantId: string,
  endedBy: EndedBy,
  now: Date,
  sessionId?: string,
): Promise<string | null> {
  const grant = await supportGrantModel.findById(objectId(grantId, 'request'));
  if (!grant) return null;
  const open = grant.visits.filter(
    (visit) => !visit.endedAt && (!sessionId || visit.sessionId === sessionId),
  );
  const organizationId = grant.organizationId.toString();
  if (open.length === 0) return organizationId;
  for (const visit of open) visit.set({ endedAt: now, endedBy });
  await grant.save();
  for (const { person } of open) await recordEnd(organizationId, grantId, person.name ?? '', endedBy);
  const names = [...new Set(open.map(({ person }) => person.name))].join(' and ');
  await mailOwners(organizationId, {
    key: `end:${grantId}:${now.getTime()}`,
    subject: `${names} of Chakravue has left your workspace`,
    paragraphs: [
      `${names} of Chakravue support has left your workspace${endedBy === 'time' ? ', because the time you allowed is over' : endedBy === 'owner' ? ', because the access was revoked' : ''}.`,
      'The list of what was opened and changed is kept under support access.',
    ],
  });
  return organizationId;
}

/** Who is out is out: a database that is away must not keep the door open. */
async function recordEnd(
  organizationId: string,
  grantId: string,
  name: string,
  endedBy: EndedBy,
): Promise<void> {
  try {
    await withTenantDatabase(organizationId, (db) =>
      recordAudit(
        { db, actor: { kind: 'system', name: `${name} (support)` }, requestId: '' },
        { action: `support-access.end.${endedBy}`, target: `support-grant:${grantId}` },
      ),
    );
  } catch (error) {
    logger.warn(
      { err: error, organizationId },
      'the end of a support session is not in the organization’s log',
    );
  }
}

/** The job at the end of a grant's time. The gate has refused since then anyway; this notes it. */
export async function expireGrant(grantId: string, now = new Date()): Promise<void> {
  const grant = await supportGrantModel
    .findById(objectId(grantId, 'request'))
    .select('state expiresAt')
    .lean();
  if (grant?.state !== 'granted' || !grant.expiresAt) return;
  if (grant.expiresAt > now) {
    await enqueue('support.expire', grantId, {}, { runAt: grant.expiresAt });
    return;
  }
  await endVisits(grantId, 'time', now);
  await supportGrantModel.updateOne(
    { _id: grant._id, state: 'granted' },
    { $set: { state: 'expired', endedAt: grant.expiresAt } },
  );
}
