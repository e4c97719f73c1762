import 'server-only';
import type { PlatformContext } from '@/lib/actions/platform';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { AppError, notFoundError } from '@/lib/errors';
import { organizationModel } from '@/lib/master/models/organization';
import { supportGrantModel } from '@/lib/master/models/support-grant';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { STATE_ALLOWS } from '@/lib/organizations/policy';
import { mailOwners } from '../notify';
import { DURATION_LABEL, opensTo, SCOPE_LABEL } from '../policy';
import type { DURATIONS, RequestAccessInput } from '../schema';

/**
 * Asks the owner for access.
 * @throws AppError NOT_FOUND, or CONFLICT when it has been asked or there is no workspace.
 */
export async function requestAccess(ctx: PlatformContext, input: RequestAccessInput): Promise<void> {
  const organizationId = objectId(input.organizationId, 'organization');
  const organization = await organizationModel
    .findById(organizationId)
    .select('organizationName status')
    .lean();
  if (!organization) throw notFoundError('organization');
  if (!STATE_ALLOWS[organization.status].read)
    throw new AppError('CONFLICT', 'This organization has no workspace that can be opened now.');
  const { userId: id, name } = ctx.actor;
  if (await supportGrantModel.exists({ organizationId, state: 'requested', 'requestedBy.id': id }))
    throw new AppError('CONFLICT', 'You have asked already. The owner has not answered yet.');
  const { reason, scope, durationMinutes } = input;
  const _id = newObjectId();
  const asked = { _id, organizationId, state: 'requested' as const, reason, scope, durationMinutes };
  await auditedMasterWrite(ctx, (session) =>
    supportGrantModel.create([{ ...asked, requestedBy: { id, name } }], { session }),
  );
  const duration = DURATION_LABEL[durationMinutes as (typeof DURATIONS)[number]];
  await mailOwners(input.organizationId, {
    key: `request:${_id}`,
    subject: `${name} of Chakravue asks for access to ${organization.organizationName}`,
    paragraphs: [
      `${name} of Chakravue support asks to enter your workspace for ${duration} (${SCOPE_LABEL[scope].toLowerCase()}).`,
      `The reason given: ${reason}`,
      'Nobody of Chakravue sees your records unless you allow it. You choose until when, and you can end it at any moment.',
    ],
  });
}

/** Takes one's own unanswered request back. @throws AppError NOT_FOUND. */
export async function withdrawRequest(ctx: PlatformContext, grantId: string): Promise<void> {
  const own = {
    _id: objectId(grantId, 'request'),
    state: 'requested' as const,
    'requestedBy.id': ctx.actor.userId,
  };
  await auditedMasterWrite(ctx, async (session) => {
    const set = { state: 'withdrawn' as const, endedAt: new Date() };
    const { modifiedCount } = await supportGrantModel.updateOne(own, { $set: set }, { session });
    if (modifiedCount !== 1) throw notFoundError('request');
  });
}

/** The grant that opens the organization to this person now, the longest one. */
export async function findOpenGrant(organizationId: string, userId: string, now: Date) {
  const rows = await supportGrantModel
    .find({
      organizationId: objectId(organizationId, 'organization'),
      state: 'granted',
      expiresAt: op({ $gt: now }),
    })
    .sort({ expiresAt: -1 })
    .limit(20)
    .lean();
  return rows.find((row) => opensTo(row, userId, now)) ?? null;
}
