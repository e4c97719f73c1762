import 'server-only';
import type { ClientSession } from 'mongoose';
import { accessOf, chooseRole, holdRole, readAccess } from '@/features/identity/access/lookup';
import { mailSender } from '@/features/identity/face/queries';
import { auditedMasterWrite } from '@/lib/audit/audited';
import { INVITATION_DAYS } from '@/lib/auth/limits';
import { hashToken, randomToken } from '@/lib/crypto/cipher';
import { env } from '@/lib/env';
import { AppError, notFoundError } from '@/lib/errors';
import { composeMail } from '@/lib/mail/compose';
import { enqueueMail } from '@/lib/mail/queue';
import { invitationModel } from '@/lib/master/models/invitation';
import { membershipModel } from '@/lib/master/models/membership';
import { userModel } from '@/lib/master/models/user';
import { newObjectId, objectId, op } from '@/lib/mongo';
import { paths } from '@/lib/paths';
import { takePoint } from '@/lib/rate-limit/limiter';
import type { TenantContext } from '@/lib/tenancy/context';
import { wakeWorker } from '@/lib/work/queue';
import { canGive, roleName } from '../policy';
import type { InviteStaffInput } from '../schema';
import { assertSeat, expireInvitations, releaseSeats, takeSeat } from '../seats';

const RESEND_SECONDS = 60;
/** What the list shows and can be sent again or taken away. */
const UNANSWERED = ['pending', 'expired'] as const;

const alreadyInvited = (email: string): AppError =>
  new AppError('CONFLICT', `${email} is invited already. Send that invitation again from the list.`, {
    field: 'email',
  });

const expiry = (now: Date): Date => new Date(now.getTime() + INVITATION_DAYS * 86_400_000);

/**
 * Takes a seat, stores the invitation and asks for its mail, all or nothing.
 * @returns the invitation's id.
 * @throws AppError LIMIT_REACHED, FORBIDDEN (role), CONFLICT (works here or is invited already).
 */
export async function inviteStaff(
  ctx: TenantContext,
  input: InviteStaffInput,
  now = new Date(),
): Promise<{ id: string; email: string }> {
  const actor = accessOf(ctx);
  const organizationId = objectId(ctx.organizationId);
  const emailKey = input.email.toLowerCase();
  await expireInvitations(ctx.organizationId, now);
  await assertNotMember(ctx, emailKey, input.email);
  const assertInvitable = async (session: ClientSession | null) => {
    const chosen = await chooseRole(ctx, input.role, session);
    const verdict = canGive(actor, chosen);
    if (!verdict.allowed) throw new AppError('FORBIDDEN', verdict.reason, { field: 'role' });
    // Every invitation writes the organization's counter, so two for one address cannot both pass this.
    const pending = invitationModel.exists({ organizationId, emailKey, status: 'pending' });
    if (await pending.session(session)) throw alreadyInvited(input.email);
    return chosen;
  };
  // Before a point is spent: what is refused sends no mail.
  await assertInvitable(null);
  await assertSeat(ctx.organizationId);

  await takeMailPoints(ctx, emailKey);
  const [id, token] = [newObjectId(), randomToken()];
  await auditedMasterWrite(ctx, async (session) => {
    const chosen = await assertInvitable(session);
    await takeSeat(ctx.organizationId, session);
    await invitationModel.updateMany(
      { organizationId, emailKey, status: 'expired' },
      { $set: { status: 'revoked' } },
      { session },
    );
    const { role, customRoleId } = chosen;
    const { name, email } = input;
    const facts = { organizationId, name, email, emailKey, role, customRoleId };
    await invitationModel.create(
      [
        {
          _id: id,
          ...facts,
          tokenHash: hashToken(token),
          status: 'pending',
          invitedById: objectId(actor.userId),
          expiresAt: expiry(now),
        },
      ],
      { session },
    );
    ctx.audit?.about(`invitation:${id}`);
    await mailInvitation(ctx, { id: id.toString(), name, email, role: roleName(chosen) }, token, session);
  });
  wakeWorker();
  return { id: id.toString(), email: input.email };
}

/**
 * An invitation is a mail to somebody who did not ask for one, with names that its sender chose.
 * @throws AppError TOO_MANY_REQUESTS
 */
async function takeMailPoints(ctx: TenantContext, emailKey: string): Promise<void> {
  await takePoint('mail.organization', ctx.organizationId, ctx.organization.plan);
  await takePoint('mail.recipient', `${ctx.organizationId} ${emailKey}`);
  await takePoint('mail.address', emailKey);
}

async function assertNotMember(ctx: TenantContext, emailKey: string, email: string): Promise<void> {
  const user = await userModel.findOne({ emailKey }).select('_id').lean();
  if (!user) return;
  const works = await membershipModel.exists({
    userId: user._id,
    organizationId: objectId(ctx.organizationId),
  });
  if (works) throw new AppError('CONFLICT', `${email} works here already.`, { field: 'email' });
}

async function mailInvitation(
  ctx: TenantContext,
  to: { id: string; name: string; email: string; role: string },
  token: string,
  session: ClientSession,
): Promise<void> {
  const mail = composeMail({
    to: to.email,
    subject: `${ctx.actor.name} invites you to ${ctx.organization.name}`,
    name: to.name,
    paragraphs: [
      `${ctx.actor.name} invites you to work in Chakravue at ${ctx.organization.name} as ${to.role.toLowerCase()}.`,
      `The link works once and until ${INVITATION_DAYS} days from now. It is meant for you alone, so please do not pass it on.`,
    ],
    button: { label: 'Accept the invitation', url: `${env().NEXTAUTH_URL}${paths.invitation(token)}` },
    closing: 'If you do not know this organization, you can ignore this mail.',
    sender: await mailSender(ctx),
  });
  // The token's hash in the key: a second sending is another mail, although the first may still wait.
  await enqueueMail(`invitation:${to.id}:${hashToken(token)}`, mail, {
    session,
    organizationId: ctx.organizationId,
  });
}

/**
 * A new link with a new life; the old one stops working. One that ran out takes a seat again.
 * @throws AppError NOT_FOUND, LIMIT_REACHED, TOO_MANY_REQUESTS within a minute of the last sending.
 */
export async function resendInvitation(
  ctx: TenantContext,
  invitationId: string,
  now = new Date(),
): Promise<{ email: string }> {
  const actor = accessOf(ctx);
  const organizationId = objectId(ctx.organizationId);
  const invitation = await invitationModel
    .findOne({
      _id: objectId(invitationId, 'invitation'),
      organizationId,
      status: op({ $in: [...UNANSWERED] }),
    })
    .lean();
  if (!invitation) throw notFoundError('invitation');
  const given = (await readAccess(ctx, [invitation]))(invitation);
  const verdict = canGive(actor, given);
  if (!verdict.allowed) throw new AppError('FORBIDDEN', verdict.reason);
  const sentAt = invitation.expiresAt.getTime() - INVITATION_DAYS * 86_400_000;
  if (now.getTime() - sentAt < RESEND_SECONDS * 1_000) {
    throw new AppError(
      'TOO_MANY_REQUESTS',
      'We sent this invitation a moment ago. Please wait a minute before sending it again.',
    );
  }
  if (invitation.status === 'expired') await assertNotMember(ctx, invitation.emailKey, invitation.email);
  await takeMailPoints(ctx, invitation.emailKey);
  const token = randomToken();
  await auditedMasterWrite(ctx, async (session) => {
    const { customRoleId } = invitation;
    if (customRoleId && !(await holdRole(organizationId, customRoleId, session))) {
      const sentence =
        'The role of this invitation is gone. Revoke it, and invite the person with another role.';
      throw new AppError('CONFLICT', sentence);
    }
    if (invitation.status === 'expired') {
      const { emailKey, email } = invitation;
      if (await invitationModel.exists({ organizationId, emailKey, status: 'pending' }).session(session))
        throw alreadyInvited(email);
      await takeSeat(ctx.organizationId, session);
    }
    const renewed = await invitationModel.updateOne(
      { _id: invitation._id, status: invitation.status, tokenHash: invitation.tokenHash },
      { $set: { status: 'pending', tokenHash: hashToken(token), expiresAt: expiry(now) } },
      { session },
    );
    if (renewed.modifiedCount !== 1)
      throw new AppError('CONFLICT', 'This invitation has just changed. Look at the list again.');
    const { name, email } = invitation;
    const role = roleName(given);
    await mailInvitation(ctx, { id: invitation._id.toString(), name, email, role }, token, session);
  });
  wakeWorker();
  return { email: invitation.email };
}

/** Ends a pending invitation and gives its seat back. @throws AppError NOT_FOUND. */
export async function revokeInvitation(ctx: TenantContext, invitationId: string): Promise<{ email: string }> {
  const actor = accessOf(ctx);
  const mine = { _id: objectId(invitationId, 'invitation'), organizationId: objectId(ctx.organizationId) };
  return auditedMasterWrite(ctx, async (session) => {
    const invitation = await invitationModel
      .findOne({ ...mine, status: op({ $in: [...UNANSWERED] }) })
      .session(session)
      .lean();
    if (!invitation) throw notFoundError('invitation');
    const verdict = canGive(actor, (await readAccess(ctx, [invitation], session))(invitation));
    if (!verdict.allowed) throw new AppError('FORBIDDEN', verdict.reason);
    await invitationModel.updateOne(mine, { $set: { status: 'revoked' } }, { session });
    // One that ran out has given its seat back already.
    if (invitation.status === 'pending') await releaseSeats(ctx.organizationId, 1, session);
    return { email: invitation.email };
  });
}
